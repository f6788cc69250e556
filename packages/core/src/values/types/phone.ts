import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { shortInputText } from '../input-text.ts'
import { accept, quote, refuse } from '../parsed.ts'
import { canonicalTextOperators } from '../text-operators.ts'

const settings = z.strictObject({
  /** ISO country code for numbers without a country code; `null` refuses such numbers. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country code is two capital letters, such as DE')
    .refine((country) => isSupportedCountry(country), 'this country has no phone numbers')
    .nullable()
    .default(null)
    .meta({ title: 'Country of numbers without a country code', placeholder: 'DE' }),
})
type PhoneSettings = z.infer<typeof settings>

function parse(input: unknown, { defaultCountry }: PhoneSettings): Parsed<string> {
  const text = shortInputText(input, 250)
  if (!text.ok || text.value === null) return text
  const international = text.value.replace(/^tel:/i, '').replace(/^(?:00|\+\s*00)\s*/, '+')
  const country = defaultCountry !== null && isSupportedCountry(defaultCountry) ? { defaultCountry } : {}
  const phone = parsePhoneNumberFromString(international, { ...country, extract: false })
  if (phone?.isPossible()) {
    return phone.ext === undefined
      ? accept<string>(phone.number)
      : refuse(say('{value} has an extension, which a phone column does not keep', { value: quote(text.value) }))
  }
  const bare = phone === undefined && !international.startsWith('+') && /^[\d\s()./-]{6,25}$/.test(international)
  if (bare && defaultCountry === null) {
    return refuse(
      say("{value} has no country code; start it with “+” or set the column's country", { value: quote(text.value) }),
    )
  }
  return refuse(say('{value} is not a phone number', { value: quote(text.value) }))
}

/** A phone number in E.164: `+14155552671`. */
export const phoneType = defineColumnType<PhoneSettings, string>({
  id: 'phone',
  label: 'Phone',
  description: 'A phone number, kept in the international form.',
  storage: 'text',
  maxBytes: 40,
  sort: 'value',
  settings,
  parse,
  format: (value) => parsePhoneNumberFromString(value)?.formatInternational() ?? value,
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: canonicalTextOperators<PhoneSettings>(parse),
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: true,
  examples: [
    { input: '+1 (415) 555-2671', value: '+14155552671', text: '+1 415 555 2671' },
    { input: '(415) 555-2671', settings: { defaultCountry: 'US' }, value: '+14155552671', text: '+1 415 555 2671' },
    { input: '0049 30 901820', value: '+4930901820', text: '+49 30 901820' },
    { input: 'tel:+4930901820', value: '+4930901820', text: '+49 30 901820' },
    { input: 14155552671, settings: { defaultCountry: 'US' }, value: '+14155552671', text: '+1 415 555 2671' },
    { input: '', value: null, text: '' },
    {
      input: '(415) 555-2671',
      refused: "“(415) 555-2671” has no country code; start it with “+” or set the column's country",
    },
    {
      input: '+1 415 555 2671 ext. 12',
      refused: '“+1 415 555 2671 ext. 12” has an extension, which a phone column does not keep',
    },
    { input: 'call me', refused: '“call me” is not a phone number' },
  ],
})
