const dayMs = 86_400_000

/**
 * A workbook's number for a moment as local ISO text: a day, a day and a time, or a time alone.
 *
 * @param from1904 whether days count from 1904, as on old Macs, and not from 1900
 * @returns null for numbers that are no moment
 */
export function serialDate(serial: number, look: 'date' | 'datetime' | 'time', from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null
  // Excel keeps a 29 February 1900 that never was: days before it lie one further back.
  const days = from1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial
  const ms = Math.round(days * 86_400) * 1_000
  const text = new Date(ms + Date.UTC(1899, 11, 30)).toISOString()
  const time = text.slice(11, 19)
  if (look === 'time' && serial < 1) return time
  return look === 'date' && ms % dayMs === 0 ? text.slice(0, 10) : `${text.slice(0, 10)}T${time}`
}

/** A workbook's number for a length of time as `27:30:00`. */
export function serialDuration(serial: number): string {
  const seconds = Math.round(Math.abs(serial) * 86_400)
  const two = (value: number) => String(value).padStart(2, '0')
  const text = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return serial < 0 ? `-${text}` : text
}
