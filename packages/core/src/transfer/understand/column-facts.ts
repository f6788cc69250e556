import * as z from 'zod'
import type { ValueContext } from '../../values/column-type.ts'
import { usableLocale } from '../../values/locale.ts'

/** How the texts of one column of a file are to be read, where they could be read in several ways. */
export const columnFactsSchema = z.strictObject({
  /** How `01/02/2026` is meant. @default the column's setting, else the org's locale */
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  /** What sets off decimals in `1.234` and `1,234`. @default by the org's locale */
  decimalMark: z.enum(['.', ',']).optional(),
  /** IANA zone of times without one. @default the org's */
  timeZone: z.string().max(100).refine(isTimeZone, 'This is no time zone; one is “Europe/Berlin”.').optional(),
  /** Texts that stand for an empty cell, such as `N/A`; without regard to case. */
  emptyTexts: z.array(z.string().max(100)).max(20).optional(),
})

export type ColumnFacts = z.output<typeof columnFactsSchema>

/** The context that texts of such a column are read in. */
export function contextWith({ decimalMark, timeZone }: ColumnFacts, context: ValueContext): ValueContext {
  const locale = decimalMark === undefined ? context.locale : decimalMark === ',' ? 'de-DE' : 'en-US'
  return { ...context, locale: usableLocale(locale), timeZone: timeZone ?? context.timeZone }
}

/** The settings of a column that such texts are read with. */
export function settingsWith({ dateOrder }: ColumnFacts, settings: unknown): unknown {
  const hasOrder = typeof settings === 'object' && settings !== null && 'inputOrder' in settings
  return hasOrder && dateOrder !== undefined ? { ...settings, inputOrder: dateOrder } : settings
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
