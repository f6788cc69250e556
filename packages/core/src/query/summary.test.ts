import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { aggregateIds } from '../values/aggregate.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { checkAggregates } from './aggregate.ts'
import { checkFilter } from './check-filter.ts'
import { selectSummary } from './summary.ts'
import { createPhysicalTable, testContext, testTable } from './testing/physical-table.ts'
import { openQueryDatabase } from './testing/query-database.ts'

/** A type that offers everything, so that every aggregate is tried on every storage that can have it. */
const everything = { aggregates: aggregateIds }
const table = testTable([
  { key: 'amount', type: { ...builtInColumnTypes.number, ...everything } },
  { key: 'day', type: { ...builtInColumnTypes.date, ...everything } },
  { key: 'at', type: { ...builtInColumnTypes.datetime, ...everything } },
  { key: 'done', type: { ...builtInColumnTypes.checkbox, ...everything } },
  { key: 'name', type: { ...builtInColumnTypes.text, ...everything } },
  {
    key: 'tags',
    type: builtInColumnTypes.tags,
    settings: {
      options: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
    },
  },
])
const rows = [
  {
    cells: { amount: 0.1, day: '2026-11-01', at: '2026-11-01T10:00:00.000Z', done: true, name: 'x', tags: ['a', 'b'] },
  },
  { cells: { amount: 0.2, day: '2026-11-30', at: '2026-11-01T10:00:01.500Z', done: false, name: 'X', tags: ['a'] } },
  { cells: { amount: 0.2, day: null, at: null, done: null, name: 'x', tags: null } },
  { cells: { amount: 9007199254740991, day: '2026-11-02', at: null, done: true, name: null, tags: ['a'] } },
  { cells: {} },
]

function aggregates(column: string, ids: readonly string[]) {
  return checkAggregates(
    ids.map((aggregate) => ({ column, aggregate })),
    table,
  )
}

describeDatabases('summaries', (makeDatabase) => {
  it('sum up each type exactly, and say what nothing sums up to', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    await createPhysicalTable(database, table, rows)
    const filter = checkFilter(undefined, table, testContext)
    const nothing = checkFilter({ or: [] }, table, testContext)
    const summary = async (column: string, ids: readonly string[], of = filter) => {
      const [row = {}] = await database.run(selectSummary({ filter: of, aggregates: aggregates(column, ids) }))
      return ids.map((_, i) => row[`_a${i + 1}`])
    }
    const counts = ['filled', 'empty', 'filled_share', 'empty_share', 'unique']
    const numbers = ['sum', 'avg', 'median', 'min', 'max', 'range']
    expect(await summary('amount', counts)).toEqual([4, 1, 0.8, 0.2, 3])
    expect(await summary('amount', numbers)).toEqual([
      '9007199254740991.5',
      '2251799813685247.875',
      '0.2',
      '0.1',
      '9007199254740991',
      '9007199254740990.9',
    ])
    expect(await summary('day', ['earliest', 'latest', 'median', 'range', 'min', 'max', 'unique'])).toEqual([
      '2026-11-01',
      '2026-11-30',
      '2026-11-02',
      '29',
      '2026-11-01',
      '2026-11-30',
      3,
    ])
    expect(await summary('at', ['earliest', 'latest', 'range'])).toEqual([
      '2026-11-01T10:00:00.000Z',
      '2026-11-01T10:00:01.500Z',
      '1.5',
    ])
    expect(await summary('done', ['checked', 'unchecked', 'checked_share'])).toEqual([2, 3, 0.4])
    expect(await summary('name', ['unique', 'min', 'max'])).toEqual([2, 'X', 'x'])
    expect(await summary('name', ['distribution'])).toEqual([
      [
        { value: 'x', count: 2 },
        { value: 'X', count: 1 },
      ],
    ])
    expect(await summary('tags', ['distribution'])).toEqual([
      [
        { value: 'a', count: 3 },
        { value: 'b', count: 1 },
      ],
    ])
    expect(await summary('tags', ['unique'])).toEqual([2])

    expect(await summary('amount', [...counts, ...numbers, 'distribution'], nothing)).toEqual([
      0,
      0,
      null,
      null,
      0,
      null,
      null,
      null,
      null,
      null,
      null,
      [],
    ])
    expect(await summary('done', ['checked', 'unchecked', 'checked_share'], nothing)).toEqual([0, 0, null])
    const [none] = await database.run(selectSummary({ filter: nothing, aggregates: [] }))
    expect(none).toEqual({ _count: 0 })
  })
})

it('refuses aggregates that the column does not have', () => {
  expect(() => checkAggregates([{ column: 'tags', aggregate: 'sum' }], table)).toThrow('“tags” has no “sum”. It has:')
  expect(() => checkAggregates([{ column: 'nope', aggregate: 'sum' }], table)).toThrow('There is no column “nope”')
  expect(() => checkAggregates([{ column: 'amount', aggregate: 'sum(1)' }], table)).toThrow()
})
