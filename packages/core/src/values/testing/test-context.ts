import type { ValueContext } from '../column-type.ts'

/** American English in UTC, on a Friday at noon. */
export const testContext: ValueContext = Object.freeze({
  locale: 'en-US',
  timeZone: 'UTC',
  now: new Date('2026-05-01T12:00:00Z'),
})
