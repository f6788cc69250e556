import * as z from 'zod'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType } from '../column-type.ts'
import { inputText } from '../input-text.ts'
import { accept } from '../parsed.ts'
import { sortKey } from '../sort-key.ts'
import { textOperators } from '../text-operators.ts'

const settings = z.strictObject({})
type LongTextSettings = z.infer<typeof settings>

/** Text of any number of lines; line breaks are stored as LF, inner and outer white space is kept. */
export const longTextType = defineColumnType<LongTextSettings, string>({
  id: 'long_text',
  label: 'Long text',
  description: 'Text of several lines, such as notes or an e-mail.',
  storage: 'text',
  sort: 'natural-text',
  settings,
  parse: (input) => {
    const text = inputText(input)
    if (!text.ok || text.value === null) return text
    return accept(text.value.trim() === '' ? null : text.value.replace(/\r\n?/g, '\n'))
  },
  format: (value) => value,
  toCsv: (value) => value,
  compare: (a, b) => compareCodePoints(sortKey(a), sortKey(b)),
  operators: textOperators,
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: false,
  examples: [
    { input: 'Dear Ada,\r\n\r\nhello', value: 'Dear Ada,\n\nhello', text: 'Dear Ada,\n\nhello' },
    { input: 'old Mac\rline', value: 'old Mac\nline', text: 'old Mac\nline' },
    { input: '  indented', value: '  indented', text: '  indented' },
    { input: 42, value: '42', text: '42' },
    { input: '\n \n', value: null, text: '' },
    { input: ['a'], refused: 'it is a list or an object, not text' },
    {
      input: 'a\u0000b',
      refused: 'it contains a NUL character (U+0000), which a database cannot keep',
    },
  ],
})
