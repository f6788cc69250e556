import type { Column, ColumnFormula, Table } from '../catalog/table.ts'
import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import type { FunctionRegistry } from '../formula/function-registry.ts'
import { shownSource } from '../formula/references.ts'
import type { PluginRegistry } from '../plugin/plugin-registry.ts'
import { say } from '../sentences/say.ts'
import type { ConnectionStates } from './filled/connection-states.ts'
import { publicFill } from './filled/public-fill.ts'
import { type TableFormula, tableFormulas } from './formulas/table-formulas.ts'
import { hiddenColumns } from './table-access.ts'

/** What definitions refer to by name. */
export interface Registries {
  readonly functions: FunctionRegistry
  readonly plugins: PluginRegistry
}

/** What leaves the package: a definition without the names of physical things, formulas as people read them. */
export function publicTable(definition: TableDefinition, known: Registries, connections: ConnectionStates): Table {
  const { id, name, description, revision, columns, createdAt, createdBy, deletedAt } = definition
  return {
    id,
    name,
    description,
    revision,
    columns: columns.map((column) => publicColumn(column, definition, known, connections)),
    createdAt,
    createdBy,
    deletedAt,
  }
}

export function publicColumn(
  definition: ColumnDefinition,
  table: TableDefinition,
  { functions, plugins }: Registries,
  connections: ConnectionStates,
): Column {
  const { id, key, name, description, type, settings, defaultValue, unique, locked, hidden } = definition
  const { defaultFormula, rule, typeFault } = definition
  return {
    id,
    key,
    name,
    description,
    type,
    typeFault,
    settings,
    defaultValue,
    defaultFormula: defaultFormula === null ? null : shownSource(defaultFormula, table.columns),
    formula: publicFormula(definition, table, functions),
    fill: publicFill(definition, table, plugins, connections),
    rule: rule === null ? null : { ...rule, formula: shownSource(rule.formula, table.columns) },
    unique,
    locked,
    hidden,
  }
}

function publicFormula(
  { id, formula }: ColumnDefinition,
  table: TableDefinition,
  functions: FunctionRegistry,
): ColumnFormula | null {
  if (formula === null) return null
  const planned = tableFormulas(table, functions).formulas.find((each) => each.id === id)
  return {
    source: shownSource(formula.source, table.columns),
    type: formula.type,
    filling: formula.pending,
    volatile: planned?.formula.volatile ?? null,
    fault: faultOf(planned, table),
  }
}

/** Messages may name columns that are not there for the actor. */
function faultOf(planned: TableFormula | undefined, table: TableDefinition): string | null {
  const message = planned?.faults[0]?.message ?? null
  return message === null || hiddenColumns(table).length === 0
    ? message
    : say('The formula no longer fits its columns.')
}
