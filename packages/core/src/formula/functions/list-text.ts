import { utf8Bytes } from '../../values/cell-bounds.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import {
  type CallFacts,
  defineFunction,
  type FormulaFunction,
  type FormulaMoment,
  optional,
  parameter,
  type SqlCall,
} from '../formula-function.ts'
import type { FormulaType } from '../formula-type.ts'
import { code, type Fragment, list } from '../fragment.ts'
import { listBound, textBound } from '../result-bounds.ts'
import type { ScalarValue } from '../value.ts'
import { textOf } from './conversions.ts'
import { item, itemsOf } from './lists.ts'
import { argumentLowerSql } from './text-case.ts'

const group = 'lists'

const tooLong = formulaError('too-long')

/** SQL of `item.value` as text. */
function itemTextSql(type: FormulaType, call: SqlCall): Fragment {
  const definition = textOf.find((each) => each.parameters[0].type === type)
  const made = definition?.sql([item], call) ?? item
  return 'parts' in made ? made : made.value
}

function itemText(type: FormulaType, value: ScalarValue, moment: FormulaMoment, facts: CallFacts): string {
  const definition = textOf.find((each) => each.parameters[0].type === type)
  return String(definition?.evaluate([value] as never, moment, facts) ?? value)
}

const joinList = defineFunction({
  name: 'JOIN',
  group,
  summary: 'The elements, or several values, as one text with a separator between them; blanks are left out.',
  parameters: [parameter('separator', 'text'), parameter('list', 'list<S>')],
  result: 'text',
  grows: true,
  seesBlanks: true,
  usesMoment: true,
  sql: ([separator, values], call) => {
    const glue = code`coalesce(${separator}, '')`
    const isShort = code`coalesce(cardinality(${values}), 0)::bigint * octet_length(${glue}) <= ${textBound}`
    // inside the subselect nothing can be computed beforehand
    const texts = code`array(select ${itemTextSql(call.S, { ...call, let: (value) => value })} from ${itemsOf(values)} order by item.place)`
    return {
      value: code`array_to_string(${texts}, case when ${isShort} then ${glue} end)`,
      error: errorWhen(code`not (${isShort})`, 'too-long'),
    }
  },
  evaluate: ([separator, values], moment, facts) => {
    const glue = separator ?? ''
    if ((values?.length ?? 0) * utf8Bytes(glue) > textBound) return tooLong
    return (values ?? []).map((value) => itemText(facts.S, value, moment, facts)).join(glue)
  },
  examples: [
    { formula: 'JOIN(", ", ["a", "b"])', result: 'a, b' },
    { formula: 'JOIN("/", [1, 0.5])', result: '1/0.5' },
  ],
})

const joinValues = defineFunction({
  name: 'JOIN',
  group,
  summary: 'The values that are not blank as one text with a separator between them.',
  parameters: [parameter('separator', 'text'), parameter('value', 'text')],
  rest: [parameter('value', 'text')],
  result: 'text',
  grows: true,
  seesBlanks: true,
  sql: ([separator, ...values]) => code`concat_ws(coalesce(${separator}, ''), ${list(values)})`,
  evaluate: ([separator, ...values]) => values.filter((value) => value !== null).join(separator ?? ''),
  examples: [{ formula: 'JOIN(" ", "Ada", "", "Lovelace")', result: 'Ada Lovelace' }],
})

const split = defineFunction({
  name: 'SPLIT',
  group,
  summary: 'The parts of a text between separators, trimmed of spaces; empty parts are left out.',
  parameters: [parameter('text', 'text'), optional('separator', 'text')],
  result: 'list<text>',
  sql: ([text, separator = code`','`]) => {
    const parts = code`(length(${text}) - length(replace(${text}, ${separator}, ''))) / nullif(length(${separator}), 0)`
    const kept = code`case when ${parts} <= ${listBound} then ${text} end`
    return {
      value: code`array(select btrim(item.value) from unnest(string_to_array(${kept}, ${separator})) with ordinality as item(value, place) where btrim(item.value) <> '' order by item.place)`,
      error: errorWhen(code`${parts} > ${listBound}`, 'too-long'),
    }
  },
  evaluate: ([text, separator = ',']) => {
    const parts = text.split(separator)
    if (parts.length - 1 > listBound) return tooLong
    return parts.map((part) => part.replace(/^ +| +$/g, '')).filter((part) => part !== '')
  },
  examples: [
    { formula: 'SPLIT("a, b,,c")', result: ['a', 'b', 'c'] },
    { formula: 'SPLIT("2026-04-15", "-")', result: ['2026', '04', '15'] },
  ],
})

const includes = defineFunction({
  name: 'CONTAINS',
  group,
  summary: 'Whether a part occurs in a text; capitals do not count.',
  parameters: [parameter('text', 'text'), parameter('part', 'text')],
  result: 'boolean',
  seesBlanks: true,
  sql: ([text, part]) => code`coalesce(strpos(${argumentLowerSql(text)}, ${argumentLowerSql(part)}) > 0, false)`,
  evaluate: ([text, part]) => text !== null && part !== null && text.toLowerCase().includes(part.toLowerCase()),
  examples: [{ formula: 'CONTAINS("Head of SALES", "sales")', result: true }],
})

export const listTextFunctions: readonly FormulaFunction[] = [includes, joinValues, joinList, split]
