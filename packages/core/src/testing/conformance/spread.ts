/** Numbers from 1 to `last`, so many at most. */
export function spread(last: number, many: number): readonly number[] {
  const count = Math.min(last, many)
  return Array.from({ length: count }, (_, place) => 1 + Math.floor((place * last) / count))
}
