import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { shortInputText } from '../input-text.ts'
import { accept, quote, refuse } from '../parsed.ts'
import { canonicalTextOperators } from '../text-operators.ts'
import { maxUrlLength, readWebAddress } from '../web-address.ts'

const settings = z.strictObject({})
type UrlSettings = z.infer<typeof settings>

function parse(input: unknown): Parsed<string> {
  const text = shortInputText(input, maxUrlLength)
  if (!text.ok || text.value === null) return text
  const address = readWebAddress(text.value)
  return typeof address === 'string' ? refuse(say(address, { value: quote(text.value) })) : accept(address.href)
}

/** A web address with its scheme, as browsers normalise it. */
export const urlType = defineColumnType<UrlSettings, string>({
  id: 'url',
  label: 'URL',
  description: 'A web address.',
  storage: 'text',
  sort: 'value',
  settings,
  parse,
  format: (value) => value,
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: canonicalTextOperators<UrlSettings>(parse),
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: true,
  examples: [
    { input: 'acme.com', value: 'https://acme.com/', text: 'https://acme.com/' },
    { input: 'HTTP://Acme.com/About?x=1', value: 'http://acme.com/About?x=1', text: 'http://acme.com/About?x=1' },
    { input: 'localhost:3000/x', value: 'https://localhost:3000/x', text: 'https://localhost:3000/x' },
    { input: '', value: null, text: '' },
    {
      input: 'javascript:alert(1)',
      refused: '“javascript:alert(1)” is not a web address; it must start with http:// or https://',
    },
    {
      input: 'ftp://acme.com',
      refused: '“ftp://acme.com” is not a web address; it must start with http:// or https://',
    },
    { input: 'ada@acme.com', refused: '“ada@acme.com” holds a user name; is it an e-mail address?' },
    { input: 'Acme Inc', refused: '“Acme Inc” is not a web address' },
    { input: 'acme', refused: '“acme” is not a web address' },
  ],
})
