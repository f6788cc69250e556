import type { Translate } from '../provider/translator.ts'

/** When a schedule is due, for those that people say in words. `time` is `06:00`, `day` 0 for Sunday. */
export type When =
  | { readonly kind: 'hourly'; readonly minute: number }
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekdays'; readonly time: string }
  | { readonly kind: 'weekly'; readonly day: number; readonly time: string }
  | { readonly kind: 'monthly'; readonly day: number; readonly time: string }

/** The schedule in five parts: minute, hour, day of the month, month, day of the week. */
export function cronOf(when: When): string {
  switch (when.kind) {
    case 'hourly':
      return `${when.minute} * * * *`
    case 'daily':
      return `${clock(when.time)} * * *`
    case 'weekdays':
      return `${clock(when.time)} * * 1-5`
    case 'weekly':
      return `${clock(when.time)} * * ${when.day}`
    case 'monthly':
      return `${clock(when.time)} ${when.day} * *`
    default:
      return when satisfies never
  }
}

function clock(time: string): string {
  const [hour = '0', minute = '0'] = time.split(':')
  return `${Number(minute)} ${Number(hour)}`
}

/** What a schedule says in words; null for one that is more than they can say. */
export function whenOf(cron: string): When | null {
  const [minute = '', hour = '', dayOfMonth = '', month = '', weekday = '', ...rest] = cron.trim().split(/\s+/)
  if (rest.length > 0 || month !== '*' || !isWhole(minute, 59)) return null
  if (hour === '*' && dayOfMonth === '*' && weekday === '*') return { kind: 'hourly', minute: Number(minute) }
  if (!isWhole(hour, 23)) return null
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (dayOfMonth === '*' && weekday === '*') return { kind: 'daily', time }
  if (dayOfMonth === '*' && weekday === '1-5') return { kind: 'weekdays', time }
  if (dayOfMonth === '*' && isWhole(weekday, 7)) return { kind: 'weekly', day: Number(weekday) % 7, time }
  return weekday === '*' && isWhole(dayOfMonth, 31) && dayOfMonth !== '0'
    ? { kind: 'monthly', day: Number(dayOfMonth), time }
    : null
}

function isWhole(text: string, most: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= most
}

/** A schedule as people say it; as it is written where words do not reach. */
export function cronWords(cron: string, locale: string, translate: Translate): string {
  const when = whenOf(cron)
  if (when === null) return cron
  if (when.kind === 'hourly')
    return translate('schedule.words-hourly', { minute: String(when.minute).padStart(2, '0') })
  const time = timeWords(when.time, locale)
  if (when.kind === 'weekly') return translate('schedule.words-weekly', { day: weekdayName(when.day, locale), time })
  if (when.kind === 'monthly') return translate('schedule.words-monthly', { day: when.day, time })
  return translate(`schedule.words-${when.kind}`, { time })
}

/** The name of a day of the week, 0 for Sunday. */
export function weekdayName(day: number, locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  // The fourth of January 1970 was a Sunday.
  return name.format(new Date(Date.UTC(1970, 0, 4 + day)))
}

function timeWords(time: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(`1970-01-01T${time}:00Z`),
  )
}
