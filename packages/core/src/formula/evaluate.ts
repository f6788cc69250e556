import type { Json } from '../values/json.ts'
import { cellReader, toCell } from './cell-values.ts'
import { compileNode, StepsUsedUp } from './evaluate-node.ts'
import { FormulaError, formulaError } from './formula-error.ts'
import type { FormulaMoment, Scope } from './formula-function.ts'
import type { CheckedFormula } from './typed-formula.ts'

/** Cells of a row by column id, as rows hold them; an error in place of a cell stands for a formula that failed. */
export type FormulaCells = Readonly<Record<string, Json | FormulaError | undefined>>

export interface EvaluateOptions extends FormulaMoment {
  /** Calls that one evaluation may take; 16 characters of text count as one more. @default 100,000 */
  readonly steps?: number
}

/** Runs a formula on rows, without a database. */
export interface FormulaEvaluator {
  /** The stored form of the result, equal to what SQL stores; an error is returned, never thrown. */
  readonly evaluate: (cells: FormulaCells, options: EvaluateOptions) => Json | FormulaError
}

const defaultSteps = 100_000

/** Compiles a formula for many rows. Reads own properties of the cells only. */
export function createEvaluator(formula: CheckedFormula): FormulaEvaluator {
  const run = compileNode(formula.root)
  const readers = formula.columns.map((column) => ({ id: column.id, read: cellReader(column) }))
  const finish = toCell(formula.type)
  return {
    evaluate: (cells, { now, timeZone, steps = defaultSteps }) => {
      const columns = readers.map(({ id, read }) => {
        const cell = Object.hasOwn(cells, id) ? cells[id] : null
        return cell instanceof FormulaError ? cell : read(cell ?? null)
      })
      const scope: Scope = { now, timeZone, columns, locals: [], steps }
      try {
        const result = run(scope)
        return result instanceof FormulaError ? result : finish(result)
      } catch (error) {
        if (error instanceof StepsUsedUp) return formulaError('too-many-steps')
        throw error
      }
    },
  }
}
