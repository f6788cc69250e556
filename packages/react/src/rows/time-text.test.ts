import { describe, expect, it } from 'vitest'
import { relativeTime } from './time-text.tsx'

const now = Date.parse('2026-11-20T12:00:00Z')

describe('relativeTime', () => {
  it.each([
    ['2026-11-20T11:59:30Z', 'en-US', '30 seconds ago'],
    ['2026-11-20T09:00:00Z', 'en-US', '3 hours ago'],
    ['2026-11-19T12:00:00Z', 'en-US', 'yesterday'],
    ['2026-08-20T12:00:00Z', 'de-DE', 'vor 3 Monaten'],
    ['2023-11-20T12:00:00Z', 'en-US', '3 years ago'],
    ['2026-11-20T12:05:00Z', 'en-US', 'in 5 minutes'],
  ])('says %s in %s as “%s”', (at, locale, text) => {
    expect(relativeTime(at, locale, now)).toBe(text)
  })
})
