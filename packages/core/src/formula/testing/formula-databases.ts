import { sql } from 'kysely'
import type { QueryDatabase } from '../../query/testing/query-database.ts'
import type { Json } from '../../values/json.ts'
import { builtInRegistry } from '../built-in-functions.ts'
import { resultStorage } from '../cell-fragment.ts'
import { checkFormula, type FormulaSurroundings } from '../check.ts'
import { compileFormulas } from '../compile-formulas.ts'
import { FormulaError, formulaErrorOf } from '../formula-error.ts'
import type { FormulaMoment } from '../formula-function.ts'
import type { CheckedFormula } from '../typed-formula.ts'

/** A spring morning in Berlin. */
export const testMoment: FormulaMoment = { now: Date.parse('2026-04-15T08:30:20.000Z'), timeZone: 'Europe/Berlin' }

/** A formula that must be right. */
export function checked(source: string, surroundings: Partial<FormulaSurroundings> = {}): CheckedFormula {
  const outcome = checkFormula(source, { columns: [], functions: builtInRegistry, ...surroundings })
  if (!outcome.ok) throw new Error(`${source}: ${outcome.faults.map(({ message }) => message).join(' ')}`)
  return outcome.value
}

/** What SQL gives for formulas over one row of a relation, in the form of cells; errors by their sign. */
export async function runInSql(
  database: QueryDatabase,
  formulas: readonly CheckedFormula[],
  moment: FormulaMoment = testMoment,
  source = sql`(select 1 as one)`,
): Promise<readonly (readonly Json[])[]> {
  const { over, results } = compileFormulas(
    formulas.map((formula) => ({ formula })),
    moment,
  )
  const columns = results.flatMap(({ value, error }, i) => {
    const formula = formulas[i]
    const storage = formula === undefined ? 'text' : resultStorage(formula.type)
    const shown =
      storage === 'timestamptz'
        ? sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
        : storage === 'numeric'
          ? sql`${value}::text`
          : value
    return [sql`to_jsonb(${shown}) as ${sql.id(`v${i}`)}`, sql`${error} as ${sql.id(`e${i}`)}`]
  })
  const rows = await database.run<Record<string, Json>>(
    sql<Record<string, Json>>`select ${sql.join(columns)} from ${over(source)} as f`,
  )
  return rows.map((row) =>
    formulas.map((formula, i) => {
      const error = row[`e${i}`]
      if (typeof error === 'number') return formulaErrorOf(error).sign
      const value = row[`v${i}`] ?? null
      return value !== null && resultStorage(formula.type) === 'numeric' ? Number(value) : value
    }),
  )
}

/** What the evaluator gives, in the form in which tests compare: errors by their sign. */
export function shown(result: Json | FormulaError): Json {
  return result instanceof FormulaError ? result.sign : result
}
