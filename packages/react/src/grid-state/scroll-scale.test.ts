import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxScrollHeightPx, scrollScale } from './scroll-scale.ts'

describe('scrollScale', () => {
  it('leaves content alone that a browser can hold', () => {
    const scale = scrollScale(36_000, 900)
    expect(scale).toMatchObject({ isScaled: false, scrollHeight: 36_000, maxOffset: 35_100 })
    expect(scale.follow(0, 0, 12_345)).toBe(12_345)
    expect(scale.follow(0, 0, 99_999)).toBe(35_100)
  })

  it('reaches both ends of 10,000,000 rows', () => {
    const scale = scrollScale(360_000_000, 900)
    expect(scale.scrollHeight).toBe(maxScrollHeightPx)
    expect(scale.toOffset(0)).toBe(0)
    expect(scale.toOffset(maxScrollHeightPx - 900)).toBe(360_000_000 - 900)
  })

  it('moves content by as many pixels as a wheel step, anywhere', () => {
    const scale = scrollScale(360_000_000, 900)
    expect(scale.follow(180_000_000, 7_000_000, 7_000_120)).toBe(180_000_120)
    expect(scale.follow(180_000_000, 7_000_000, 6_999_880)).toBe(179_999_880)
  })

  it('goes to the share of the content that the scroll bar was dragged to', () => {
    const scale = scrollScale(360_000_000, 900)
    const middle = scale.follow(0, 0, (maxScrollHeightPx - 900) / 2)
    expect(middle).toBeCloseTo((360_000_000 - 900) / 2, 0)
  })

  it('never leaves the content, also when a step meets the real top', () => {
    const scale = scrollScale(360_000_000, 900)
    expect(scale.follow(50, 40, 0)).toBe(0)
    expect(scale.follow(scale.maxOffset - 10, 9_000_000, 9_000_400)).toBe(scale.maxOffset)
  })

  it('maps back to where it came from', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 15_000_001, max: 1_000_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (content, share) => {
          const scale = scrollScale(content, 900)
          const offset = share * scale.maxOffset
          expect(scale.toOffset(scale.toScrollTop(offset))).toBeCloseTo(offset, 3)
        },
      ),
    )
  })
})
