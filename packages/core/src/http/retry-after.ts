/** Longest time that a vendor is left alone at its own word: quotas are of a month at most, and some write "never" as a date. */
const longestMs = 31 * 86_400_000

/**
 * When to call again, in milliseconds from now, as an answer says: `Retry-After` in seconds or as an HTTP date, or the
 * spelling in milliseconds that some vendors use. At most 31 days.
 *
 * @returns undefined if it does not say, or not readably
 */
export function retryAfterMs(headers: Headers, now: Date): number | undefined {
  const said = saidMs(headers, now)
  return said === undefined ? undefined : Math.min(said, longestMs)
}

function saidMs(headers: Headers, now: Date): number | undefined {
  const milliseconds = wholeNumber(headers.get('retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const text = headers.get('retry-after')
  if (text === null) return undefined
  const seconds = wholeNumber(text)
  if (seconds !== undefined) return seconds * 1_000
  // JavaScript takes nearly anything for a date; one with a time has a colon.
  const date = text.includes(':') ? Date.parse(text) : Number.NaN
  // A date on the vendor's clock: measured from the vendor's own time, where the answer tells it.
  const sent = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? undefined : Math.max(0, date - (Number.isNaN(sent) ? now.getTime() : sent))
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,12}(\.\d+)?\s*$/.test(text) ? Math.ceil(Number(text)) : undefined
}
