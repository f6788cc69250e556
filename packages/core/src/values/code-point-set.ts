/** Ascending, disjoint, inclusive ranges of code points. */
export type CodePointSet = readonly (readonly [from: number, to: number])[]

/** U+0000 never occurs in a cell, so sets begin at 1. */
const lowestCodePoint = 1
export const highestCodePoint = 0x10ffff

export const everyCodePoint: CodePointSet = [[lowestCodePoint, highestCodePoint]]
export const digitSet: CodePointSet = [[0x30, 0x39]]
export const wordSet: CodePointSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
/** Tab, line feed, vertical tab, form feed, carriage return, space. */
export const spaceSet: CodePointSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
]

/** Sorts and joins ranges that touch. */
export function codePointSet(ranges: CodePointSet): CodePointSet {
  const joined: [number, number][] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

export function complement(set: CodePointSet): CodePointSet {
  const gaps: [number, number][] = []
  let next = lowestCodePoint
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1])
    next = Math.max(next, to + 1)
  }
  if (next <= highestCodePoint) gaps.push([next, highestCodePoint])
  return gaps
}

export function holdsCodePoint(set: CodePointSet, codePoint: number): boolean {
  let low = 0
  let high = set.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = set[middle]
    if (range === undefined) return false
    if (codePoint < range[0]) high = middle - 1
    else if (codePoint > range[1]) low = middle + 1
    else return true
  }
  return false
}

/** With the other case of every ASCII letter in the set. */
export function withOtherCase(set: CodePointSet): CodePointSet {
  const other: [number, number][] = []
  for (const [from, to] of set) {
    for (const [first, last, shift] of [
      [0x41, 0x5a, 32],
      [0x61, 0x7a, -32],
    ] as const) {
      const low = Math.max(from, first)
      const high = Math.min(to, last)
      if (low <= high) other.push([low + shift, high + shift])
    }
  }
  return codePointSet([...set, ...other])
}
