import { describe, expect, it } from 'vitest'
import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { builtInColumnTypes } from '../../values/built-in-types.ts'
import { chooseIndexes } from './choose-indexes.ts'
import type { QueryShape } from './query-shape.ts'
import type { TableFacts } from './table-facts.ts'
import type { Want } from './want.ts'

function column(id: string, type: keyof typeof builtInColumnTypes, number: number): ColumnDefinition {
  const columnType = builtInColumnTypes[type]
  const flags = {
    unique: false,
    locked: false,
    hidden: false,
    sortKeyed: false,
    sortKeyReady: false,
    searchIndexed: false,
  }
  return {
    id,
    key: id,
    name: id,
    description: '',
    type,
    settings: {},
    defaultValue: null,
    formula: null,
    defaultFormula: null,
    rule: null,
    fill: null,
    ...flags,
    number,
    columnType,
    typeFault: null,
  }
}

const table: TableDefinition = {
  id: 'tbl',
  number: 1,
  name: 'Leads',
  description: '',
  revision: 1,
  nextColumnNumber: 9,
  hasSide: false,
  hasExternal: false,
  hasPlaces: false,
  createdAt: '',
  createdBy: '',
  deletedAt: null,
  columns: [
    column('name', 'text', 1),
    column('score', 'number', 2),
    column('stage', 'status', 3),
    column('tags', 'tags', 4),
    column('site', 'url', 5),
    column('seen', 'date', 6),
    column('flag', 'checkbox', 7),
    column('email', 'email', 8),
    column('profile', 'linkedin', 9),
  ],
}

const facts: TableFacts = {
  rows: 100_000,
  sharePerValue: new Map([
    ['c1', 0.001],
    ['c2', 0.01],
    ['c3', 0.2],
    ['c6', 0.01],
    ['c7', 0.5],
  ]),
  widths: new Map(),
  rowBytes: 500,
  analyzed: true,
  allVisible: 1,
  bytes: 0,
}

type Asked = Partial<Omit<QueryShape, 'filters'>> & {
  readonly filters?: Readonly<Record<string, QueryShape['filters'][0]['use']>>
}

function chosen(...asked: readonly Asked[]): readonly string[] {
  const wants = asked.map(({ filters = {}, ...shape }, i): Want => {
    const conditions = Object.entries(filters).map(([id, use]) => ({ column: id, use }))
    return {
      shape: { filters: conditions, either: [], other: false, sort: null, reads: [], ...shape },
      weight: 100 - i,
      at: new Date(0),
      source: { kind: 'view', viewId: 'viw', name: 'x' },
    }
  })
  return chooseIndexes(table, facts, wants).indexes.map(({ plan: { method, parts, include } }) => {
    const names = (list: typeof parts) => list.map(({ name }) => name).join(' ')
    return `${method} (${names(parts)})${include.length === 0 ? '' : ` include (${names(include)})`}`
  })
}

describe('the choice of indexes', () => {
  it('serves sorts by the sort key, or by the value where cells are short', () => {
    expect(chosen({ sort: 'name' })).toEqual(['order (c1_k)'])
    expect(chosen({ sort: 'score' })).toEqual(['order (c2)'])
    expect(chosen({ sort: 'email' })).toEqual(['order (c8)'])
    expect(chosen({ sort: 'site' }, { sort: 'stage' }, { sort: '_position' })).toEqual([])
    expect(chosen({ sort: '_created_at' })).toEqual(['order (_created_at)'])
  })

  it('puts equalities first, then the order, and carries ranges along', () => {
    const filters = { stage: 'one', seen: 'range', score: 'one' } as const
    expect(chosen({ filters, sort: 'name' })).toEqual(['order (c1_k)', 'order (c2 c3 c1_k) include (c6)'])
    expect(chosen({ filters })).toEqual(['order (c2 c3 c6)'])
  })

  it('carries nothing along where rows must be looked at all the same', () => {
    expect(chosen({ filters: { name: 'one', score: 'range' }, sort: 'seen' })).toContain('order (c1_k c6)')
    expect(chosen({ filters: { stage: 'one', score: 'range' }, sort: 'seen', other: true })).toContain('order (c3 c6)')
  })

  it('makes none for values that are in too many rows', () => {
    expect(chosen({ filters: { flag: 'one' } })).toEqual([])
    expect(chosen({ filters: { flag: 'one', score: 'one' } })).toEqual(['order (c2 c7)'])
  })

  it('makes trigram and list indexes, for each side of an or too', () => {
    expect(chosen({ filters: { name: 'text', tags: 'list' } })).toEqual(['text (c1)', 'list (c4)'])
    const either = [
      { column: 'name', use: 'text' },
      { column: 'score', use: 'one' },
    ] as const
    expect(chosen({ either })).toEqual(['text (c1)', 'order (c2)'])
  })

  it('spares an index on one column where a wider one begins with it', () => {
    expect(chosen({ filters: { score: 'one' } }, { filters: { score: 'one', stage: 'one' } })).toEqual([
      'order (c2 c3)',
    ])
    expect(chosen({ sort: 'score' }, { filters: { score: 'one', stage: 'one' } })).toHaveLength(2)
  })

  it('carries what groups and summaries read, if that is much narrower than the table', () => {
    expect(chosen({ reads: ['stage', 'score'] })).toEqual(['order (c3) include (c2)'])
    expect(chosen({ filters: { flag: 'one' }, reads: ['score'] })).toEqual(['order (c7) include (c2)'])
    expect(chosen({ reads: ['name'] })).toEqual([])
    expect(chosen({ reads: ['score', 'stage', 'seen', 'flag', 'email', '_created_at', '_version'] })).toEqual([])
  })

  it('never plans an entry that might be too long for an index', () => {
    expect(chosen({ filters: { site: 'one' } })).toEqual([])
    expect(chosen({ filters: { email: 'one', profile: 'one' } })).toEqual(['order (c8)'])
    expect(chosen({ filters: { email: 'one' }, sort: 'profile' })).toEqual(['order (c9)', 'order (c8)'])
    expect(chosen({ filters: { email: 'one', name: 'one' }, sort: 'score' })).toContain('order (c8 c1_k c2)')
  })
})
