import { expect, it } from 'vitest'
import {
  countRows,
  isWorn,
  type Landmarks,
  noLandmarks,
  partAt,
  refined,
  roughPart,
  shifted,
  wayTo,
} from './landmarks.ts'

const at = (position: number) => ({ position: String(position), id: String(position) })

/** Marks at 1,000, 2,000 and 3,000, and 500 rows behind. */
const whole: Landmarks = { marks: [at(1_000), at(2_000), at(3_000)], counts: [1_000, 1_000, 1_000, 500] }

it('show the way from the mark before', () => {
  expect(wayTo(whole, 0)).toEqual({ after: null, skip: 0 })
  expect(wayTo(whole, 999)).toEqual({ after: null, skip: 999 })
  expect(wayTo(whole, 1_000)).toEqual({ after: at(1_000), skip: 0 })
  expect(wayTo(whole, 3_499)).toEqual({ after: at(3_000), skip: 499 })
  expect(wayTo(whole, 9_000)).toEqual({ after: at(3_000), skip: 6_000 })
})

it('lead from the last mark to where nobody has been', () => {
  const begun = refined(noLandmarks, 0, [at(1_000), at(2_000)], null)
  expect(wayTo(begun, 7_000)).toEqual({ after: at(2_000), skip: 5_000 })
  expect(countRows(begun)).toBe(null)
  expect(roughPart(begun)).toEqual({ part: 2, after: at(2_000), rows: null })
  const done = refined(begun, 2, [], 10)
  expect([countRows(done), roughPart(done)]).toEqual([2_010, null])
})

it('know how many rows lie before the part that a place lies in', () => {
  expect(partAt(whole, at(1_000))).toEqual({ after: null, before: 0 })
  expect(partAt(whole, at(1_001))).toEqual({ after: at(1_000), before: 1_000 })
  expect(partAt(whole, at(9_999))).toEqual({ after: at(3_000), before: 3_000 })
  expect(partAt({ ...whole, counts: [1_000, 1_000, 1_000] }, at(9_999))).toBe(null)
})

it('count rows where they are: a mark is the last row before it', () => {
  const moved = { before: at(1_000), now: at(2_500) }
  const { counts } = shifted(whole, [
    { before: null, now: at(1_000.5) },
    { before: at(3_000), now: null },
    { before: null, now: at(99_999) },
    moved,
  ])
  expect(counts).toEqual([999, 1_001, 1_000, 501])
})

it('leave out rows where nobody has been', () => {
  const begun = refined(noLandmarks, 0, [at(1_000)], null)
  expect(shifted(begun, [{ before: null, now: at(1_001) }])).toEqual(begun)
})

it('get marks of their own where a part became large, and are worn once most parts are nearly empty', () => {
  const full = { ...whole, counts: [1_000, 5_200, 1_000, 500] }
  expect(roughPart(full)).toEqual({ part: 1, after: at(1_000), rows: 5_200 })
  const found = [1_200, 1_300, 1_400, 1_500, 1_600].map(at)
  const fine = refined(full, 1, found, 200)
  expect(fine.counts).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 200, 1_000, 500])
  expect([countRows(fine), roughPart(fine)]).toEqual([7_700, null])
  expect(isWorn(fine)).toBe(false)
  const marks = Array.from({ length: 201 }, (_, n) => at(n))
  expect(isWorn({ marks, counts: Array.from({ length: 202 }, () => 100) })).toBe(true)
})
