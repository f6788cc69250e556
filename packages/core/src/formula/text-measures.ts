import { code, type Fragment } from './fragment.ts'

/** Whole counts and places lie between these; what is outside is moved to the edge, part of one is cut off. */
const largestCount = 10_000_000

/** A count or a place given as a number: whole, 0 to 10,000,000. */
export function countOf(value: number): number {
  return Math.min(largestCount, Math.max(0, Math.trunc(value)))
}

/** {@link countOf} in SQL, an `int`. */
export function countSql(value: Fragment): Fragment {
  return wholeSql(value, 0, largestCount)
}

/** The whole part of a number, moved to the nearer edge if it lies outside: an `int`; blank stays blank. */
export function wholeSql(value: Fragment, lowest: number, highest: number): Fragment {
  return code`(case when ${value} < ${lowest} then ${lowest} when ${value} > ${highest} then ${highest} else trunc(${value}) end)::int`
}

export function codePointCount(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdbff) count -= 1
  }
  return count
}

/** Characters from one place up to but not including another, counted from 0. */
export function codePointSlice(text: string, from: number, to: number): string {
  const start = unitsOf(text, from, 0)
  return text.slice(start, unitsOf(text, to - from, start))
}

/** Where in UTF-16 units so many characters after a place end. */
function unitsOf(text: string, count: number, start: number): number {
  if (count >= text.length - start) return text.length
  let at = start
  for (let taken = 0; taken < count && at < text.length; taken++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}
