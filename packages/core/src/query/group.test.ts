import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { checkAggregates } from './aggregate.ts'
import { checkFilter } from './check-filter.ts'
import { allOf } from './checked-filter.ts'
import { selectIds } from './count.ts'
import { selectDistinct } from './distinct.ts'
import { evaluateFilter } from './evaluate-filter.ts'
import { type GroupsQuery, selectGroups } from './group.ts'
import { checkGroupBy } from './group-by.ts'
import { groupFilter } from './group-filter.ts'
import { selectSummary } from './summary.ts'
import { fuzzTable, randomRows } from './testing/fuzz-table.ts'
import { createPhysicalTable, testContext, testTable } from './testing/physical-table.ts'
import { openQueryDatabase } from './testing/query-database.ts'
import { seededRandom } from './testing/random.ts'

const context = { ...testContext, timeZone: 'America/New_York' }
const options = {
  options: [
    { id: 'won', name: 'Won' },
    { id: 'lost', name: 'Lost' },
  ],
}
const table = testTable([
  { key: 'stage', type: builtInColumnTypes.dropdown, settings: options },
  { key: 'at', type: builtInColumnTypes.datetime },
  { key: 'amount', type: builtInColumnTypes.number },
  { key: 'day', type: builtInColumnTypes.date },
  { key: 'tags', type: builtInColumnTypes.tags, settings: options },
  { key: 'done', type: builtInColumnTypes.checkbox },
  { key: 'data', type: builtInColumnTypes.json },
  { key: 'email', type: builtInColumnTypes.email },
])
const rows = [
  // 2026-11-01 begins at 04:00 UTC in New York and lasts 25 hours.
  {
    cells: {
      stage: 'won',
      at: '2026-11-01T03:59:59.999Z',
      amount: 5,
      day: '2024-02-29',
      tags: ['won'],
      email: 'a@x.io',
    },
  },
  {
    cells: {
      stage: 'won',
      at: '2026-11-01T04:00:00.000Z',
      amount: 7,
      day: '2024-01-01',
      tags: ['won', 'lost'],
      done: true,
    },
  },
  { cells: { stage: 'lost', at: '2026-11-02T04:59:59.999Z', amount: 1, day: '2023-12-31', tags: null, done: false } },
  { cells: { stage: null, at: null, amount: null, day: null, tags: null } },
  { cells: { stage: 'lost', at: null, amount: 7.5, day: '2024-03-31', tags: ['won'], email: 'A@x.io' } },
  {
    cells: { stage: 'lost', at: '2026-11-02T05:00:00.000Z', amount: 7.5, day: '2024-04-01', tags: ['won'], done: true },
  },
]
const filter = checkFilter(undefined, table, context)

describeDatabases('groups', (makeDatabase) => {
  it('come nested, counted and in order; their keys lead to their rows', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    await createPhysicalTable(database, table, rows)
    const groups = async (groupBy: unknown, query: Partial<GroupsQuery> = {}) => {
      const levels = checkGroupBy(groupBy, table, context)
      return (await database.run(selectGroups({ filter, levels, limit: 1000, ...query }))).map((row) => [
        row._path.map((key) => (Array.isArray(key) ? key.join('+') : key)).join('/'),
        row._count,
      ])
    }
    expect(await groups([{ column: 'stage' }])).toEqual([
      ['won', 2],
      ['lost', 3],
      ['', 1],
    ])
    expect(await groups([{ column: 'stage', dir: 'desc' }])).toEqual([
      ['lost', 3],
      ['won', 2],
      ['', 1],
    ])
    expect(await groups([{ column: 'at' }])).toEqual([
      ['2026-10-31', 1],
      ['2026-11-01', 2],
      ['2026-11-02', 1],
      ['', 2],
    ])
    expect(await groups([{ column: 'at', by: 'month', dir: 'desc' }])).toEqual([
      ['2026-11-01', 3],
      ['2026-10-01', 1],
      ['', 2],
    ])
    expect(await groups([{ column: 'day', by: 'quarter' }])).toEqual([
      ['2023-10-01', 1],
      ['2024-01-01', 3],
      ['2024-04-01', 1],
      ['', 1],
    ])
    expect(await groups([{ column: 'day', by: 'week' }])).toEqual([
      ['2023-12-25', 1],
      ['2024-01-01', 1],
      ['2024-02-26', 1],
      ['2024-03-25', 1],
      ['2024-04-01', 1],
      ['', 1],
    ])
    expect(await groups([{ column: 'day', by: 'year' }])).toEqual([
      ['2023-01-01', 1],
      ['2024-01-01', 4],
      ['', 1],
    ])
    expect(await groups([{ column: 'tags' }])).toEqual([
      ['won', 3],
      ['won+lost', 1],
      ['', 2],
    ])
    expect(await groups([{ column: 'email' }])).toEqual([
      ['A@x.io', 1],
      ['a@x.io', 1],
      ['', 4],
    ])

    const nested = [
      ['won', 2],
      ['won/5', 1],
      ['won/7', 1],
      ['lost', 3],
      ['lost/1', 1],
      ['lost/7.5', 2],
      ['', 1],
      ['/', 1],
    ]
    const two = [{ column: 'stage' }, { column: 'amount' }]
    expect(await groups(two)).toEqual(nested)
    expect(await groups(two, { offset: 2, limit: 3 })).toEqual(nested.slice(2, 5))
    expect(await groups(two, { depth: 1 })).toEqual([
      ['won', 2],
      ['lost', 3],
      ['', 1],
    ])
    expect(await groups(two, { path: ['lost'] })).toEqual([
      ['lost/1', 1],
      ['lost/7.5', 2],
    ])
    expect(await groups(two, { order: { by: 'count' } })).toEqual([
      ['lost', 3],
      ['lost/7.5', 2],
      ['lost/1', 1],
      ['won', 2],
      ['won/5', 1],
      ['won/7', 1],
      ['', 1],
      ['/', 1],
    ])
    const aggregates = checkAggregates([{ column: 'amount', aggregate: 'sum' }], table)
    expect(
      await groups([{ column: 'done' }, { column: 'stage' }], { aggregates, order: { by: 0, dir: 'desc' } }),
    ).toEqual([
      ['true', 2],
      ['true/lost', 1],
      ['true/won', 1],
      ['', 3],
      ['/lost', 1],
      ['/won', 1],
      ['/', 1],
      ['false', 1],
      ['false/lost', 1],
    ])
    const levels = checkGroupBy([{ column: 'stage' }], table, context)
    expect(await database.run(selectGroups({ filter, levels, aggregates, limit: 1 }))).toEqual([
      { _path: ['won'], _count: 2, _groups: 3, _a1: '12' },
    ])
    const none = checkFilter({ or: [] }, table, context)
    expect(await database.run(selectGroups({ filter: none, levels, limit: 1 }))).toEqual([])

    for (const groupBy of [
      [{ column: 'stage' }, { column: 'at' }, { column: 'amount' }],
      [{ column: 'day', by: 'week' }, { column: 'tags' }, { column: 'done' }],
      [
        { column: 'at', by: 'year' },
        { column: 'at', by: 'week' },
        { column: 'day', by: 'quarter' },
      ],
      [{ column: 'email' }],
    ]) {
      const each = checkGroupBy(groupBy, table, context)
      for (const row of await database.run(selectGroups({ filter, levels: each, limit: 1000 }))) {
        const inside = allOf(filter, groupFilter(each, row._path, table, context))
        const ids = (await database.run(selectIds({ filter: inside, limit: 100 }))).map(({ _id }) => Number(_id))
        expect(ids.length, JSON.stringify(row._path)).toBe(row._count)
        expect(rows.flatMap((cells, i) => (evaluateFilter(inside, cells) ? [i + 1] : []))).toEqual(ids)
        const outside = { ...inside, root: { kind: 'not', of: inside.root } } as const
        expect(await database.run(selectIds({ filter: outside, limit: 100 }))).toHaveLength(rows.length - row._count)
      }
    }
  })
})

describeDatabases('random groups', (makeDatabase) => {
  it('hold as many rows as their keys find', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const fuzz = fuzzTable(Object.values(builtInColumnTypes), context)
    const random = seededRandom(11)
    const fuzzRows = randomRows(fuzz, 80, random)
    await createPhysicalTable(database, fuzz.table, fuzzRows)
    const groupable = fuzz.table.columns.filter((column) => column.type.sort !== 'none')
    for (const column of groupable) {
      const { storage } = column.type
      const periods =
        storage === 'timestamptz' || storage === 'date'
          ? (['day', 'week', 'month', 'quarter', 'year'] as const)
          : (['value'] as const)
      for (const by of periods) {
        const second = random.pick(groupable.filter((other) => other !== column)).key
        const levels = checkGroupBy([{ column: column.key, by }, { column: second }], fuzz.table, context)
        const all = checkFilter(undefined, fuzz.table, context)
        const groups = await database.run(selectGroups({ filter: all, levels, limit: 1000 }))
        const firstLevel = groups.filter((row) => row._path.length === 1)
        expect(firstLevel.reduce((sum, row) => sum + row._count, 0)).toBe(fuzzRows.length)
        for (const row of groups.filter((_, i) => i % 7 === 0)) {
          const inside = groupFilter(levels, row._path, fuzz.table, context)
          const ids = (await database.run(selectIds({ filter: inside, limit: 100 }))).map(({ _id }) => Number(_id))
          const message = `${column.key} ${by} ${second} ${JSON.stringify(row._path)}`
          expect(ids.length, message).toBe(row._count)
          expect(
            fuzzRows.flatMap((cells, i) => (evaluateFilter(inside, cells) ? [i + 1] : [])),
            message,
          ).toEqual(ids)
        }
        for (const order of ['count', 'value'] as const) {
          await database.run(selectDistinct({ filter: all, column, order, search: 'a', limit: 1000 }))
        }
      }
      const aggregates = checkAggregates(
        column.type.aggregates.map((aggregate) => ({ column: column.key, aggregate })),
        fuzz.table,
      )
      expect(
        await database.run(selectSummary({ filter: checkFilter(undefined, fuzz.table, context), aggregates })),
      ).toHaveLength(1)
    }
  })
})

describe('checkGroupBy', () => {
  it('refuses what cannot be grouped by', () => {
    expect(() => checkGroupBy([{ column: 'data' }], table, context)).toThrow('cannot be grouped by')
    expect(() => checkGroupBy([{ column: 'amount', by: 'week' }], table, context)).toThrow('Only dates and times')
    expect(() => checkGroupBy([{ column: 'at', by: 'value' }], table, context)).toThrow('Group times by day')
    expect(() => checkGroupBy([{ column: 'stage' }, { column: 'stage' }], table, context)).toThrow('twice')
    expect(() => checkGroupBy([], table, context)).toThrow('at least one column')
    expect(() => checkGroupBy(Array(4).fill({ column: 'stage' }), table, context)).toThrow('at most 3')
    const levels = checkGroupBy([{ column: 'at' }], table, context)
    for (const path of [['yesterday'], [5], [['a']], [{}], ['2026-02-30'], [null, null]]) {
      expect(() => groupFilter(levels, path, table, context), JSON.stringify(path)).toThrow()
    }
  })
})
