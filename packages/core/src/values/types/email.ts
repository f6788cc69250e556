import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { readEmailAddress, splitMailbox } from '../email-address.ts'
import { shortInputText } from '../input-text.ts'
import { accept, quote, refuse } from '../parsed.ts'
import { canonicalTextOperators } from '../text-operators.ts'

const settings = z.strictObject({})
type EmailSettings = z.infer<typeof settings>

function parse(input: unknown): Parsed<string> {
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const address = readEmailAddress(splitMailbox(text.value).address)
  if (address !== null) return accept(address)
  const several = (text.value.match(/@/g)?.length ?? 0) > 1
  const value = quote(text.value)
  return refuse(
    several
      ? say('{value} holds more than one e-mail address', { value })
      : say('{value} is not an e-mail address', { value }),
  )
}

/** One e-mail address, lower-case. */
export const emailType = defineColumnType<EmailSettings, string>({
  id: 'email',
  label: 'E-mail',
  description: 'An e-mail address.',
  storage: 'text',
  maxBytes: 1_100,
  sort: 'value',
  settings,
  parse,
  format: (value) => value,
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: canonicalTextOperators<EmailSettings>(parse),
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: true,
  examples: [
    { input: 'Ada@Acme.COM', value: 'ada@acme.com', text: 'ada@acme.com' },
    { input: 'Ada Lovelace <ada@acme.com>', value: 'ada@acme.com', text: 'ada@acme.com' },
    { input: 'mailto:ada@acme.com?subject=Hi', value: 'ada@acme.com', text: 'ada@acme.com' },
    { input: 'ada@müller.de', value: 'ada@xn--mller-kva.de', text: 'ada@xn--mller-kva.de' },
    { input: ' ', value: null, text: '' },
    { input: 'ada@acme', refused: '“ada@acme” is not an e-mail address' },
    { input: 'acme.com', refused: '“acme.com” is not an e-mail address' },
    { input: 'a@acme.com, b@acme.com', refused: '“a@acme.com, b@acme.com” holds more than one e-mail address' },
  ],
})
