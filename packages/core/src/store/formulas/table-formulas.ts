import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { affectedFormulas } from '../../formula/dependencies.ts'
import { type FormulaColumn, formulaColumnOf } from '../../formula/formula-column.ts'
import type { FormulaType } from '../../formula/formula-type.ts'
import type { FunctionRegistry } from '../../formula/function-registry.ts'
import { type PlannedFormula, planFormulas } from '../../formula/plan-formulas.ts'
import { dependsOnTime } from '../../formula/time-dependence.ts'
import { stateName } from '../physical-names.ts'
import { queryColumnOf } from '../query-table-of.ts'
import { wholeTable } from '../table-access.ts'

/** A formula of a table with the column that keeps its results. */
export interface TableFormula extends PlannedFormula {
  readonly definition: ColumnDefinition
  /** Whether the result depends on now or on the time zone beside the row. */
  readonly usesTime: boolean
}

/** What the formulas of a table come to. */
export interface TableFormulas {
  /** Every column of the table as formulas see it. */
  readonly columns: readonly FormulaColumn[]
  /** In the order in which they are computed. */
  readonly formulas: readonly TableFormula[]
  /**
   * What is to be computed when columns change, in order. Formulas whose cells are still being filled are always among
   * them, so that none reads a result of the past.
   */
  affected(changed: Iterable<string> | 'all'): readonly TableFormula[]
}

const none: TableFormulas = { columns: [], formulas: [], affected: () => [] }

const known = new WeakMap<TableDefinition, { readonly functions: FunctionRegistry; readonly formulas: TableFormulas }>()

/** The formulas of a table with all that they read, checked once for each revision of its definition. */
export function tableFormulas(narrowed: TableDefinition, functions: FunctionRegistry): TableFormulas {
  const table = wholeTable(narrowed)
  const cached = known.get(table)
  if (cached?.functions === functions) return cached.formulas
  const formulas = table.columns.some(({ formula }) => formula !== null) ? planned(table, functions) : none
  known.set(table, { functions, formulas })
  return formulas
}

function planned(table: TableDefinition, functions: FunctionRegistry): TableFormulas {
  const byId = new Map(table.columns.map((column) => [column.id, column]))
  const plain = table.columns.filter(({ formula }) => formula === null).map(formulaColumn)
  const sources = table.columns.flatMap((column) =>
    column.formula === null ? [] : { column: formulaColumn(column), stored: column.formula.source },
  )
  const formulas = planFormulas(plain, sources, functions).flatMap((formula): TableFormula[] => {
    const definition = byId.get(formula.id)
    return definition === undefined ? [] : [{ ...formula, definition, usesTime: dependsOnTime(formula.formula) }]
  })
  const pending = formulas.filter(({ definition }) => definition.formula?.pending === true).map(({ id }) => id)
  const memo = new Map<string, readonly TableFormula[]>()
  return {
    columns: table.columns.map(formulaColumn),
    formulas,
    affected: (changed) => {
      if (changed === 'all') return formulas
      const ids = [...changed, ...pending]
      const key = ids.join()
      const found = memo.get(key) ?? withRoots(formulas, pending, ids)
      if (memo.size < mostMemos) memo.set(key, found)
      return found
    },
  }
}

/** Sets of columns that are remembered for a table: people write a few over and over. */
const mostMemos = 200

function withRoots(
  formulas: readonly TableFormula[],
  roots: readonly string[],
  changed: readonly string[],
): readonly TableFormula[] {
  const readers = new Set(affectedFormulas(changed, formulas).map(({ id }) => id))
  return formulas.filter(({ id }) => readers.has(id) || roots.includes(id))
}

/** A column as formulas see it; of a formula's column, with its errors. */
export function formulaColumn(column: ColumnDefinition): FormulaColumn {
  const plain = formulaColumnOf(queryColumnOf(column))
  if (column.formula === null) return plain
  const type = column.formula.type as FormulaType
  const isPacked = column.columnType.storage === 'jsonb' && type !== 'json'
  return { ...plain, type, errorCell: stateName(column), ...(isPacked && { storedAs: 'jsonb' as const }) }
}
