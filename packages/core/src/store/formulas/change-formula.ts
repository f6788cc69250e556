import { checkSettings } from '../../catalog/column-input.ts'
import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { checkFormula } from '../../formula/check.ts'
import type { FormulaType } from '../../formula/formula-type.ts'
import { referencedColumns } from '../../formula/references.ts'
import { optionsOf } from '../../query/column-options.ts'
import { say } from '../../sentences/say.ts'
import type { Storage } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'
import { circleOf, namedColumns } from '../filled/fill-reads.ts'
import type { TableWork, Work } from '../org-session.ts'
import { storedOf } from './define-columns.ts'
import { invalidFormula, wholeFault } from './formula-refusals.ts'
import { readersOf } from './recompute.ts'
import { resultType } from './result-type.ts'
import { formulaColumn, tableFormulas } from './table-formulas.ts'

/** A formula's column as it will be. */
export interface ChangedFormula {
  /** Columns by id. */
  readonly formula: string
  readonly formulaType: FormulaType
  readonly type: string
  readonly storage: Storage
  readonly settings: Json
}

/**
 * Checks a change of a formula, or of how its results are shown.
 *
 * @param changes what is left out stays; another type without settings takes its own
 * @throws OpsError `FORMULA_INVALID`, `FORMULA_CYCLE`, `INVALID_INPUT`
 */
export function changedFormula(
  { table, types, functions }: Pick<TableWork, 'table' | 'types' | 'functions'>,
  column: ColumnDefinition,
  changes: { readonly formula?: string | undefined; readonly type?: string | undefined; readonly settings?: unknown },
): ChangedFormula {
  if (column.formula === null) {
    throw new OpsError(
      'INVALID_INPUT',
      say('People fill {column}; make a new column for a formula.', { column: column.name }),
      {
        path: ['formula'],
      },
    )
  }
  const source = changes.formula ?? column.formula.source
  const stored = storedOf(source, table.columns)
  refuseCycle(table, column, source, stored)
  const checked = checkFormula(source, { columns: table.columns.map(formulaColumn), functions })
  if (!checked.ok) throw invalidFormula(checked.faults, ['formula'])
  const { columnType, type } = keptType(checked.value, changes.type, column, types)
  const stays = columnType.id === column.type
  const settings = checkSettings(columnType, changes.settings ?? (stays ? column.settings : {}))
  return { formula: stored, formulaType: type, type: columnType.id, storage: columnType.storage, settings }
}

/** The type asked for; else the present one, as long as it holds the new results. */
function keptType(
  checked: Parameters<typeof resultType>[0],
  asked: string | undefined,
  column: ColumnDefinition,
  types: Work['types'],
) {
  if (asked !== undefined) return resultType(checked, asked, types)
  const own = resultType(checked, undefined, types)
  // Text holds nearly everything: a column that becomes a number is a number.
  if (own.columnType.storage !== column.columnType.storage) return own
  try {
    return resultType(checked, column.type, types)
  } catch (error) {
    if (error instanceof OpsError) return own
    throw error
  }
}

function refuseCycle(table: TableDefinition, column: ColumnDefinition, source: string, stored: string): void {
  const cycle = findCycle(table, column, stored)
  if (cycle !== null) throw invalidFormula([wholeFault(source, cycle)], ['formula'], 'FORMULA_CYCLE')
}

/** The sentence for the circle that there would be with another formula of the column; null for none. */
export function findCycle(table: TableDefinition, column: ColumnDefinition, stored: string): string | null {
  return circleOf(
    table.columns.map((each) => (each.id === column.id ? { ...each, formula: { source: stored } } : each)),
  )
}

/**
 * What must be computed anew when a column becomes another: itself if its formula changes, and whoever reads its cells
 * if they mean something else from now on.
 *
 * @param after null for a column that goes or comes
 */
export function staleFormulas(
  table: TableDefinition,
  before: ColumnDefinition,
  after: ColumnDefinition | null,
): readonly ColumnDefinition[] {
  const readers = readersOf(table, before.id)
  if (after === null) return readers
  const [then, now] = [before.formula, after.formula]
  const isComputed = then?.source !== now?.source || then?.type !== now?.type || before.number !== after.number
  if (isComputed && now !== null) return [after, ...readers]
  return isComputed || before.type !== after.type || namesOf(before) !== namesOf(after) ? readers : []
}

/** Formulas see the names of options. */
function namesOf({ columnType, settings }: ColumnDefinition): string {
  return columnType.sort === 'option-order' ? JSON.stringify(optionsOf(settings).map(({ id, name }) => [id, name])) : ''
}

/**
 * @param after the column as it would be; null if it goes
 * @throws OpsError `COLUMN_IN_USE` naming the formulas that would end in errors
 */
export function refuseInUse(
  { table, functions }: Pick<TableWork, 'table' | 'functions'>,
  column: ColumnDefinition,
  after: ColumnDefinition | null,
  what: 'deleted' | 'retyped',
): void {
  const columns = table.columns.flatMap((each) => (each.id === column.id ? (after ?? []) : each))
  const later = tableFormulas({ ...table, columns }, functions).formulas
  const now = tableFormulas(table, functions).formulas
  const broken = later.filter(({ id, faults, formula }) => {
    const present = now.find((each) => each.id === id)
    const isWhole = faults.length === 0 && !formula.lostColumns.includes(column.id)
    return !isWhole && present?.faults.length === 0
  })
  const names = broken.map(({ definition: { name: column } }) => say('“{column}”', { column }))
  const defaults = table.columns.filter(
    ({ id, defaultFormula }) =>
      after === null &&
      id !== column.id &&
      defaultFormula !== null &&
      referencedColumns(defaultFormula).includes(column.id),
  )
  names.push(...defaults.map(({ name }) => say('the default of “{column}”', { column: name })))
  const fills = table.columns.filter(
    ({ id, fill }) => after === null && id !== column.id && fill !== null && namedColumns(fill).includes(column.id),
  )
  names.push(...fills.map(({ name }) => say('the plugin that fills “{column}”', { column: name })))
  if (names.length === 0) return
  const count = names.length - 10
  const shown = names.slice(0, 10).join(', ')
  const users = count > 0 ? say('{~users} and {#count} more', { users: shown, count }) : shown
  const use = { column: column.name, what, users }
  throw new OpsError(
    'COLUMN_IN_USE',
    names.length === 1
      ? say(
          '{column} cannot be {~what}: {~users} uses it. Change it first, or say `force`, and its cells show an error.',
          use,
        )
      : say(
          '{column} cannot be {~what}: {~users} use it. Change them first, or say `force`, and their cells show an error.',
          use,
        ),
    {
      path: ['columnId'],
      issues: [...broken, ...defaults, ...fills].map(({ id }) => ({
        code: 'COLUMN_IN_USE' as const,
        message: say('“{column}” uses the column.', {
          column: table.columns.find((each) => each.id === id)?.name ?? '',
        }),
        path: ['columns', id],
      })),
    },
  )
}
