import { describe, expect, test } from 'vitest'
import type { ValueContext } from '../column-type.ts'
import { testContext } from '../testing/test-context.ts'
import { dateType } from './date.ts'

const locales =
  'en-US en-GB en-CA de-DE de-CH fr-FR es-ES pt-BR it-IT nl-NL pl-PL cs-CZ hu-HU ro-RO sv-SE da-DK nb-NO fi-FI lv-LV lt-LT ru-RU uk-UA el-GR tr-TR he-IL ar-EG fa-IR hi-IN th-TH vi-VN ja-JP ko-KR zh-CN'.split(
    ' ',
  )
const days = Array.from({ length: 36 }, (_, i) =>
  new Date(Date.UTC(2023, i, 1 + ((i * 7) % 28))).toISOString().slice(0, 10),
)

describe('date', () => {
  test.each(locales)('reads back what it shows in %s', (locale) => {
    const context: ValueContext = { ...testContext, locale }
    for (const display of ['short', 'medium', 'long', 'iso'] as const) {
      const settings = dateType.settings.parse({ display })
      for (const day of days) {
        const shown = dateType.format(day, settings, context)
        expect([shown, dateType.parse(shown, settings, context)]).toEqual([shown, { ok: true, value: day }])
      }
    }
  })

  test.each([
    ['07/01/2026', 'en-US', '2026-07-01'],
    ['07/01/2026', 'en-GB', '2026-01-07'],
    ['13/01/2026', 'en-US', '2026-01-13'],
    ['2026/1/7', 'en-US', '2026-01-07'],
    ['20260107', 'en-US', '2026-01-07'],
    ['7.1.26', 'de-DE', '2026-01-07'],
    ['03.12.2026', 'en-US', '2026-12-03'],
    ['3. 12. 26', 'en-US', '2026-12-03'],
    ['12.31.2026', 'en-US', '2026-12-31'],
    ['Jan 7th, 2026', 'en-US', '2026-01-07'],
    ['Wednesday, 7 January 2026', 'de-DE', '2026-01-07'],
    ['7 de enero de 2026', 'es-ES', '2026-01-07'],
    ['7-Jan-69', 'en-US', '2069-01-07'],
    ['7-Jan-70', 'en-US', '1970-01-07'],
    ['12/31/2025 00:00:00', 'en-US', '2025-12-31'],
    ['morgen', 'de-DE', '2026-05-02'],
    ['0050-03-01', 'en-US', '0050-03-01'],
    ['2024-02-29', 'en-US', '2024-02-29'],
  ])('reads %s under %s as %s', (input, locale, value) => {
    const settings = dateType.settings.parse({})
    expect(dateType.parse(input, settings, { ...testContext, locale })).toEqual({ ok: true, value })
  })

  test.each([
    '1/2',
    '2023-02-29',
    '0000-01-01',
    '10000-01-01',
    '7',
    'May',
    '12 foo 2026',
    '1/2/3/4',
    'Jan 7 2026 5',
    '7 Jan 2026x',
  ])('refuses %s', (input) => {
    expect(dateType.parse(input, dateType.settings.parse({}), testContext).ok).toBe(false)
  })

  test('an order that is set is not bent', () => {
    expect(dateType.parse('12/31/2026', dateType.settings.parse({ inputOrder: 'dmy' }), testContext).ok).toBe(false)
  })

  test('takes a Date as the local day', () => {
    const context = { ...testContext, timeZone: 'Asia/Tokyo' }
    const parsed = dateType.parse(new Date('2026-01-07T20:00:00Z'), dateType.settings.parse({}), context)
    expect(parsed).toEqual({ ok: true, value: '2026-01-08' })
  })
})
