/** Where a row stands in its table's own order: by position, and by id where positions are equal. */
export interface Place {
  /** An exact decimal as PostgreSQL prints it. */
  readonly position: string
  readonly id: string
}

/** Orders two places: negative, zero or positive. */
export function comparePlaces(a: Place, b: Place): number {
  return compareDecimals(a.position, b.position) || compareDecimals(a.id, b.id)
}

function compareDecimals(a: string, b: string): number {
  if (a === b) return 0
  const [x, y] = [Number(a), Number(b)]
  // Two roundings cannot have brought them so far apart.
  if (Math.abs(x - y) > (Math.abs(x) + Math.abs(y)) * 1e-15) return x - y
  const digits = Math.max(fractionOf(a).length, fractionOf(b).length)
  const [whole, other] = [wholeNumber(a, digits), wholeNumber(b, digits)]
  return whole < other ? -1 : Number(whole > other)
}

/** The decimal times 10^`digits`. */
function wholeNumber(text: string, digits: number): bigint {
  return BigInt(`${text.split('.')[0]}${fractionOf(text).padEnd(digits, '0')}`)
}

function fractionOf(text: string): string {
  return text.split('.')[1] ?? ''
}
