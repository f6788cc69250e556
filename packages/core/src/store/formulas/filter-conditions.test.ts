import { expect, it } from 'vitest'
import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { builtInRegistry } from '../../formula/built-in-functions.ts'
import { checkFilter } from '../../query/check-filter.ts'
import { evaluateFilter } from '../../query/evaluate-filter.ts'
import type { QueryTable } from '../../query/query-table.ts'
import { builtInColumnTypes } from '../../values/built-in-types.ts'
import { queryColumnOf } from '../query-table-of.ts'
import { filterConditions } from './filter-conditions.ts'

function column(key: string, number: number): ColumnDefinition {
  const flags = {
    unique: false,
    locked: false,
    hidden: false,
    sortKeyed: false,
    sortKeyReady: false,
    searchIndexed: false,
  }
  const none = { defaultValue: null, formula: null, defaultFormula: null, rule: null, fill: null }
  const columnType = builtInColumnTypes.number
  return {
    id: `col_${key}`,
    key,
    name: key,
    description: '',
    type: 'number',
    settings: {},
    ...none,
    ...flags,
    number,
    columnType,
  }
}

const table = {
  id: 'tbl',
  name: 'Deals',
  columns: [column('asked', 1), column('paid', 2)],
} as unknown as TableDefinition

const queried: QueryTable = {
  id: 'tbl',
  name: 'Deals',
  schema: 'ops_x',
  rows: 't1',
  side: null,
  hasPlaces: false,
  columns: table.columns.map(queryColumnOf),
  conditions: filterConditions(table, builtInRegistry),
}

const context = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-11-20T12:00:00Z') }

it.each([
  [{ asked: 10, paid: 4 }, true],
  [{ asked: 10, paid: 10 }, false],
  [{ asked: null, paid: 4 }, false],
  [{}, false],
])('a formula decides about the row %o in memory as the database does', (cells, satisfied) => {
  const filter = checkFilter({ formula: '@paid / @asked < 1' }, queried, context)
  expect(evaluateFilter(filter, { cells })).toBe(satisfied)
  const opposite = checkFilter({ not: { formula: '@paid / @asked < 1' } }, queried, context)
  expect(evaluateFilter(opposite, { cells })).toBe(!satisfied)
})
