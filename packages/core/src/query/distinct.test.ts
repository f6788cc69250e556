import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { checkFilter } from './check-filter.ts'
import { type DistinctQuery, selectDistinct } from './distinct.ts'
import { resolveColumn } from './resolve-column.ts'
import { createPhysicalTable, testContext, testTable } from './testing/physical-table.ts'
import { openQueryDatabase } from './testing/query-database.ts'

const options = {
  options: [
    { id: 'z', name: 'First' },
    { id: 'a', name: 'Second' },
  ],
}
const table = testTable([
  { key: 'code', type: builtInColumnTypes.email },
  { key: 'amount', type: builtInColumnTypes.number },
  { key: 'at', type: builtInColumnTypes.datetime },
  { key: 'stage', type: builtInColumnTypes.dropdown, settings: options },
  { key: 'tags', type: builtInColumnTypes.tags, settings: options },
  { key: 'done', type: builtInColumnTypes.checkbox },
  { key: 'data', type: builtInColumnTypes.json },
])
const rows = [
  { cells: { code: 'b@x.io', amount: 10, at: '2026-11-19T23:30:00.000Z', stage: 'a', tags: ['z', 'a'], done: true } },
  { cells: { code: 'a@x.io', amount: 9, at: '2026-11-20T10:00:00.000Z', stage: 'z', tags: ['a'], done: true } },
  { cells: { code: 'b@x.io', amount: 9, at: null, stage: 'a', tags: null, done: false } },
  { cells: {} },
]

describeDatabases('distinct values', (makeDatabase) => {
  it('come with counts, most frequent first or in the order of the column', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    await createPhysicalTable(database, table, rows)
    const context = { ...testContext, timeZone: 'Europe/Berlin' }
    const values = async (key: string, query: Partial<DistinctQuery> = {}) => {
      const column = resolveColumn(table, key)
      if ('fault' in column) throw new Error(column.fault)
      const filter = checkFilter(undefined, table, context)
      const found = await database.run(selectDistinct({ filter, column, limit: 100, ...query }))
      return found.map(({ value, count }) => [value, count])
    }
    expect(await values('code')).toEqual([
      ['b@x.io', 2],
      ['a@x.io', 1],
    ])
    expect(await values('code', { order: 'value' })).toEqual([
      ['a@x.io', 1],
      ['b@x.io', 2],
    ])
    expect(await values('code', { search: 'A@' })).toEqual([['a@x.io', 1]])
    expect(await values('code', { search: '%' })).toEqual([])
    expect(await values('code', { limit: 1 })).toEqual([['b@x.io', 2]])
    expect(await values('amount', { order: 'value' })).toEqual([
      [9, 2],
      [10, 1],
    ])
    expect(await values('amount', { search: '1' })).toEqual([[10, 1]])
    expect(await values('at', { order: 'value' })).toEqual([['2026-11-20', 2]])
    expect(await values('stage', { order: 'value' })).toEqual([
      ['z', 1],
      ['a', 2],
    ])
    expect(await values('stage', { search: 'sec' })).toEqual([['a', 2]])
    expect(await values('tags', { order: 'value' })).toEqual([
      ['z', 1],
      ['a', 2],
    ])
    expect(await values('tags')).toEqual([
      ['a', 2],
      ['z', 1],
    ])
    expect(await values('done')).toEqual([
      [true, 2],
      [false, 1],
    ])
    await expect(values('data')).rejects.toThrow('holds JSON')
    await expect(values('code', { limit: 1001 })).rejects.toThrow('from 1 to 1000')
  })
})
