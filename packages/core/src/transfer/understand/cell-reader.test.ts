import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BuiltInColumnTypeId, builtInColumnTypes } from '../../values/built-in-types.ts'
import type { AnyColumnType } from '../../values/column-type.ts'
import { testContext } from '../../values/testing/test-context.ts'
import { sampleSettings, storedValues } from '../../values/testing/type-samples.ts'
import type { RawCell } from '../read/record-batch.ts'
import { CellRefusal, cellReader } from './cell-reader.ts'

const runs = Number(process.env.OPSLAYER_FUZZ ?? 300)
const contexts = [
  { locale: 'en-US', timeZone: 'UTC' },
  { locale: 'de-DE', timeZone: 'Europe/Berlin' },
  { locale: 'fr-FR', timeZone: 'Asia/Kolkata' },
  { locale: 'ar-EG', timeZone: 'America/New_York' },
].map((context) => ({ ...context, now: new Date('2026-05-01T12:00:00Z') }))

const digits = fc.stringMatching(/^-?[0-9]{1,4}([.,][0-9]{1,5})?([.,][0-9]{1,4})?[ %k]?$/)
const addresses = fc.stringMatching(/^[a-zA-Z0-9._+-]{1,8}@([a-zA-Z0-9-]{1,5}\.){1,2}[a-zA-Z0-9]{1,4}[.,;]?$/)
const links = fc.stringMatching(
  /^(https?:\/\/)?([a-z0-9-]{1,5}\.){1,2}(com|de|0x1|12|xn--a)(\/[A-Za-z0-9._~%-]{0,6}){0,3}$/,
)
const moments = fc
  .tuple(
    fc.integer({ min: 0, max: 2_100 }),
    fc.nat(13),
    fc.nat(32),
    fc.nat(25),
    fc.nat(61),
    fc.constantFrom('', ':00', ':07', ':59', ':60', 'Z'),
  )
  .map(([year, month, day, hour, minute, rest]) => {
    const two = (number: number) => String(number).padStart(2, '0')
    return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${hour % 2 === 0 ? ' ' : 'T'}${two(hour)}:${two(minute)}${rest}`
  })
const phones = fc.stringMatching(/^(\+1[ .-]?|1 )?\(?[0-9]{3}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}( x1)?$/)
const likely: Readonly<Record<string, fc.Arbitrary<string>>> = {
  number: digits,
  currency: digits,
  percent: digits,
  email: addresses,
  url: links,
  company: links,
  datetime: moments,
  date: moments,
  phone: phones,
}
const anyCell: fc.Arbitrary<RawCell> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-0',
    '00',
    '1',
    'N/A',
    'true',
    '\0',
    '\ud800',
    null,
    true,
    0,
    -1.5,
    '2026-03-29 02:30',
    '2026-10-25 02:30',
  ),
  fc.string({ maxLength: 20 }),
  fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<RawCell>,
)

describe.each(Object.keys(builtInColumnTypes) as BuiltInColumnTypeId[])('the reader of %s', (id) => {
  const columnType: AnyColumnType = builtInColumnTypes[id]
  const settings = sampleSettings(id)

  it('reads every cell as the type does, also what it has seen before', () => {
    const text = fc.oneof(
      storedValues(id).map((value) => columnType.toCsv(value, settings)),
      storedValues(id).map((value) => columnType.format(value, settings, testContext)),
      likely[id] ?? fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, anyCell), { maxLength: 30 }),
        fc.constantFrom(...contexts),
        (cells, context) => {
          const read = cellReader({ columnType, settings }, context)
          for (const cell of [...cells, ...cells]) {
            const parsed = columnType.parse(cell, settings, context)
            const value = read(cell)
            const found = value instanceof CellRefusal ? { refused: value.reason } : { value }
            expect(found, JSON.stringify(cell)).toEqual(
              parsed.ok ? { value: parsed.value } : { refused: parsed.reason },
            )
          }
        },
      ),
      { numRuns: runs },
    )
  })
})

it.each(['US', 'CA', 'DE', null])('numbers of North America are read the same in a column of %s', (defaultCountry) => {
  const columnType: AnyColumnType = builtInColumnTypes.phone
  const settings = { defaultCountry }
  const read = cellReader({ columnType, settings }, testContext)
  fc.assert(
    fc.property(phones, (text) => {
      const parsed = columnType.parse(text, settings, testContext)
      const value = read(text)
      expect(value instanceof CellRefusal ? null : value).toBe(parsed.ok ? parsed.value : null)
    }),
    { numRuns: runs * 10 },
  )
})

describe('facts of a column', () => {
  const read = (id: BuiltInColumnTypeId, cell: RawCell, facts: object) =>
    cellReader({ columnType: builtInColumnTypes[id], settings: sampleSettings(id), facts }, testContext)(cell)

  it('decide the order of dates, the decimal mark, the zone, and what stands for nothing', () => {
    expect(read('date', '01/02/2026', { dateOrder: 'dmy' })).toBe('2026-02-01')
    expect(read('date', '01/02/2026', { dateOrder: 'mdy' })).toBe('2026-01-02')
    expect(read('number', '1.234', { decimalMark: ',' })).toBe(1234)
    expect(read('number', '1.234', { decimalMark: '.' })).toBe(1.234)
    expect(read('number', '1,234', { decimalMark: '.' })).toBe(1234)
    expect(read('number', '1,234', { decimalMark: ',' })).toBe(1.234)
    expect(read('datetime', '2026-07-01 12:00', { timeZone: 'Europe/Berlin' })).toBe('2026-07-01T10:00:00.000Z')
    expect(read('number', ' n/a ', { emptyTexts: ['N/A'] })).toBe(null)
  })

  it('leave numbers of workbooks and JSON alone', () => {
    expect(read('number', 1.234, { decimalMark: ',' })).toBe(1.234)
    expect(read('percent', 0.5, { decimalMark: ',' })).toBe(0.5)
  })
})

it('remembers texts within bounds, and gives up where none repeats', () => {
  const calls: string[] = []
  const type: AnyColumnType = {
    ...builtInColumnTypes.checkbox,
    id: 'counted',
    parse: (input) => {
      calls.push(String(input))
      return { ok: true, value: true }
    },
  }
  const read = cellReader({ columnType: type, settings: {} }, testContext)
  for (let at = 0; at < 4_000; at += 1) read('yes')
  expect(calls).toHaveLength(1)
  for (let at = 0; at < 20_000; at += 1) read(`unlike ${at}`)
  const before = calls.length
  read('yes')
  read('yes')
  expect(calls.length).toBe(before + 2)
})
