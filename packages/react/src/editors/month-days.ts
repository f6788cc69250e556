/** A month laid out in weeks. Dates are `YYYY-MM-DD`. */
export interface Month {
  /** `YYYY-MM` */
  readonly id: string
  readonly weeks: readonly (readonly string[])[]
}

const dayMs = 86_400_000

/** The weeks that touch a month. @param firstDay 0 for Sunday, 1 for Monday */
export function monthOf(date: string, firstDay: number): Month {
  const [year = 2000, month = 1] = date.split('-').map(Number)
  const start = Date.UTC(year, month - 1, 1)
  const before = (new Date(start).getUTCDay() - firstDay + 7) % 7
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const count = Math.ceil((before + days) / 7)
  const weeks = Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => isoDay(start + (week * 7 + day - before) * dayMs)),
  )
  return { id: date.slice(0, 7), weeks }
}

export function addDays(date: string, days: number): string {
  return isoDay(Date.parse(`${date}T00:00:00Z`) + days * dayMs)
}

/** The same day of another month, or its last one. */
export function addMonths(date: string, months: number): string {
  const [year = 2000, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return isoDay(Date.UTC(year, month - 1 + months, Math.min(day, last)))
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
