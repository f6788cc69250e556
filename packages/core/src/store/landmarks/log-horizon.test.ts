import { expect, it } from 'vitest'
import { isUnnoted, noted, withEntries } from './log-horizon.ts'

it('waits for numbers that are missing until they come or their writers must have ended', () => {
  const first = withEntries({ last: 10n, open: [] }, [11n, 14n], 500n)
  expect(first).toEqual({ last: 14n, open: [12n, 13n].map((seq) => ({ seq, xid: null })) })
  if (first === null) return
  expect(isUnnoted(first)).toBe(true)
  const waiting = noted(first, 520n)
  expect(isUnnoted(waiting)).toBe(false)
  // 13 came; the writer of 12 may be the one at work still.
  expect(withEntries(waiting, [13n], 520n)).toEqual({ last: 14n, open: [{ seq: 12n, xid: 520n }] })
  expect(withEntries(waiting, [13n, 15n], 521n)).toEqual({ last: 15n, open: [] })
})

it('gives up where more is missing than it would remember', () => {
  expect(withEntries({ last: 0n, open: [] }, [1_001n], 1n)?.open).toHaveLength(1_000)
  expect(withEntries({ last: 0n, open: [] }, [1_002n], 1n)).toBe(null)
})
