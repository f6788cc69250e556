import { comparePlaces, type Place } from './place.ts'

/**
 * What is known of a table's own order at one moment: every so often a row's place, and how many rows lie between. The
 * rows at any distance from the beginning are then a short way from a place that an index finds at once.
 *
 * Part `i` of the table lies behind `marks[i - 1]` and goes up to `marks[i]`, which need not be a row any more. About
 * 150 bytes a mark.
 */
export interface Landmarks {
  readonly marks: readonly Place[]
  /** Rows of each part; the part behind the last mark is missing as long as nobody has gone through it. */
  readonly counts: readonly number[]
}

export const noLandmarks: Landmarks = { marks: [], counts: [] }

/** Rows from one mark to the next. */
export const markEvery = 1_000

/** Parts with more rows get marks of their own. */
const largePart = 4 * markEvery

/** How a row at a distance is reached: rows to skip behind a place, or from the beginning. */
export interface Way {
  readonly after: Place | null
  readonly skip: number
}

export function wayTo({ marks, counts }: Landmarks, offset: number): Way {
  let part = 0
  let skip = offset
  for (; part < marks.length; part++) {
    const count = counts[part] ?? 0
    if (skip < count) break
    skip -= count
  }
  return { after: marks[part - 1] ?? null, skip }
}

/** The part that a place lies in: the mark before it, and how many rows lie before that; null where nobody has been. */
export function partAt(
  { marks, counts }: Landmarks,
  place: Place,
): { readonly after: Place | null; readonly before: number } | null {
  const part = partOf(marks, place)
  if (part >= counts.length) return null
  return { after: marks[part - 1] ?? null, before: counts.slice(0, part).reduce((sum, count) => sum + count, 0) }
}

/** Rows of the table; null while not all of it is known. */
export function countRows({ marks, counts }: Landmarks): number | null {
  return counts.length > marks.length ? counts.reduce((sum, count) => sum + count, 0) : null
}

/** A row that came, went or moved: where it stood and where it stands, null for nowhere. */
export interface Shift {
  readonly before: Place | null
  readonly now: Place | null
}

/** The same after rows came, went and moved. */
export function shifted({ marks, counts }: Landmarks, shifts: readonly Shift[]): Landmarks {
  const shiftedCounts = [...counts]
  const add = (place: Place | null, rows: number): void => {
    const part = place === null ? -1 : partOf(marks, place)
    const count = shiftedCounts[part]
    if (count !== undefined) shiftedCounts[part] = count + rows
  }
  for (const { before, now } of shifts) {
    add(before, -1)
    add(now, 1)
  }
  return { marks, counts: shiftedCounts }
}

/** How many marks lie before a place. */
function partOf(marks: readonly Place[], place: Place): number {
  let [low, high] = [0, marks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const mark = marks[middle]
    if (mark !== undefined && comparePlaces(mark, place) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** A part that wants marks of its own. */
export interface RoughPart {
  readonly part: number
  readonly after: Place | null
  /** null where nobody has gone through it. */
  readonly rows: number | null
}

export function roughPart({ marks, counts }: Landmarks): RoughPart | null {
  const large = counts.findIndex((count) => count > largePart)
  const part = large === -1 && counts.length <= marks.length ? marks.length : large
  return part === -1 ? null : { part, after: marks[part - 1] ?? null, rows: counts[part] ?? null }
}

/**
 * The same with marks in a part.
 *
 * @param rest rows of the part behind the last of them; null where nobody has gone through them
 */
export function refined(
  { marks, counts }: Landmarks,
  part: number,
  found: readonly Place[],
  rest: number | null,
): Landmarks {
  return {
    marks: marks.toSpliced(part, 0, ...found),
    counts: counts.toSpliced(part, 1, ...found.map(() => markEvery), ...(rest === null ? [] : [rest])),
  }
}

/** Whether so many rows went that most marks stand close to each other. */
export function isWorn(landmarks: Landmarks): boolean {
  const rows = countRows(landmarks)
  return rows !== null && landmarks.marks.length > 100 + (4 * rows) / markEvery
}
