import { type RawBuilder, sql } from 'kysely'
import type { Json } from '../values/json.ts'
import { resultStorage } from './cell-fragment.ts'
import { compileFormulas } from './compile-formulas.ts'
import { formulaErrorOf } from './formula-error.ts'
import type { FormulaMoment } from './formula-function.ts'
import type { CheckedFormula } from './typed-formula.ts'

/** Formulas in one query over the rows of a relation, so that their results can be held against examples. */
export interface ExampleQuery {
  readonly query: RawBuilder<Readonly<Record<string, Json>>>
  /** What a row of the answer says of each formula, in the form of cells; errors by their sign. */
  readonly shown: (row: Readonly<Record<string, Json>>) => readonly Json[]
}

/** @param source a relation in brackets with the cells that the formulas read */
export function exampleQuery(
  formulas: readonly CheckedFormula[],
  moment: FormulaMoment,
  source: RawBuilder<unknown> = sql`(select 1 as one)`,
): ExampleQuery {
  const { over, results } = compileFormulas(
    formulas.map((formula) => ({ formula })),
    moment,
  )
  const storages = formulas.map(({ type }) => resultStorage(type))
  const columns = results.flatMap(({ value, error }, i) => {
    const shown =
      storages[i] === 'timestamptz'
        ? sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
        : storages[i] === 'numeric'
          ? sql`${value}::text`
          : value
    return [sql`to_jsonb(${shown}) as ${sql.id(`v${i}`)}`, sql`${error} as ${sql.id(`e${i}`)}`]
  })
  return {
    query: sql`select ${sql.join(columns)} from ${over(source)} as f`,
    shown: (row) =>
      storages.map((storage, i) => {
        const error = row[`e${i}`]
        if (typeof error === 'number') return formulaErrorOf(error).sign
        const value = row[`v${i}`] ?? null
        return value !== null && storage === 'numeric' ? Number(value) : value
      }),
  }
}
