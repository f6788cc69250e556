const day = 86_400_000

/**
 * How long a budget of about a day lasts whose window began within the last minute, in milliseconds: windows begin at
 * multiples of their length since 1970, and a test of a whole day would fail where it runs into midnight.
 */
export function dayWindow(now = Date.now()): number {
  return Math.floor(now / Math.floor(now / day))
}
