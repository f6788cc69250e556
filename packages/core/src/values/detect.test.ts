import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInColumnTypes } from './built-in-types.ts'
import type { AnyColumnType } from './column-type.ts'
import { detectColumnType } from './detect.ts'
import { testContext } from './testing/test-context.ts'

const detect = (samples: readonly string[], locale = 'en-US') => detectColumnType(samples, { ...testContext, locale })
const times = (count: number, ...texts: readonly string[]) => Array.from({ length: count }, () => texts).flat()

describe('detectColumnType', () => {
  test.each([
    ['email', ['ada@acme.com', 'Bob@x.io', '']],
    ['person', ['Ada <ada@acme.com>', 'Bob B <bob@x.io>']],
    ['linkedin', ['https://www.linkedin.com/in/ada', 'linkedin.com/company/acme']],
    ['url', ['https://acme.com/x', 'www.acme.com', 'acme.com/about']],
    ['company', ['acme.com', 'www.acme.co.uk', 'foo.io']],
    ['checkbox', ['yes', 'no', 'Yes']],
    ['checkbox', ['1', '0', '1']],
    ['number', ['1', '1', '1']],
    ['rating', ['★★★', '★']],
    ['percent', ['5 %', '7.5%']],
    ['number', ['1,234.5', '-3', '5k']],
    ['phone', ['+1 415 555 2671', '(415) 555-2672', '415-555-2673']],
    ['date', ['2026-01-07', '2026-02-28']],
    ['date', ['7 Jan 2026', '8. Feb 2025']],
    ['datetime', ['2026-01-07 13:30', '2026-01-07T14:00:00Z']],
    ['duration', ['1h 30m', '45 min', '2:00:00']],
    ['json', ['{"a":1}', '[1,2]']],
    ['text', ['01234', '00501', '90210']],
    ['text', ['Ada Lovelace', 'Bob', 'Acme Inc']],
    ['text', ['', ' ']],
    ['text', ['call 5 people', 'write 3 mails', 'meet 2']],
    ['long_text', ['Dear Ada,\nhello', 'x']],
    ['long_text', ['word '.repeat(60), 'short']],
  ] as const)('proposes %s for %j', (type, samples) => {
    expect(detect(samples)).toMatchObject({ type, share: 1 })
  })

  test('finds the currency', () => {
    expect(detect(['€5', '7,50 €', '12 EUR'], 'de-DE')).toMatchObject({ type: 'currency', settings: { code: 'EUR' } })
    expect(detect(['$5', '$1,200.50'])).toMatchObject({ type: 'currency', settings: { code: 'USD' } })
  })

  test('takes the order of dates from the dates that prove one', () => {
    expect(detect(['03.12.2026', '04.11.2026'])).toMatchObject({ type: 'date', settings: { inputOrder: 'dmy' } })
    expect(detect(['03.12.2026', '12.31.2026'])).toMatchObject({ type: 'date', settings: { inputOrder: 'mdy' } })
    expect(detect(['01/02/2026', '31/12/2026'])).toMatchObject({ type: 'date', settings: { inputOrder: 'dmy' } })
    expect(detect(['01/02/2026', '12/31/2026'], 'de-DE')).toMatchObject({
      type: 'date',
      settings: { inputOrder: 'mdy' },
    })
    expect(detect(['01/02/2026'])).toMatchObject({ type: 'date', settings: { inputOrder: 'locale' } })
    expect(detect(['31/12/2026', '12/31/2026'])).toMatchObject({ type: 'text' })
  })

  test('proposes options where few values repeat', () => {
    const dropdown = detect(times(5, 'Won', 'Lost', 'in review'))
    expect(dropdown).toMatchObject({
      type: 'dropdown',
      settings: { options: [{ id: 'won', name: 'Won' }, {}, { id: 'in_review' }] },
    })
    const tags = detect(times(5, 'vip, partner', 'vip', 'partner; eu'))
    expect(tags).toMatchObject({
      type: 'tags',
      settings: { options: [{ id: 'vip' }, { id: 'partner' }, { id: 'eu' }] },
    })
    expect(detect(['Won', 'Lost', 'Won'])).toMatchObject({ type: 'text' })
  })

  test('tolerates a tenth of odd texts and says so', () => {
    expect(detect([...times(19, '12'), 'n/a'])).toMatchObject({ type: 'number', share: 0.95 })
    expect(detect([...times(5, '12'), 'n/a']).type).not.toBe('number')
  })

  test('proposes the phone country of the locale', () => {
    expect(detect(['030 901820', '+49 30 901820'], 'de-DE')).toMatchObject({
      type: 'phone',
      settings: { defaultCountry: 'DE' },
    })
  })

  test('never throws, and its settings are valid', () => {
    const text = fc.string({ unit: fc.constantFrom(...'019.,:/-+ $€%@abkm{}[]"\n★\0\ud800é'), maxLength: 14 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (samples) => {
        const detected = detect(samples)
        const type: AnyColumnType = builtInColumnTypes[detected.type]
        expect(type.settings.parse(detected.settings)).toEqual(detected.settings)
        expect(detected.share).toBeGreaterThanOrEqual(0.9)
      }),
    )
  })
})
