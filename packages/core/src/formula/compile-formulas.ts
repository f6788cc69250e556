import { type RawBuilder, sql } from 'kysely'
import { resultStorage } from './cell-fragment.ts'
import type { FormulaColumn } from './formula-column.ts'
import type { FormulaMoment } from './formula-function.ts'
import { arrangeLayers, isLight, layeredRelation, toRawBuilder } from './layers.ts'
import { SqlSteps } from './to-sql.ts'
import type { CheckedFormula } from './typed-formula.ts'

/** A formula to be computed in a statement. */
export interface FormulaToCompile {
  readonly formula: CheckedFormula
  /** The column that keeps the result; formulas after it in the list read this result, not the stored cell. */
  readonly column?: FormulaColumn
}

/** SQL of several formulas of one table, over rows that a relation gives. */
export interface CompiledFormulas {
  /**
   * The relation that {@link results} read; to be given the alias `f`.
   *
   * @param source a relation in brackets with the cells of {@link cells} under their physical names
   * @param kept further columns of the source that are wanted beside the results, such as `_id`
   */
  readonly over: (source: RawBuilder<unknown>, kept?: readonly string[]) => RawBuilder<unknown>
  /** Expressions over that relation, one for each formula, in the given order. */
  readonly results: readonly CompiledResult[]
  /** Physical names of the cells that the source must give. */
  readonly cells: readonly string[]
  /** Whether results may be written in several places: computing them takes hardly longer than reading them. */
  readonly light: boolean
}

export interface CompiledResult {
  /** The result as its column keeps it (see `resultStorage`); null for blank and for errors. */
  readonly value: RawBuilder<unknown>
  /** Number of the error (`int`; see `formulaErrorOf`), null for none. */
  readonly error: RawBuilder<number | null>
}

/**
 * Compiles formulas in dependency order into one statement. Nothing in the SQL can raise, whatever
 * valid cells the rows hold.
 *
 * @example
 * const { over, results } = compileFormulas([{ formula, column }], { now, timeZone })
 * sql`select f._id, ${results[0].value}, ${results[0].error} from ${over(sql`(select _id, c1, c2 from …)`, ['_id'])} as f`
 */
export function compileFormulas(formulas: readonly FormulaToCompile[], moment: FormulaMoment): CompiledFormulas {
  const steps = new SqlSteps(moment)
  const pairs = formulas.map(({ formula, column }) => {
    const pair = steps.formula(formula)
    if (column !== undefined) steps.provide(column, pair)
    return pair
  })
  const outputs = pairs.flatMap(({ value, error }, place) => [
    { fragment: value, type: resultStorage(formulas[place]?.formula.type ?? 'text') },
    ...(error === null ? [] : [{ fragment: error, type: 'int' }]),
  ])
  const layers = arrangeLayers(steps.steps, outputs)
  let next = 0
  const results = pairs.map(({ error }): CompiledResult => {
    const value = layers.outputs[next++]
    const failed = error === null ? undefined : layers.outputs[next++]
    return {
      value: value === undefined ? sql`null` : toRawBuilder(value),
      error: failed === undefined ? sql`null::int` : toRawBuilder(failed),
    }
  })
  return {
    over: (source, kept = []) => layeredRelation(source, layers, kept),
    results,
    cells: cellsOf(formulas),
    light: layers.outputs.every(isLight),
  }
}

function cellsOf(formulas: readonly FormulaToCompile[]): readonly string[] {
  const provided = new Set<string>()
  const cells = new Set<string>()
  for (const { formula, column } of formulas) {
    for (const each of formula.columns) {
      if (provided.has(each.id)) continue
      cells.add(each.cell)
      if (each.errorCell !== undefined) cells.add(each.errorCell)
    }
    if (column !== undefined) provided.add(column.id)
  }
  return [...cells]
}
