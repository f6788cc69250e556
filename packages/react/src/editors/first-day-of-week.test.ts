import { describe, expect, it } from 'vitest'
import { firstDayByRegion, firstDayOfWeek } from './first-day-of-week.ts'

const locales = [
  'en',
  'en-US',
  'en-GB',
  'en-CA',
  'de-DE',
  'de-AT',
  'fr-FR',
  'pt-BR',
  'ja',
  'he',
  'ar-EG',
  'ar-SA',
  'fa',
]

describe('firstDayOfWeek', () => {
  it.each(locales)('is for %s the same by our table as by that of the platform', (locale) => {
    expect(firstDayByRegion(locale)).toBe(firstDayOfWeek(locale))
  })
})
