import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { shortInputText } from '../input-text.ts'
import { operandOf } from '../operand.ts'
import { defineOperator } from '../operator.ts'
import { accept, quote, refuse } from '../parsed.ts'
import type { Predicate } from '../predicate.ts'

const settings = z.strictObject({})
type CheckboxSettings = z.infer<typeof settings>

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const yes = words(
  'true t yes y on 1 x ✓ ✔ ☑ ✅ checked done ja j wahr oui o vrai sí si s verdadero sim tak tak. da evet はい',
)
const no = words('false f no n off 0 - ✗ ✘ ☐ ❌ unchecked nein falsch non faux falso não nao nie nej nee いいえ')

function parse(input: unknown): Parsed<boolean> {
  if (typeof input === 'boolean') return accept(input)
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const word = text.value.toLowerCase().replace(/\ufe0f/g, '')
  if (yes.has(word)) return accept(true)
  if (no.has(word)) return accept(false)
  return refuse(say('{value} is neither yes nor no', { value: quote(text.value) }))
}

/** Yes or no; an empty cell counts as no in filters. */
export const checkboxType = defineColumnType<CheckboxSettings, boolean>({
  id: 'checkbox',
  label: 'Checkbox',
  description: 'Yes or no.',
  storage: 'boolean',
  sort: 'value',
  settings,
  parse,
  format: (value) => (value ? '✓' : '✗'),
  toCsv: String,
  compare: (a, b) => Number(a) - Number(b),
  operators: [
    defineOperator<CheckboxSettings, boolean, boolean>({
      id: 'is',
      label: 'is',
      operandKind: 'value',
      operand: () => operandOf(parse),
      predicate: (wanted) => {
        const checked: Predicate = { kind: 'compare', op: '=', value: true }
        return wanted ? checked : { kind: 'not', of: checked }
      },
      test: (value, wanted) => (value === true) === wanted,
    }),
  ],
  aggregates: ['checked', 'unchecked', 'checked_share', 'filled', 'empty'],
  canBeUnique: false,
  examples: [
    { input: 'Yes', value: true, text: '✓' },
    { input: 'x', value: true, text: '✓' },
    { input: 'ja', value: true, text: '✓' },
    { input: 1, value: true, text: '✓' },
    { input: 'FALSE', value: false, text: '✗' },
    { input: 'nein', value: false, text: '✗' },
    { input: '', value: null, text: '' },
    { input: 'maybe', refused: '“maybe” is neither yes nor no' },
    { input: 2, refused: '“2” is neither yes nor no' },
  ],
})
