import type { ColumnDefinition, TableDefinition } from '../../../catalog/table-definition.ts'
import { type BuiltInColumnTypeId, builtInColumnTypes } from '../../../values/built-in-types.ts'
import type { AnyColumnType } from '../../../values/column-type.ts'

/** A table definition with columns of some names and types. */
export function tableWith(columns: Readonly<Record<string, BuiltInColumnTypeId>>): TableDefinition {
  return {
    id: 'tbl_leads',
    number: 1,
    name: 'Leads',
    description: '',
    revision: 1,
    nextColumnNumber: 99,
    hasSide: false,
    hasExternal: false,
    hasPlaces: false,
    createdAt: '',
    createdBy: '',
    deletedAt: null,
    columns: Object.entries(columns).map(([name, type], at) => column(name, type, at + 1)),
  }
}

function column(name: string, type: BuiltInColumnTypeId, number: number): ColumnDefinition {
  const columnType: AnyColumnType = builtInColumnTypes[type]
  return {
    id: `col_${number}`,
    key: name.toLowerCase().replaceAll(' ', '_'),
    name,
    description: '',
    type,
    settings: columnType.settings.parse({}),
    defaultValue: null,
    formula: null,
    defaultFormula: null,
    rule: null,
    fill: null,
    unique: false,
    locked: false,
    hidden: false,
    sortKeyed: false,
    sortKeyReady: false,
    searchIndexed: false,
    number,
    columnType,
    typeFault: null,
  }
}
