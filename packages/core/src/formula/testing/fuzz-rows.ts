import { type RawBuilder, sql } from 'kysely'
import type { Random } from '../../query/testing/random.ts'
import type { Json } from '../../values/json.ts'
import type { FormulaColumn } from '../formula-column.ts'
import type { FormulaType } from '../formula-type.ts'

const texts = [
  ...['a', 'Ada', 'ada lovelace', 'Ada Lovelace', 'ADA KING LOVELACE', 'Zoë', 'ZOË', 'Zoe\u0308', 'straße', 'STRASSE'],
  ...[
    'İstanbul',
    'ΟΔΟΣ',
    'οδός σ',
    'łódź',
    '日本語',
    '🙂',
    '🙃🙂 x',
    '\ue000',
    '\uffe5',
    '𝔸',
    'ﬁn',
    'ǆ',
    "o'brien",
    "ada's",
  ],
  ...[
    'O’NEILL-smith',
    ' two  spaces ',
    'tab\there',
    'line\nbreak',
    'nbsp\u00a0here',
    '\u200bzero',
    'a\u0007b',
    '\ufeffbom',
  ],
  ...[
    '12',
    '-12.5',
    '1,234.50',
    '1.234,50 €',
    '12 %',
    '$ 99',
    '1e5',
    '.5',
    '5.',
    '--1',
    '1%%',
    '½',
    '١٢',
    '0012',
    '+7',
  ],
  ...[
    '2026-01-31',
    '2026-02-30',
    '31.1.2026',
    '1/31/2026',
    '2026-01-31T10:00',
    '2026-1-5 08:00',
    '29.02.2024, 10:00',
    '0000-01-01',
  ],
  ...['ada@acme.com', 'Ada <Ada@Mail.Acme.CO.UK>', 'a@b', 'x@y@z.com', 'ada@gmail.com', 'GMX.de', 'mailto:a.b@c.de;'],
  ...[
    'https://www.acme.co.uk/x?y=1',
    'acme.com',
    'http://shop.acme.com.au:8080/',
    'www.com',
    'co.uk',
    'ftp://u@h.de/',
    'a.b.c.d.e',
  ],
  ...['https://www.linkedin.com/in/ada-l/', 'linkedin.com/company/acme?x', 'de.linkedin.com/pub/x', 'linkedin.com'],
  ...['+14155550123', '+1 (416) 555-0123', '+49 30 901820', '0049 30 901820', '+7 7012345678', '+999', '030 12'],
  ...[
    'Dr. Ada Lovelace',
    'Lovelace, Ada',
    'van der Berg, Jan Jr.',
    'Ludwig van Beethoven',
    'Prof. Dr. X',
    'Mr Bean III',
    'van',
    'Sr, Dr',
  ],
  ...['Acme GmbH & Co. KG', 'Umbrella Corp.', 'S.A.', 'Ford Motor Company', 'Holding', 'X , Inc.', 'group ag'],
  ...[
    'a=1;b=2',
    '=x',
    ' k = v ; k=w',
    '__proto__=1',
    'a,b,,c',
    ', ,',
    'a|b',
    'x;y',
    'true',
    '%',
    '_',
    '\\',
    '\\1&',
    '$1',
    '{a}',
    '[x]',
    '"q"',
    "'",
  ],
  ...['aaaa', 'abab', 'banana', 'x'.repeat(300), `${'ab '.repeat(60)}`, '1'.repeat(70), 'é'.repeat(150)],
]

const numbers = [
  0,
  1,
  -1,
  2,
  3,
  7,
  10,
  100,
  -7,
  12,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  0.1,
  0.3,
  2.675,
  1.005,
  1 / 3,
  1e-7,
  99.995,
  1234567.891,
  -1234.5,
  2 ** -22,
  2 ** 40 + 0.5,
  1e15,
  123456789012345,
  9007199254740991,
  1e20,
  1e50,
  -1e50,
  9.99e99,
  -9.99e99,
  1e-50,
  1e-99,
  -1e-99,
  1776241820,
  2026,
  4,
  13,
  31,
  29,
  365,
  1e9,
  -40000,
  1000.0001,
]

const dates = [
  ...['2026-04-15', '2026-03-29', '2025-10-26', '2024-02-29', '2026-01-31', '2026-12-31', '2027-01-03', '2000-01-01'],
  ...['1969-12-31', '1970-01-01', '1999-12-31', '0001-01-01', '0012-03-04', '9999-12-31', '9998-05-05', '2011-12-30'],
]

const moments = [
  ...['2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00.000Z', '2026-03-29T00:30:00.000Z', '2025-10-26T00:30:00.000Z'],
  ...['2025-10-26T01:30:00.000Z', '2025-10-25T23:59:59.999Z', '2026-03-08T09:59:00.000Z', '2026-11-01T05:30:00.000Z'],
  ...['2026-11-01T06:30:00.000Z', '2026-04-05T01:45:00.000Z', '2025-10-05T02:15:00.000Z', '2011-12-30T10:00:00.000Z'],
  ...['2011-12-29T23:30:00.000Z', '1970-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '2026-04-15T08:30:20.123Z'],
  ...['2035-07-01T12:00:00.000Z', '1985-06-15T22:15:10.005Z', '2024-02-29T23:30:00.000Z', '2026-12-31T23:59:59.999Z'],
]

/** Zones with an hour, half an hour and a day that is missing or comes twice. */
export const fuzzZones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Sao_Paulo',
] as const

const durations = [0, 1, 59.5, 60, 90, 3600, 5400, 86399.999, 86400, -3600, 0.001, 0.0005, 1e9, 1e12, -1e12, 123.456]

const documents: readonly Json[] = [
  { city: 'Paris', n: 1.5, ok: true, list: ['a', 'b', null, '', 3], nested: { deep: [{ x: 'y' }, [1, 2]] } },
  { list: [1, 2.5, -3, 'x', null, 1e21], n: 'text', ok: 'no', city: null },
  { n: 1e99, list: { a: 1, bb: 2 }, city: ['x'], empty: '', '': 1 },
  [1, 'two', { n: 3 }, [4]],
  [],
  {},
  'plain',
  12.5,
  0.1,
  true,
  { ünï: 'ö', '🙂': 1, A: 2, B: 3, aa: 4 },
]

const options = [
  { id: 'new', name: 'New' },
  { id: 'won', name: 'Won' },
  { id: 'lost', name: 'Lost 🙂' },
]

/** One column of every type and every way of keeping it. */
export const fuzzColumns: readonly FormulaColumn[] = [
  column(1, 'text_a', 'text'),
  column(2, 'text_b', 'text'),
  column(3, 'number_a', 'number'),
  column(4, 'number_b', 'number'),
  column(5, 'boolean_a', 'boolean'),
  column(6, 'date_a', 'date'),
  column(7, 'date_b', 'date'),
  column(8, 'datetime_a', 'datetime'),
  column(9, 'datetime_b', 'datetime'),
  column(10, 'duration_a', 'duration'),
  column(11, 'json_a', 'json'),
  { ...column(12, 'status', 'text'), options },
  { ...column(13, 'tags', 'list<text>'), options },
  column(14, 'texts', 'list<text>'),
  { ...column(15, 'numbers', 'list<number>'), storedAs: 'jsonb' },
]

function column(number: number, key: string, type: FormulaType): FormulaColumn {
  return { id: `col_${number}`, key, name: key.replace('_', ' '), type, cell: `c${number}` }
}

const sqlTypes: Readonly<Record<string, string>> = {
  text: 'text',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
  duration: 'numeric',
  json: 'jsonb',
  'list<text>': 'text[]',
  'list<number>': 'jsonb',
}

export type FuzzRow = Readonly<Record<string, Json>>

export function randomRow(random: Random): FuzzRow {
  return Object.fromEntries(fuzzColumns.map((each) => [each.id, random.chance(0.15) ? null : randomCell(each, random)]))
}

function randomCell(each: FormulaColumn, random: Random): Json {
  const some = (pool: readonly Json[]) => Array.from({ length: 1 + random.below(4) }, () => random.pick(pool))
  if (each.options !== undefined) {
    const ids = [...options.map(({ id }) => id), 'gone']
    return each.type === 'text' ? random.pick(ids) : [...new Set(some(ids))]
  }
  return each.type === 'list<text>'
    ? some(texts)
    : each.type === 'list<number>'
      ? some(numbers)
      : randomValue(each.type, random)
}

/** A cell of a type that is no list. */
export function randomValue(type: FormulaType, random: Random): Json {
  switch (type) {
    case 'text':
      return random.chance(0.15) ? oddText(random) : random.pick(texts)
    case 'number':
      return random.chance(0.3) ? oddNumber(random) : random.pick(numbers)
    case 'boolean':
      return random.chance(0.5)
    case 'date':
      return random.pick(dates)
    case 'datetime':
      return random.pick(moments)
    case 'duration':
      return random.pick(durations)
    default:
      return random.pick(documents)
  }
}

const letters = [..."aAbBzZéÉßςΣİıŁł0179 .:'’-_%\\*+?()[]{}|^$/@,;=\u0301\u00ad🙂𝔸日ﬁ"]

function oddText(random: Random): string {
  return Array.from({ length: 1 + random.below(8) }, () => random.pick(letters)).join('')
}

/** With at most 15 digits, as cells hold them. */
function oddNumber(random: Random): number {
  const size = 10 ** (random.below(30) - 10)
  return Number(((random.next() - 0.5) * size).toPrecision(1 + random.below(15)))
}

/** The rows as a relation with their physical columns, in order. */
export function rowsAsRelation(rows: readonly FuzzRow[]): RawBuilder<unknown> {
  const definitions = fuzzColumns.map(({ cell, type }) => `${cell} ${sqlTypes[type]}`)
  const records = rows.map((row, place) => ({
    place,
    ...Object.fromEntries(fuzzColumns.map(({ id, cell }) => [cell, row[id] ?? null])),
  }))
  return sql`(select * from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(place int, ${sql.raw(definitions.join(', '))}))`
}
