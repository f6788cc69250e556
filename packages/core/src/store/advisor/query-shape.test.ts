import { describe, expect, it } from 'vitest'
import { checkFilter } from '../../query/check-filter.ts'
import type { Filter } from '../../query/filter.ts'
import type { QueryColumn, QueryTable } from '../../query/query-table.ts'
import { checkSort, type Sort } from '../../query/sort.ts'
import { builtInColumnTypes } from '../../values/built-in-types.ts'
import { isWorthNoting, queryShape } from './query-shape.ts'

const options = [
  { id: 'o1', name: 'Open', color: 'gray' },
  { id: 'o2', name: 'Won', color: 'gray' },
]

function column(key: string, type: keyof typeof builtInColumnTypes, number: number): QueryColumn {
  const columnType = builtInColumnTypes[type]
  const settings = columnType.settings.parse('options' in columnType.settings.parse({}) ? { options } : {})
  return {
    id: key,
    key,
    name: key,
    type: columnType,
    settings,
    values: `c${number}`,
    sortKey: null,
    state: null,
    number,
  }
}

const table: QueryTable = {
  id: 'tbl',
  name: 'Leads',
  schema: 'ops',
  rows: 't1',
  side: null,
  hasPlaces: false,
  columns: [
    column('name', 'text', 1),
    column('score', 'number', 2),
    column('stage', 'status', 3),
    column('tags', 'tags', 4),
    column('seen', 'date', 5),
    column('data', 'json', 6),
  ],
}
const context = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-03-01T00:00:00Z') }

const shapeOf = (filter: Filter | null, sort: readonly Sort[] = []) =>
  queryShape(checkFilter(filter, table, context), { sort: checkSort(sort, table) })

const usesOf = (filter: Filter) => shapeOf(filter).filters.map(({ column: id, use }) => `${id} ${use}`)

describe('the shape of a query', () => {
  it('says how each condition could use an index', () => {
    expect(usesOf({ column: 'name', op: 'is', value: 'Ada' })).toEqual(['name one'])
    expect(usesOf({ column: 'name', op: 'contains', value: 'ada' })).toEqual(['name text'])
    expect(usesOf({ column: 'score', op: 'between', value: [1, 2] })).toEqual(['score range'])
    expect(usesOf({ column: 'seen', op: 'within', value: 'last 7 days' })).toEqual(['seen range'])
    expect(usesOf({ column: 'stage', op: 'is_any_of', value: ['Open', 'Won'] })).toEqual(['stage some'])
    expect(usesOf({ column: 'stage', op: 'is_any_of', value: ['Open'] })).toEqual(['stage one'])
    expect(usesOf({ column: 'tags', op: 'has_any_of', value: ['Open'] })).toEqual(['tags list'])
  })

  it('is the same whatever the values and the order of the conditions', () => {
    const one: Filter = {
      and: [{ column: 'score', op: 'gt', value: 1 }, { and: [{ column: 'name', op: 'is', value: 'a' }] }],
    }
    const other: Filter = {
      and: [
        { column: 'name', op: 'is', value: 'b' },
        { column: 'score', op: 'gt', value: 2 },
      ],
    }
    expect(shapeOf(one)).toEqual(shapeOf(other))
  })

  it('knows what no index serves', () => {
    for (const filter of [
      { column: 'name', op: 'contains', value: 'ad' },
      { column: 'name', op: 'is_not', value: 'Ada' },
      { column: 'name', op: 'is_empty' },
      { not: { column: 'score', op: 'gt', value: 1 } },
      {
        or: [
          { column: 'score', op: 'gt', value: 1 },
          { column: 'name', op: 'is_empty' },
        ],
      },
    ] satisfies Filter[]) {
      expect(shapeOf(filter)).toMatchObject({ filters: [], either: [], other: true })
    }
  })

  it('keeps the conditions of an or apart, of a search too', () => {
    const either: Filter = {
      or: [
        { column: 'score', op: 'gt', value: 1 },
        { column: 'stage', op: 'is', value: 'Won' },
      ],
    }
    expect(shapeOf(either)).toMatchObject({
      filters: [],
      either: [
        { column: 'score', use: 'range' },
        { column: 'stage', use: 'one' },
      ],
      other: false,
    })
    expect(shapeOf({ search: 'ada', columns: ['name'] }).either).toEqual([{ column: 'name', use: 'text' }])
  })

  it('names the first sort, unless it is by a locale', () => {
    expect(shapeOf(null, [{ column: 'name' }, { column: 'score' }]).sort).toBe('name')
    expect(shapeOf(null, [{ column: 'name', locale: 'sv' }]).sort).toBeNull()
    expect(isWorthNoting(shapeOf(null))).toBe(false)
  })
})
