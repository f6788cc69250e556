import type { ColumnFill, FillSource } from '../../catalog/fill-definition.ts'
import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import { referencedColumns, shownSource } from '../../formula/references.ts'
import { formOf } from '../../plugin/form-of.ts'
import type { PluginRegistry } from '../../plugin/plugin-registry.ts'
import { say } from '../../sentences/say.ts'
import { type ConnectionStates, connectionFault } from './connection-states.ts'
import { columnPart, valueTypeOf } from './define-fill.ts'
import { settingsFault } from './settings-fault.ts'

/** A fill as people read it. */
export function publicFill(
  column: Pick<ColumnDefinition, 'fill' | 'type'>,
  table: TableDefinition,
  plugins: PluginRegistry,
  connections: ConnectionStates,
): ColumnFill | null {
  if (column.fill === null) return null
  const { generation: _generation, autoSince: _since, ...fill } = column.fill
  const inputs = Object.entries(fill.inputs).map(([key, source]) => [key, shown(source, table)] as const)
  return {
    ...fill,
    inputs: Object.fromEntries(inputs),
    fault: fillFault(column, table, plugins) ?? connectionFault(fill.connectionId, connections),
  }
}

function shown(source: FillSource, table: TableDefinition): FillSource {
  if ('formula' in source) return { formula: shownSource(source.formula, table.columns) }
  if (!('column' in source)) return source
  return { column: table.columns.find(({ id }) => id === source.column)?.key ?? source.column }
}

/** Why cells of a column cannot be asked for by its definition; null if they can. */
export function fillFault(
  { fill, type }: Pick<ColumnDefinition, 'fill' | 'type'>,
  table: TableDefinition,
  plugins: PluginRegistry,
): string | null {
  if (fill === null) return null
  try {
    const { part } = columnPart(plugins, fill)
    if (valueTypeOf(part).type !== type)
      return say('"{part}" gives values of another type now. Make a new column.', { part: part.name })
    const ofSettings = settingsFault(part, fill.settings)
    if (ofSettings !== null) return ofSettings.message
    const ids = new Set(table.columns.map(({ id }) => id))
    for (const { key, label, required } of formOf(part.inputs).fields) {
      const source = fill.inputs[key]
      if (source === undefined && required) return say('The input "{input}" is missing.', { input: label })
      const read = source === undefined || 'value' in source ? [] : columnsOf(source)
      if (read.some((id) => !ids.has(id)))
        return say('The column of the input "{input}" was deleted.', { input: label })
    }
    return null
  } catch (error) {
    if (isOpsError(error)) return error.message
    throw error
  }
}

function columnsOf(source: Exclude<FillSource, { readonly value: unknown }>): readonly string[] {
  return 'column' in source ? [source.column] : referencedColumns(source.formula)
}
