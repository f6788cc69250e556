import * as z from 'zod'
import { isoDate } from '../calendar-date.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed, type ValueContext } from '../column-type.ts'
import { displaySetting, formatIsoDate } from '../date-format.ts'
import { dateInputOrder, readDayInput } from '../date-input.ts'
import { dateOperators } from '../date-operators.ts'

const settings = z.strictObject({
  display: displaySetting,
  inputOrder: dateInputOrder,
})
type DateSettings = z.infer<typeof settings>

function parse(input: unknown, { inputOrder }: DateSettings, context: ValueContext): Parsed<string> {
  return readDayInput(input, inputOrder, context)
}

/** A day of the calendar, stored as `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31. */
export const dateType = defineColumnType<DateSettings, string>({
  id: 'date',
  label: 'Date',
  description: 'A day without a time, such as a closing date.',
  storage: 'date',
  sort: 'value',
  settings,
  parse,
  format: (value, { display }, { locale }) => formatIsoDate(value, display, locale),
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: dateOperators({ readDay: parse, startOf: isoDate }),
  aggregates: ['earliest', 'latest', 'range', 'filled', 'empty', 'filled_share', 'empty_share', 'unique'],
  canBeUnique: true,
  examples: [
    { input: '2026-01-07', value: '2026-01-07', text: 'Jan 7, 2026' },
    { input: '1/7/2026', value: '2026-01-07', text: 'Jan 7, 2026' },
    { input: '7.1.2026', context: { locale: 'de-DE' }, value: '2026-01-07', text: '7. Jan. 2026' },
    { input: '7 janvier 2026', context: { locale: 'fr-FR' }, value: '2026-01-07', text: '7 janv. 2026' },
    { input: '7 Jan', context: { now: new Date('2026-05-01T12:00:00Z') }, value: '2026-01-07', text: 'Jan 7, 2026' },
    { input: 'tomorrow', context: { now: new Date('2026-05-01T12:00:00Z') }, value: '2026-05-02', text: 'May 2, 2026' },
    {
      input: '2026-01-07T23:30:00Z',
      context: { timeZone: 'Europe/Berlin' },
      value: '2026-01-08',
      text: 'Jan 8, 2026',
    },
    {
      input: '31/12/99',
      settings: { display: 'iso', inputOrder: 'dmy' },
      value: '1999-12-31',
      text: '1999-12-31',
    },
    { input: '', value: null, text: '' },
    { input: '2026-02-30', refused: '“2026-02-30” is not a date' },
    { input: 'soon', refused: '“soon” is not a date' },
    {
      input: '45678',
      refused: '“45678” looks like a spreadsheet’s number for a day; format the column as a date before you export it',
    },
  ],
})
