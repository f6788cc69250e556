import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { currencyMarks, foreignCurrency, withoutMarks } from '../currency-text.ts'
import { boundedNumber, decimalToNumber } from '../decimal.ts'
import { shortInputText } from '../input-text.ts'
import { withoutBidiMarks } from '../locale.ts'
import { readLocaleNumber } from '../locale-number.ts'
import { fractionDigits, numberFormat } from '../number-format.ts'
import { amountAggregates, numberOperators } from '../number-operators.ts'
import { quote, refuse } from '../parsed.ts'
import { numberToCsv } from './number.ts'

const settings = z.strictObject({
  /** ISO 4217 code of all amounts in the column. */
  code: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency code is three capital letters, such as EUR')
    .default('USD')
    .meta({ title: 'Currency' }),
  /** How many decimals are shown, 0 to 6; `null` shows what the currency has (2 for USD, 0 for JPY). */
  decimals: z
    .int()
    .min(0)
    .max(6)
    .nullable()
    .default(null)
    .meta({ title: 'Decimals', placeholder: 'as the currency has' }),
})
type CurrencySettings = z.infer<typeof settings>

function parse(input: unknown, { code }: CurrencySettings, { locale }: { readonly locale: string }): Parsed<number> {
  if (typeof input === 'number') return boundedNumber(input)
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const amount = withoutMarks(withoutBidiMarks(text.value), currencyMarks(code, locale))
  const decimal = typeof input === 'boolean' ? null : readLocaleNumber(amount, locale)
  if (decimal !== null) return decimalToNumber(decimal)
  const foreign = foreignCurrency(amount)
  if (foreign !== null)
    return refuse(
      say('{value} is in {currency}, but this column is in {own}', {
        value: quote(text.value),
        currency: foreign,
        own: code,
      }),
    )
  return refuse(say('{value} is not an amount of money', { value: quote(text.value) }))
}

/** An amount of money; the currency belongs to the column, and amounts in another one are refused. */
export const currencyType = defineColumnType<CurrencySettings, number>({
  id: 'currency',
  label: 'Currency',
  description: 'An amount of money in one currency.',
  storage: 'numeric',
  sort: 'value',
  settings,
  parse,
  format: (value, { code, decimals }, { locale }) =>
    numberFormat(locale, {
      style: 'currency',
      currency: code,
      ...(decimals === null ? {} : fractionDigits(decimals)),
    }).format(value),
  toCsv: numberToCsv,
  compare: (a, b) => a - b,
  operators: numberOperators(parse),
  aggregates: amountAggregates,
  canBeUnique: false,
  examples: [
    { input: '$1,234.50', value: 1234.5, text: '$1,234.50' },
    { input: 'USD 5k', value: 5000, text: '$5,000.00' },
    { input: '-$3', value: -3, text: '-$3.00' },
    {
      input: '1.234,50 €',
      settings: { code: 'EUR', decimals: null },
      context: { locale: 'de-DE' },
      value: 1234.5,
      text: '1.234,50\u00a0€',
    },
    {
      input: '19,- €',
      settings: { code: 'EUR', decimals: 0 },
      context: { locale: 'de-DE' },
      value: 19,
      text: '19\u00a0€',
    },
    { input: '99.90', settings: { code: 'CHF', decimals: null }, value: 99.9, text: 'CHF\u00a099.90' },
    { input: '', value: null, text: '' },
    { input: '€5', refused: '“€5” is in EUR, but this column is in USD' },
    { input: 'GBP 12', refused: '“GBP 12” is in GBP, but this column is in USD' },
    { input: 'free', refused: '“free” is not an amount of money' },
  ],
})
