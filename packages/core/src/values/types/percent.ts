import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { boundedNumber, csvDecimal, decimalToNumber, plainDecimal, readDecimal, shiftDecimal } from '../decimal.ts'
import { shortInputText } from '../input-text.ts'
import { withoutBidiMarks } from '../locale.ts'
import { readLocaleNumber } from '../locale-number.ts'
import { fractionDigits, numberFormat } from '../number-format.ts'
import { numberOperators } from '../number-operators.ts'
import { quote, refuse } from '../parsed.ts'

const settings = z.strictObject({
  /** How many decimals of the percentage are shown, 0 to 10; `null` shows those it has. */
  decimals: z
    .int()
    .min(0)
    .max(10)
    .nullable()
    .default(null)
    .meta({ title: 'Decimals', placeholder: 'as many as there are' }),
})
type PercentSettings = z.infer<typeof settings>

function parse(input: unknown, _settings: PercentSettings, { locale }: { readonly locale: string }): Parsed<number> {
  if (typeof input === 'number') return boundedNumber(input)
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const plain = withoutBidiMarks(text.value)
    .replace(/^([+-−]?)\s*[%٪]\s*/, '$1')
    .replace(/\s*(?:[%٪]|percent|per cent|pct\.?|prozent|v\.\s?h\.)$/i, '')
  const decimal = typeof input === 'boolean' ? null : readLocaleNumber(plain, locale)
  if (decimal === null) return refuse(say('{value} is not a percentage', { value: quote(text.value) }))
  return decimalToNumber(shiftDecimal(decimal, -2))
}

/** A share: 50 % is stored as 0.5. In text the sign may be missing ("50" is 50 %); a number is the share itself. */
export const percentType = defineColumnType<PercentSettings, number>({
  id: 'percent',
  label: 'Percent',
  description: 'A share in percent, such as a probability to close.',
  storage: 'numeric',
  sort: 'value',
  settings,
  parse,
  format: (value, { decimals }, { locale }) =>
    numberFormat(locale, { style: 'percent', ...fractionDigits(decimals, 100) }).format(value),
  toCsv: (value) => {
    const decimal = readDecimal(plainDecimal(value))
    return decimal === null ? '' : `${csvDecimal(shiftDecimal(decimal, 2))}%`
  },
  compare: (a, b) => a - b,
  operators: numberOperators(parse),
  aggregates: [
    'avg',
    'median',
    'min',
    'max',
    'range',
    'sum',
    'filled',
    'empty',
    'filled_share',
    'empty_share',
    'unique',
  ],
  canBeUnique: false,
  examples: [
    { input: '50 %', value: 0.5, text: '50%' },
    { input: '50', value: 0.5, text: '50%' },
    { input: 0.5, value: 0.5, text: '50%' },
    { input: '12,5 %', context: { locale: 'de-DE' }, value: 0.125, text: '12,5\u00a0%' },
    { input: '-3.25%', settings: { decimals: 1 }, value: -0.0325, text: '-3.3%' },
    { input: '120 percent', value: 1.2, text: '120%' },
    { input: '', value: null, text: '' },
    { input: 'half', refused: '“half” is not a percentage' },
    { input: '5 $', refused: '“5 $” is not a percentage' },
  ],
})
