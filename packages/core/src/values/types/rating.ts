import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { decimalToNumber } from '../decimal.ts'
import { shortInputText } from '../input-text.ts'
import { readLocaleNumber } from '../locale-number.ts'
import { numberOperators } from '../number-operators.ts'
import { accept, quote, refuse } from '../parsed.ts'

const settings = z.strictObject({
  /** The best rating, 1 to 10. */
  max: z.int().min(1).max(10).default(5).meta({ title: 'Stars' }),
})
type RatingSettings = z.infer<typeof settings>

function parse(input: unknown, { max }: RatingSettings, { locale }: { readonly locale: string }): Parsed<number> {
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const rating = typeof input === 'boolean' ? null : readRating(text.value, max, locale)
  if (rating === null || !Number.isInteger(rating) || rating < 0 || rating > max) {
    return refuse(say('{value} is not a rating from 1 to {#most}', { value: quote(text.value), most: max }))
  }
  return accept(rating === 0 ? null : rating)
}

function readRating(text: string, max: number, locale: string): number | null {
  const stars = /^([★⭐]*)[\ufe0f]*([☆]*)$/u.exec(text.replaceAll('\ufe0f', ''))
  if (stars) return [...(stars[1] ?? '')].length
  const match = /^(.+?)\s*(?:(?:\/|of|von|out of)\s*(\d{1,2})|stars?|sterne?)?$/i.exec(text)
  if (!match || (match[2] !== undefined && Number(match[2]) !== max)) return null
  const decimal = readLocaleNumber(match[1] ?? '', locale)
  const number = decimal === null ? null : decimalToNumber(decimal)
  return number?.ok ? number.value : null
}

/** A whole number of stars; none is an empty cell. */
export const ratingType = defineColumnType<RatingSettings, number>({
  id: 'rating',
  label: 'Rating',
  description: 'A number of stars.',
  storage: 'numeric',
  sort: 'value',
  settings,
  parse,
  format: (value, { max }) => '★'.repeat(value) + '☆'.repeat(Math.max(0, max - value)),
  toCsv: String,
  compare: (a, b) => a - b,
  operators: numberOperators(parse),
  aggregates: ['avg', 'median', 'min', 'max', 'distribution', 'filled', 'empty', 'filled_share', 'empty_share'],
  canBeUnique: false,
  examples: [
    { input: 4, value: 4, text: '★★★★☆' },
    { input: '4', value: 4, text: '★★★★☆' },
    { input: '★★★', value: 3, text: '★★★☆☆' },
    { input: '4/5', value: 4, text: '★★★★☆' },
    { input: '8 of 10', settings: { max: 10 }, value: 8, text: '★★★★★★★★☆☆' },
    { input: 0, value: null, text: '' },
    { input: '', value: null, text: '' },
    { input: '8/10', refused: '“8/10” is not a rating from 1 to 5' },
    { input: 4.5, refused: '“4.5” is not a rating from 1 to 5' },
    { input: 6, refused: '“6” is not a rating from 1 to 5' },
  ],
})
