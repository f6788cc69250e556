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
  const columnType = key === 'name' ? builtInColumnTypes.text : builtInColumnTypes.number
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
    typeFault: null,
  }
}

const table = {
  id: 'tbl',
  name: 'Deals',
  columns: [column('asked', 1), column('paid', 2), column('name', 3)],
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

const atLeast = (column: string) => ({
  kind: 'predicate',
  column: { key: column },
  predicate: { kind: 'compare', op: '>=' },
})

it.each([
  ['@asked > 50', atLeast('asked')],
  ['50 <= @asked', atLeast('asked')],
  [
    '@name = "x"',
    { kind: 'predicate', column: { key: 'name' }, predicate: { kind: 'text', match: 'equals', value: 'x' } },
  ],
  ['AND(@asked > 50, @paid / @asked < 1, @paid >= 2)', { kind: 'and', of: [atLeast('asked'), atLeast('paid')] }],
  ['OR(@asked > 50, @paid > 1)', { kind: 'or', of: [atLeast('asked'), atLeast('paid')] }],
  ['OR(@asked > 50, @paid / @asked < 1)', null],
  ['NOT(@asked > 50)', null],
  ['@asked + 1 > 50', null],
  ['@asked = @paid', null],
  ['@asked = BLANK()', null],
  ['@name <> "x"', null],
])('an index can serve what “%s” implies', (formula, implied) => {
  const { root } = checkFilter({ formula }, queried, context)
  if (root.kind !== 'formula') throw new Error(`It became ${root.kind}.`)
  if (implied === null) expect(root.condition.implied).toBeNull()
  else expect(root.condition.implied).toMatchObject(implied)
})

it.each([0.1, 0.30000000000000004, 1e15 + 0.3, -7, 0, 1e-90])(
  'what is implied lets %d through wherever the formula does',
  (value) => {
    for (const sign of ['=', '<', '<=', '>', '>=']) {
      for (const near of [value, Number(value.toPrecision(15)), value * (1 + 1e-15)]) {
        const { root } = checkFilter({ formula: `@asked ${sign} ${value}` }, queried, context)
        if (root.kind !== 'formula' || root.condition.implied === null) throw new Error('Nothing is implied.')
        const cells = { asked: near }
        if (!root.condition.test(cells)) continue
        expect(evaluateFilter({ table: queried, context, root: root.condition.implied }, { cells })).toBe(true)
      }
    }
  },
)
