import { say } from '../sentences/say.ts'
import { checkFormula, type FormulaSurroundings } from './check.ts'
import { convert } from './convert.ts'
import { describeCycle, orderFormulas } from './dependencies.ts'
import type { FormulaColumn } from './formula-column.ts'
import { formulaError } from './formula-error.ts'
import type { FormulaFault } from './formula-fault.ts'
import type { FormulaType } from './formula-type.ts'
import { typeName } from './formula-type.ts'
import { referencedColumns } from './references.ts'
import type { CheckedFormula } from './typed-formula.ts'

/** A column whose cells a formula gives. */
export interface FormulaColumnSource {
  /** With the type in which results are kept. */
  readonly column: FormulaColumn
  /** The formula as stored, columns by id. */
  readonly stored: string
}

/** A formula ready to be compiled, in its place in the order. */
export interface PlannedFormula {
  readonly id: string
  readonly column: FormulaColumn
  readonly reads: readonly string[]
  /** Gives `#TYPE!` in every row if the formula no longer fits its columns. */
  readonly formula: CheckedFormula
  /** Why it no longer fits; empty if it does. */
  readonly faults: readonly FormulaFault[]
}

/**
 * Checks all formulas of a table against its columns and each other and puts them into the order in which they are
 * computed. Formulas of a circle, which only damage can make, give `#TYPE!`.
 *
 * @param columns the columns of the table that are no formulas
 */
export function planFormulas(
  columns: readonly FormulaColumn[],
  sources: readonly FormulaColumnSource[],
  functions: FormulaSurroundings['functions'],
): readonly PlannedFormula[] {
  const surroundings = { columns: [...columns, ...sources.map(({ column }) => column)], functions }
  const items = sources.map(({ column, stored }) => ({
    id: column.id,
    column,
    stored,
    reads: referencedColumns(stored),
  }))
  const ordered = orderFormulas(items)
  const nameOf = (id: string) => surroundings.columns.find((column) => column.id === id)?.name ?? id
  return (ordered.ok ? ordered.order : items).map(({ id, column, stored, reads }): PlannedFormula => {
    if (!ordered.ok && ordered.cycle.includes(id)) {
      return broken(column, [wholeFault(stored, describeCycle(ordered.cycle, nameOf))])
    }
    const checked = checkFormula(stored, surroundings)
    if (!checked.ok) return broken(column, checked.faults)
    const formula = resultAs(checked.value, column.type)
    if (formula === null) {
      const message = say('The formula now gives {~type}; the column keeps {~kept}.', {
        type: typeName(checked.value.type),
        kept: typeName(column.type),
      })
      return broken(column, [wholeFault(stored, message)])
    }
    return { id, column, reads, formula, faults: [] }
  })
}

/** The formula with its result brought to another type; `null` if that does not happen by itself. */
export function resultAs(formula: CheckedFormula, type: FormulaType): CheckedFormula | null {
  const conversion = convert(formula.root, type)
  return conversion === null ? null : { ...formula, root: conversion.node, type }
}

function wholeFault(stored: string, message: string): FormulaFault {
  return { start: 0, end: stored.length, message }
}

function broken(column: FormulaColumn, faults: readonly FormulaFault[]): PlannedFormula {
  const root = {
    kind: 'constant',
    type: column.type,
    value: formulaError('bad-formula'),
    span: { start: 0, end: 0 },
  } as const
  const formula: CheckedFormula = { root, type: column.type, columns: [], volatile: null, lostColumns: [] }
  return { id: column.id, column, reads: [], formula, faults }
}
