import { firstDayNumber, firstMoment, lastDayNumber, lastMoment } from './date-value.ts'
import type { FormulaMoment } from './formula-function.ts'
import { bound, code, type Fragment, raw } from './fragment.ts'

/** Days since 1970 of a date, `int`. */
export function dayNumberSql(date: Fragment): Fragment {
  return code`(${date} - date '1970-01-01')`
}

const dayRange = raw(`between ${firstDayNumber} and ${lastDayNumber}`)

/** The date of a whole number of days since 1970 (any number type); null outside the years 1 to 9999. */
export function dateOfDaysSql(days: Fragment): Fragment {
  return code`(date '1970-01-01' + (case when ${days} ${dayRange} then ${days} end)::int)`
}

/** True if {@link dateOfDaysSql} finds no date. */
export function outsideDaysSql(days: Fragment): Fragment {
  return code`${days} not ${dayRange}`
}

/** Milliseconds since 1970 of a moment, a whole `float8`. */
export function momentMsSql(moment: Fragment): Fragment {
  return code`round(date_part('epoch', ${moment}) * 1000)`
}

const momentRange = raw(`between ${firstMoment} and ${lastMoment}`)

/** The moment of whole milliseconds since 1970 (`float8`); null outside the years 1 to 9999. */
export function momentOfMsSql(ms: Fragment): Fragment {
  return code`(${wallOfMsSql(ms)} at time zone 'UTC')`
}

export function outsideMomentsSql(ms: Fragment): Fragment {
  return code`${ms} not ${momentRange}`
}

/** A `timestamp` of whole milliseconds since 1970; null outside the years 1 to 9999. */
export function wallOfMsSql(ms: Fragment): Fragment {
  const kept = code`(case when ${ms} ${momentRange} then ${ms} end)`
  const day = code`floor(${kept} / 86400000)`
  return code`((date '1970-01-01' + ${day}::int) + (${kept} - ${day} * 86400000) * interval '1 millisecond')`
}

/** What clocks and calendars in the zone show at a moment, a `timestamp`. */
export function wallClockSql(moment: Fragment, { timeZone }: FormulaMoment): Fragment {
  return code`(${moment} at time zone ${bound(timeZone, 'text')})`
}

/** The moment at which clocks in the zone show a `timestamp`: the later of two, moved forward where there is none. */
export function fromWallClockSql(wall: Fragment, { timeZone }: FormulaMoment): Fragment {
  return code`(${wall} at time zone ${bound(timeZone, 'text')})`
}
