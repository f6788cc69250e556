import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { openQueryDatabase, type QueryDatabase } from '../query/testing/query-database.ts'
import { type Random, seededRandom } from '../query/testing/random.ts'
import type { Json } from '../values/json.ts'
import { builtInRegistry } from './built-in-functions.ts'
import { checkFormula } from './check.ts'
import { createEvaluator } from './evaluate.ts'
import type { FormulaMoment } from './formula-function.ts'
import type { FormulaType } from './formula-type.ts'
import { runInSql, shown } from './testing/formula-databases.ts'
import { type FuzzRow, fuzzColumns, fuzzZones, randomRow, rowsAsRelation } from './testing/fuzz-rows.ts'
import { randomFormula } from './testing/random-formula.ts'
import type { CheckedFormula } from './typed-formula.ts'

const pairs = Number(process.env.OPSLAYER_FUZZ ?? 1_500)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)
const formulasPerBatch = 25
const rowsPerBatch = 20

const types: readonly FormulaType[] = [
  ...([
    'text',
    'number',
    'boolean',
    'date',
    'datetime',
    'duration',
    'list<text>',
    'list<number>',
    'list<date>',
  ] as const),
]

interface Batch {
  readonly formulas: readonly { readonly source: string; readonly formula: CheckedFormula }[]
  readonly rows: readonly FuzzRow[]
  readonly moment: FormulaMoment
}

function randomBatch(random: Random): Batch {
  const formulas: { source: string; formula: CheckedFormula }[] = []
  while (formulas.length < formulasPerBatch) {
    const source = randomFormula(random.pick(types), 1 + random.below(4), random)
    const outcome = checkFormula(source, {
      columns: fuzzColumns,
      functions: builtInRegistry,
      keepConstants: random.chance(0.5),
    })
    if (outcome.ok) formulas.push({ source, formula: outcome.value })
  }
  return {
    formulas,
    rows: Array.from({ length: rowsPerBatch }, () => randomRow(random)),
    moment: { now: Date.parse('2026-04-15T08:30:20.123Z') + random.below(1e10), timeZone: random.pick(fuzzZones) },
  }
}

/** Runs the batch; if the statement fails, formula by formula, to name the one at fault. */
async function inSql(
  database: QueryDatabase,
  { formulas, rows, moment }: Batch,
): Promise<readonly (readonly Json[])[]> {
  const relation = rowsAsRelation(rows)
  try {
    return await runInSql(
      database,
      formulas.map(({ formula }) => formula),
      moment,
      relation,
    )
  } catch (error) {
    for (const { source, formula } of formulas) {
      await runInSql(database, [formula], moment, relation).catch((cause: Error) => {
        throw new Error(`${source} raised in SQL: ${cause.message}`, { cause })
      })
    }
    throw error
  }
}

describeDatabases('formulas', (makeDatabase) => {
  it(`agree in SQL and in TypeScript (${pairs} pairs, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 3_600_000,
  }, async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const random = seededRandom(seed)
    let filled = 0
    let compared = 0
    while (compared < pairs) {
      const batch = randomBatch(random)
      const found = await inSql(database, batch)
      for (const [place, { source, formula }] of batch.formulas.entries()) {
        const { evaluate } = createEvaluator(formula)
        for (const [number, row] of batch.rows.entries()) {
          const ours = shown(evaluate(row, { ...batch.moment, steps: 1e9 }))
          const theirs = found[number]?.[place] ?? null
          compared += 1
          if (ours !== null) filled += 1
          if (JSON.stringify(ours) === JSON.stringify(theirs)) continue
          const cells = formula.columns.map(({ key, id }) => `@${key} = ${JSON.stringify(row[id])}`).join(', ')
          expect(ours, `seed ${seed}, ${batch.moment.timeZone}: ${source} with ${cells}`).toEqual(theirs)
        }
      }
    }
    expect(filled).toBeGreaterThan(pairs * 0.3)
  })
})
