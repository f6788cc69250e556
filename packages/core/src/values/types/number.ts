import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { boundedNumber, csvDecimal, type Decimal, decimalToNumber, plainDecimal, readDecimal } from '../decimal.ts'
import { shortInputText } from '../input-text.ts'
import { readLocaleNumber } from '../locale-number.ts'
import { fractionDigits, numberFormat } from '../number-format.ts'
import { amountAggregates, numberOperators } from '../number-operators.ts'
import { quote, refuse } from '../parsed.ts'

const settings = z.strictObject({
  /** How many decimals are shown, 0 to 10; `null` shows those the number has. The stored number keeps all. */
  decimals: z
    .int()
    .min(0)
    .max(10)
    .nullable()
    .default(null)
    .meta({ title: 'Decimals', placeholder: 'as many as there are' }),
  /** Whether thousands are set apart. */
  grouping: z.boolean().default(true).meta({ title: 'Set thousands apart' }),
})
type NumberSettings = z.infer<typeof settings>

function parse(input: unknown, _settings: NumberSettings, { locale }: { readonly locale: string }): Parsed<number> {
  if (typeof input === 'number') return boundedNumber(input)
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const decimal = typeof input === 'boolean' ? null : readLocaleNumber(text.value, locale)
  return decimal === null
    ? refuse(say('{value} is not a number', { value: quote(text.value) }))
    : decimalToNumber(decimal)
}

/** The digits of a stored number as a CSV file holds them. */
export function numberToCsv(value: number): string {
  return csvDecimal(readDecimal(plainDecimal(value)) ?? zero)
}

const zero: Decimal = { negative: false, digits: '', exponent: 0 }

/** A number that JavaScript holds exactly: up to 15 digits in every case, integers up to 2^53. */
export const numberType = defineColumnType<NumberSettings, number>({
  id: 'number',
  label: 'Number',
  description: 'A number, whole or with decimals.',
  storage: 'numeric',
  sort: 'value',
  settings,
  parse,
  format: (value, { decimals, grouping }, { locale }) =>
    numberFormat(locale, { ...fractionDigits(decimals, 100), useGrouping: grouping }).format(value),
  toCsv: numberToCsv,
  compare: (a, b) => a - b,
  operators: numberOperators(parse),
  aggregates: amountAggregates,
  canBeUnique: true,
  examples: [
    { input: '1,234.5', value: 1234.5, text: '1,234.5' },
    { input: '1.234,5', context: { locale: 'de-DE' }, value: 1234.5, text: '1.234,5' },
    { input: '1.234', context: { locale: 'de-DE' }, value: 1234, text: '1.234' },
    { input: '1.234', value: 1.234, text: '1.234' },
    { input: '12 345,6', context: { locale: 'fr-FR' }, value: 12345.6, text: '12\u202f345,6' },
    { input: '5k', value: 5000, text: '5,000' },
    { input: '1.2 Mio', context: { locale: 'de-DE' }, value: 1200000, text: '1.200.000' },
    { input: '(12.50)', settings: { decimals: 2, grouping: true }, value: -12.5, text: '-12.50' },
    { input: '1E+05', value: 100000, text: '100,000' },
    { input: '', value: null, text: '' },
    { input: 'twelve', refused: '“twelve” is not a number' },
    { input: '12 apples', refused: '“12 apples” is not a number' },
    {
      input: '9007199254740993',
      refused: 'it has more digits than a number can hold exactly; use a text column for ids',
    },
    { input: Number.POSITIVE_INFINITY, refused: 'Infinity is not a number that can be kept' },
    { input: '1e100', refused: 'it is too large; numbers go up to 100 digits' },
  ],
})
