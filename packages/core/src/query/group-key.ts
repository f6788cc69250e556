import { type RawBuilder, sql } from 'kysely'
import type { OpsErrorPath } from '../errors/ops-error.ts'
import { type CalendarDate, firstDay, fromIsoDate, isoDate, lastDay } from '../values/calendar-date.ts'
import type { Json } from '../values/json.ts'
import { startOf } from '../values/relative-period.ts'
import { localDay } from '../values/time-zone.ts'
import { bindValue, bindValues, isBindable } from './bind-value.ts'
import { allOf, twoValued } from './compile-predicate.ts'
import type { GroupLevel } from './group-by.ts'
import { cellRef } from './physical.ts'
import { queryFault } from './query-fault.ts'

/**
 * What the rows of a group have in common: the stored value, the first day of the period (`2026-11-01`), or `null` for
 * the group of empty cells. JSON, as groups carry it.
 */
export type GroupKey = Json

/** The key of a row's group, as SQL; null for an empty cell. Contains parameters: say it once and refer to it by name. */
export function groupKeyOf({ column, by, timeZone }: GroupLevel): RawBuilder<unknown> {
  const ref = cellRef(column.values)
  if (by === 'value') return ref
  const local = column.type.storage === 'date' ? sql`${ref}::timestamp` : sql`${ref} at time zone ${timeZone}::text`
  // Local days before the year 1 and after 9999 count as the first and the last: a key is always a date of ours.
  const start = sql`least(greatest(date_trunc(${by}::text, ${local})::date, ${firstDay}::date), ${lastDay}::date)`
  return sql`case when ${ref} is not null then ${start} end`
}

/**
 * Checks a key that a caller hands back.
 *
 * @throws OpsError `INVALID_QUERY`
 */
export function checkGroupKey(level: GroupLevel, key: unknown, at: OpsErrorPath): GroupKey {
  const { storage } = level.column.type
  if (key === null) return null
  if (level.by !== 'value') {
    if (typeof key === 'string' && isBindable('date', key)) return key
  } else if (storage === 'text[]') {
    if (Array.isArray(key) && key.length <= 10_000 && key.every(isText)) return key
  } else if (storage !== 'jsonb' && (typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean')) {
    if (isBindable(storage, String(key))) return key
  }
  throw queryFault(at, `This is no key of a group of ${level.column.name}.`)
}

function isText(item: unknown): item is string {
  return typeof item === 'string' && isBindable('text', item)
}

/** The rows of one group, as a condition. */
export function compileGroupKey(level: GroupLevel, key: GroupKey, negated: boolean): RawBuilder<boolean> {
  const { column, by } = level
  const ref = cellRef(column.values)
  if (key === null) return negated ? sql`${ref} is not null` : sql`${ref} is null`
  if (by !== 'value') {
    const first = fromIsoDate(String(key))
    const day = bindValue('date', isoDate(first))
    const inPeriod = sql<boolean>`${groupKeyOf(level)} = ${day}`
    // The key decides; the range around it, wide enough for every time zone, is what an index can serve.
    const range = sql<boolean>`${ref} >= ${day} - 2 and ${ref} < ${day} + ${periodDays[by] + 2}::int`
    return twoValued(allOf([inPeriod, range]), negated)
  }
  if (Array.isArray(key)) return twoValued(sql`${ref} = ${bindValues('text', key.filter(isText))}`, negated)
  const { storage } = column.type
  const bound = bindValue(storage === 'text[]' || storage === 'jsonb' ? 'text' : storage, key as string)
  return twoValued(sql`${ref} = ${bound}`, negated)
}

/** At most so many days long. */
const periodDays = { day: 1, week: 7, month: 31, quarter: 92, year: 366 } as const

/** {@link compileGroupKey} in TypeScript. */
export function isInGroup(level: GroupLevel, key: GroupKey, value: Json): boolean {
  if (key === null || value === null) return key === value
  if (level.by !== 'value') return periodStart(level, String(value)) === key
  if (Array.isArray(key)) return JSON.stringify(key) === JSON.stringify(value)
  return level.column.type.storage === 'numeric' ? Number(key) === Number(value) : String(key) === String(value)
}

function periodStart(level: GroupLevel, value: string): string {
  const start = calendarStart(level, value)
  if (start.year < 1) return firstDay
  return start.year > 9999 ? lastDay : isoDate(start)
}

function calendarStart({ by, column, timeZone }: GroupLevel, value: string): CalendarDate {
  const isTime = column.type.storage === 'timestamptz'
  const date = isTime ? localDay(Date.parse(value), timeZone) : fromIsoDate(value)
  return by === 'value' ? date : startOf(date, by)
}
