import * as z from 'zod'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType } from '../column-type.ts'
import { displaySetting, formatMoment } from '../date-format.ts'
import { dateInputOrder, readDayInput, readMomentInput, startOfDay } from '../date-input.ts'
import { dateOperators } from '../date-operators.ts'

const settings = z.strictObject({
  display: displaySetting,
  /** Whether seconds are shown. */
  precision: z
    .enum(['minute', 'second'])
    .default('minute')
    .meta({ title: 'Precision', labels: { minute: 'Minutes', second: 'Seconds' } }),
  inputOrder: dateInputOrder,
})
type DatetimeSettings = z.infer<typeof settings>

/** A moment, stored as ISO text in UTC with milliseconds; read and shown in the zone of the context. */
export const datetimeType = defineColumnType<DatetimeSettings, string>({
  id: 'datetime',
  label: 'Date and time',
  description: 'A moment, such as the start of a meeting; everyone sees it in their own time zone.',
  storage: 'timestamptz',
  sort: 'value',
  settings,
  parse: (input, { inputOrder }, context) => readMomentInput(input, inputOrder, context),
  format: (value, { display, precision }, { locale, timeZone }) =>
    formatMoment(Date.parse(value), display, precision, locale, timeZone),
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: dateOperators({
    readDay: (input, { inputOrder }, context) => readDayInput(input, inputOrder, context),
    startOf: startOfDay,
  }),
  aggregates: ['earliest', 'latest', 'range', 'filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: true,
  examples: [
    { input: '2026-01-07T13:30:00Z', value: '2026-01-07T13:30:00.000Z', text: 'Jan 7, 2026, 1:30 PM' },
    {
      input: '2026-01-07 13:30',
      context: { timeZone: 'Europe/Berlin', locale: 'de-DE' },
      value: '2026-01-07T12:30:00.000Z',
      text: '7. Jan. 2026, 13:30',
    },
    { input: '1/7/2026 1:30 pm', value: '2026-01-07T13:30:00.000Z', text: 'Jan 7, 2026, 1:30 PM' },
    { input: '2026-01-07', value: '2026-01-07T00:00:00.000Z', text: 'Jan 7, 2026, 12:00 AM' },
    {
      input: '2026-01-07T13:30:15+05:30',
      settings: { display: 'iso', precision: 'second', inputOrder: 'locale' },
      value: '2026-01-07T08:00:15.000Z',
      text: '2026-01-07 08:00:15',
    },
    {
      input: '2025-10-26 02:30',
      context: { timeZone: 'Europe/Berlin' },
      value: '2025-10-26T01:30:00.000Z',
      text: 'Oct 26, 2025, 2:30 AM',
    },
    {
      input: '2025-03-30 02:30',
      context: { timeZone: 'Europe/Berlin' },
      value: '2025-03-30T01:30:00.000Z',
      text: 'Mar 30, 2025, 3:30 AM',
    },
    { input: '', value: null, text: '' },
    { input: '2026-01-07 25:00', refused: '“2026-01-07 25:00” is not a date' },
    { input: 1767792600000, refused: '“1767792600000” is not a date' },
  ],
})
