import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { errorNumbers } from '../formula/formula-error.ts'
import { checkFilter } from '../query/check-filter.ts'
import type { QueryColumn, QueryTable } from '../query/query-table.ts'
import { filterConditions } from './formulas/filter-conditions.ts'
import type { KnownTable } from './org-session.ts'
import { rowsName, schemaName, sideName, sortKeyName, stateName, valuesName } from './physical-names.ts'
import { systemColumns } from './system-columns.ts'
import { rowsOf } from './table-access.ts'

/** The table as the query room sees it. */
export function queryTableOf({ org, table, functions }: Pick<KnownTable, 'org' | 'table' | 'functions'>): QueryTable {
  const only = rowsOf(table)
  return {
    id: table.id,
    name: table.name,
    schema: schemaName(org),
    rows: rowsName(table),
    side: table.hasSide ? sideName(table) : null,
    hasPlaces: table.hasPlaces,
    columns: [...table.columns.map(queryColumnOf), ...systemColumns],
    conditions: filterConditions(table, functions),
    ...(only !== undefined && {
      only: (context) =>
        checkFilter(only.filter, queryTableOf({ org, table: only.table, functions }), context, ['access', 'rows']),
    }),
  }
}

export function queryColumnOf(column: ColumnDefinition): QueryColumn {
  return {
    id: column.id,
    key: column.key,
    name: column.name,
    type: column.columnType,
    settings: column.settings,
    values: valuesName(column),
    sortKey: column.sortKeyReady ? sortKeyName(column) : null,
    searchIndexed: column.searchIndexed,
    ...(column.fill !== null && { fillGeneration: column.fill.generation }),
    ...(column.formula === null
      ? { state: column.fill === null ? null : stateName(column) }
      : { state: stateName(column), marks: { generation: column.formula.generation, numbersOf: errorNumbers } }),
    number: column.number,
  }
}
