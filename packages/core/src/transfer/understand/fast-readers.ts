import type { BuiltInColumnTypeId } from '../../values/built-in-types.ts'
import { isCalendarDate } from '../../values/calendar-date.ts'
import type { Json } from '../../values/json.ts'
import { instantOf } from '../../values/time-zone.ts'
import { ownText } from './own-text.ts'

/** Reads the plain spellings of a type, as `parse` would; undefined for all others, which `parse` must decide. */
export type FastReader = (text: string) => Json | undefined

/** For the types of which files hold many different values: a tenth of the time that `parse` takes. */
export function fastReader(type: string, settings: unknown, timeZone: string): FastReader | undefined {
  const make = makers[type as BuiltInColumnTypeId]
  return make?.(timeZone, settings)
}

const makers: { readonly [Type in BuiltInColumnTypeId]?: (timeZone: string, settings: unknown) => FastReader } = {
  number: () => plainNumber,
  currency: () => plainNumber,
  email: () => plainEmail,
  url: () => plainUrl,
  datetime: plainMoment,
  phone: (_, settings) => plainPhone(isNorthAmerican(settings)),
}

/** At most 15 digits, and no mark before exactly three of them, which might group thousands. */
function plainNumber(text: string): number | undefined {
  if (text.length > 16 || !/^-?(?:0|[1-9]\d{0,8})(?:\.\d{1,2}|\.\d{4,6})?$/.test(text)) return undefined
  const value = Number(text)
  return value === 0 ? 0 : value
}

function plainEmail(text: string): string | undefined {
  const isPlain = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(text)
  return isPlain && text.length <= 63 ? text.toLowerCase() : undefined
}

/** Nothing that a browser would encode, decode or shorten. */
function plainUrl(text: string): string | undefined {
  const found = /^https?:\/\/(?:(?!xn--)[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}(\/[\w~/-]*)?$/.exec(text)
  if (found === null || text.length > 200) return undefined
  return found[1] === undefined ? `${text}/` : text
}

/**
 * Numbers of North America, with their country code or, where the column is of the USA or Canada, without: all have ten
 * digits, the first of them at least 2, and no part that is left out.
 */
function plainPhone(isHome: boolean): FastReader {
  return (text) => {
    const found = /^(\+1[ .-]?)?(?:\(([2-9]\d\d)\) ?|([2-9]\d\d)[ .-]?)(\d{3})[ .-]?(\d{4})$/.exec(text)
    if (found === null || (found[1] === undefined && !isHome)) return undefined
    return `+1${found[2] ?? found[3]}${found[4]}${found[5]}`
  }
}

function isNorthAmerican(settings: unknown): boolean {
  const hasCountry = typeof settings === 'object' && settings !== null && 'defaultCountry' in settings
  return hasCountry && (settings.defaultCountry === 'US' || settings.defaultCountry === 'CA')
}

/** `2026-01-07 13:30` and `2026-01-07T13:30:15`, where an hour of the zone is one of UTC; that is looked up once. */
function plainMoment(timeZone: string): FastReader {
  const hours = new Map<string, string | null>()
  return (text) => {
    const isPlain = /^\d{4}-(?:0[1-9]|1[0-2])-[0-3]\d[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(text)
    if (!isPlain || text < '1000') return undefined
    const hour = text.slice(0, 13)
    let inUtc = hours.get(hour)
    if (inUtc === undefined) {
      if (hours.size >= 10_000) hours.clear()
      inUtc = hourInUtc(hour, timeZone)
      hours.set(ownText(hour), inUtc)
    }
    if (inUtc === null) return undefined
    return text.length === 16 ? `${inUtc}${text.slice(13)}:00.000Z` : `${inUtc}${text.slice(13)}.000Z`
  }
}

/** `2026-01-07T12` for an hour of the zone; null for days that are none, and for hours that are not one of UTC. */
function hourInUtc(hour: string, timeZone: string): string | null {
  const date = { year: Number(hour.slice(0, 4)), month: Number(hour.slice(5, 7)), day: Number(hour.slice(8, 10)) }
  if (!isCalendarDate(date)) return null
  const time = { hour: Number(hour.slice(11)), minute: 0, second: 0, millisecond: 0 }
  const start = instantOf(date, time, timeZone)
  const end = instantOf(date, { ...time, minute: 59, second: 59 }, timeZone)
  const isHour = start % 3_600_000 === 0 && end - start === 3_599_000
  const text = isHour ? new Date(start).toISOString() : ''
  return text.length === 24 ? text.slice(0, 13) : null
}
