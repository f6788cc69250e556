import * as z from 'zod'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType } from '../column-type.ts'
import { inputText } from '../input-text.ts'
import { accept } from '../parsed.ts'
import { sortKey } from '../sort-key.ts'
import { textOperators } from '../text-operators.ts'

const settings = z.strictObject({})
type TextSettings = z.infer<typeof settings>

/** Text on one line, trimmed; line breaks and tabs become spaces. */
export const textType = defineColumnType<TextSettings, string>({
  id: 'text',
  label: 'Text',
  description: 'A short text on one line, such as a name or a title.',
  storage: 'text',
  sort: 'natural-text',
  settings,
  parse: (input) => {
    const text = inputText(input)
    if (!text.ok || text.value === null) return text
    const line = text.value.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').trim()
    return accept(line === '' ? null : line)
  },
  format: (value) => value,
  toCsv: (value) => value,
  compare: (a, b) => compareCodePoints(sortKey(a), sortKey(b)),
  operators: textOperators,
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: true,
  examples: [
    { input: '  Ada Lovelace ', value: 'Ada Lovelace', text: 'Ada Lovelace' },
    { input: 'two\r\nlines', value: 'two lines', text: 'two lines' },
    { input: 12.5, value: '12.5', text: '12.5' },
    { input: true, value: 'true', text: 'true' },
    { input: '   ', value: null, text: '' },
    { input: { first: 'Ada' }, refused: 'it is a list or an object, not text' },
    {
      input: 'a\u0000b',
      refused: 'it contains a NUL character (U+0000), which a database cannot keep',
    },
    {
      input: 'a\ud800b',
      refused: 'it contains half of a character (a lone surrogate); the file was cut or misread',
    },
  ],
})
