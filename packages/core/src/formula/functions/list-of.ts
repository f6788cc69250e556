import { defineFunction, optional, parameter } from '../formula-function.ts'
import { code, list, raw, sqlTypeOf } from '../fragment.ts'
import type { ScalarValue } from '../value.ts'

/** LIST and `[a, b]`. */
export const listOfValues = defineFunction({
  name: 'LIST',
  group: 'lists',
  summary: 'A list of the values; blanks are left out. [1, 2] is short for LIST(1, 2).',
  parameters: [optional('value', 'S')],
  rest: [parameter('value', 'S')],
  result: 'list<S>',
  allows: ['text', 'number', 'boolean', 'date', 'datetime', 'duration'],
  seesBlanks: true,
  sql: (args, { S }) => {
    const type = raw(sqlTypeOf(S))
    const values = args.filter((arg) => arg !== undefined)
    return code`array_remove(array[${list(values)}]::${type}[], null::${type})`
  },
  evaluate: (args) => args.filter((value): value is ScalarValue => value !== null && value !== undefined),
  examples: [
    { formula: 'LIST("a", BLANK(), "b")', result: ['a', 'b'] },
    { formula: '[1, 2] = [1, 2]', result: true },
  ],
})

/** A part that is always blank, under the type that is wanted in its place. */
export const blankAs = defineFunction({
  name: 'blank as',
  group: 'operators',
  summary: 'Blank.',
  parameters: [parameter('value', 'blank')],
  result: 'T',
  sql: (_, { T }) => code`null::${raw(sqlTypeOf(T))}`,
  evaluate: () => null,
  examples: [],
})
