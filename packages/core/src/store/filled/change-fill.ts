import type { ColumnInput } from '../../catalog/column-input.ts'
import type { CheckedFillInput, FillDefinition } from '../../catalog/fill-definition.ts'
import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { OpsError } from '../../errors/ops-error.ts'
import type { PluginRegistry } from '../../plugin/plugin-registry.ts'
import { say } from '../../sentences/say.ts'
import { filterConditions } from '../formulas/filter-conditions.ts'
import type { TableWork, Work } from '../org-session.ts'
import { queryColumnOf } from '../query-table-of.ts'
import { systemColumns } from '../system-columns.ts'
import { addFillColumns } from '../table-ddl.ts'
import { columnPart, defineFill, type FillSurroundings, valueTypeOf } from './define-fill.ts'
import { generationAfter } from './fill-generation.ts'
import { circleOf } from './fill-reads.ts'

/** What a fill of one of these columns may read. */
export function fillSurroundings(
  columns: readonly ColumnDefinition[],
  { plugins, functions, context }: Pick<Work, 'plugins' | 'functions' | 'context'>,
): FillSurroundings {
  const table = { columns } as TableDefinition
  const queryTable = {
    id: '',
    name: '',
    schema: '',
    rows: '',
    side: null,
    hasPlaces: false,
    columns: [...columns.map(queryColumnOf), ...systemColumns],
    conditions: filterConditions(table, functions),
  }
  return { columns, queryTable, plugins, functions, context }
}

/**
 * The type that a column has because a plugin fills it.
 *
 * @throws OpsError `NOT_FOUND`; `INVALID_INPUT` for what such a column cannot have
 */
export function filledType(
  input: ColumnInput,
  plugins: PluginRegistry,
): { readonly type: string; readonly settings: unknown } {
  const { fill, type, settings, unique, rule, defaultValue, defaultFormula } = input
  if (fill === undefined) throw new OpsError('INTERNAL', 'A column without a plugin was asked for its type.')
  const { part } = columnPart(plugins, fill)
  const value = valueTypeOf(part)
  const isPlain =
    unique !== true && rule === undefined && defaultFormula === undefined && (defaultValue ?? null) === null
  if (!isPlain) {
    throw new OpsError(
      'INVALID_INPUT',
      say('A column that a plugin fills cannot be unique and takes no default and no rule.'),
      { path: ['fill'] },
    )
  }
  if (type !== undefined && type !== value.type) {
    throw new OpsError('INVALID_INPUT', `"${part.name}" gives cells of the type "${value.type}"; leave \`type\` out.`, {
      path: ['type'],
    })
  }
  return { type: value.type, settings: settings ?? value.settings }
}

/**
 * The member of a column's image for another fill. What changes the outcome of cells makes them stale.
 *
 * @throws OpsError as {@link defineFill}; `INVALID_INPUT` if the part gives another type; `FORMULA_CYCLE`
 */
export function fillAfter(
  work: TableWork,
  column: ColumnDefinition,
  input: CheckedFillInput | null,
): { readonly fill: FillDefinition | null } {
  if (input === null) return { fill: null }
  if (
    column.formula !== null ||
    column.unique ||
    column.rule !== null ||
    column.defaultValue !== null ||
    column.defaultFormula !== null
  ) {
    throw new OpsError(
      'INVALID_INPUT',
      `A column that a plugin fills has no formula, default or rule and is not unique; "${column.name}" has one.`,
      { path: ['fill'] },
    )
  }
  const { type } = valueTypeOf(columnPart(work.plugins, input).part)
  if (type !== column.type) {
    throw new OpsError(
      'INVALID_INPUT',
      say('The part gives cells of the type "{type}", and "{column}" is of the type "{own}". Make a new column.', {
        type,
        column: column.name,
        own: column.type,
      }),
      { path: ['fill', 'part'] },
    )
  }
  const defined = defineFill(input, fillSurroundings(work.table.columns, work))
  const since = column.fill?.auto === true ? column.fill.autoSince : defined.autoSince
  const fill = {
    ...defined,
    autoSince: defined.auto ? since : null,
    generation: generationAfter(column.fill, defined),
  }
  const circle = circleOf(work.table.columns.map((each) => (each.id === column.id ? { ...each, fill } : each)))
  if (circle !== null) throw new OpsError('FORMULA_CYCLE', circle, { path: ['fill', 'inputs'] })
  return { fill }
}

/** Makes room for the states of a column's cells, and for where they are from. */
export async function addMarks({ tx, org, table }: TableWork, column: ColumnDefinition): Promise<void> {
  await addFillColumns(tx, org, table, column)
}
