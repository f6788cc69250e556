import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import { boundedNumber } from '../decimal.ts'
import { clockText, readDurationText, unitText, wholeMicroseconds } from '../duration-text.ts'
import { shortInputText } from '../input-text.ts'
import { numberOperators } from '../number-operators.ts'
import { accept, quote, refuse } from '../parsed.ts'

/** The longest duration, in seconds: about 31,700 years. */
const durationLimit = 1e12

const settings = z.strictObject({
  /** `units` 1h 30m, `h:mm` 1:30, `h:mm:ss` 1:30:00. */
  display: z
    .enum(['units', 'h:mm', 'h:mm:ss'])
    .default('units')
    .meta({ title: 'Format', labels: { units: '1h 30m', 'h:mm': '1:30', 'h:mm:ss': '1:30:00' } }),
})
type DurationSettings = z.infer<typeof settings>

function parse(input: unknown, _settings: DurationSettings, { locale }: { readonly locale: string }): Parsed<number> {
  const text = shortInputText(input)
  if (!text.ok || text.value === null) return text
  const seconds =
    typeof input === 'number'
      ? boundedNumber(input)
      : typeof input === 'boolean'
        ? null
        : readDurationText(text.value, locale)
  if (seconds === null)
    return refuse(say('{value} is not a length of time such as “1h 30m”', { value: quote(text.value) }))
  if (!seconds.ok || seconds.value === null) return seconds
  if (Math.abs(seconds.value) > durationLimit) return refuse(say('it is longer than any duration can be'))
  return accept(wholeMicroseconds(seconds.value))
}

/** A length of time in seconds, to the microsecond; a number without a unit counts as seconds. */
export const durationType = defineColumnType<DurationSettings, number>({
  id: 'duration',
  label: 'Duration',
  description: 'A length of time, such as the length of a call.',
  storage: 'numeric',
  sort: 'value',
  settings,
  parse,
  format: (value, { display }) => (display === 'units' ? unitText(value) : clockText(value, display === 'h:mm:ss')),
  toCsv: (value) => clockText(value, true, true),
  compare: (a, b) => a - b,
  operators: numberOperators(parse),
  aggregates: ['sum', 'avg', 'median', 'min', 'max', 'range', 'filled', 'empty', 'filled_share', 'empty_share'],
  canBeUnique: false,
  examples: [
    { input: '1h 30m', value: 5400, text: '1h 30m' },
    { input: '1:30', value: 5400, text: '1h 30m' },
    { input: '0:01:05', settings: { display: 'h:mm:ss' }, value: 65, text: '0:01:05' },
    { input: '90 minutes', settings: { display: 'h:mm' }, value: 5400, text: '1:30' },
    { input: '1,5 Stunden', context: { locale: 'de-DE' }, value: 5400, text: '1h 30m' },
    { input: 'PT2H5S', value: 7205, text: '2h 5s' },
    { input: 90, value: 90, text: '1m 30s' },
    { input: '2 days', value: 172800, text: '48h' },
    { input: '', value: null, text: '' },
    { input: 'a while', refused: '“a while” is not a length of time such as “1h 30m”' },
    { input: '1:75', refused: '“1:75” is not a length of time such as “1h 30m”' },
  ],
})
