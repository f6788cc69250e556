import type { RawBuilder } from 'kysely'
import type { QueryDatabase } from '../../query/testing/query-database.ts'
import type { Json } from '../../values/json.ts'
import { builtInRegistry } from '../built-in-functions.ts'
import { checkFormula, type FormulaSurroundings } from '../check.ts'
import { exampleQuery } from '../example-query.ts'
import { FormulaError } from '../formula-error.ts'
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
  source?: RawBuilder<unknown>,
): Promise<readonly (readonly Json[])[]> {
  const { query, shown } = exampleQuery(formulas, moment, source)
  return (await database.run(query)).map(shown)
}

/** What the evaluator gives, in the form in which tests compare: errors by their sign. */
export function shown(result: Json | FormulaError): Json {
  return result instanceof FormulaError ? result.sign : result
}
