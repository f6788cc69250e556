import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import type { AnyColumnType } from '../values/column-type.ts'
import { checkFilter } from './check-filter.ts'
import type { CheckedFilter } from './checked-filter.ts'
import { selectIds } from './count.ts'
import { evaluateFilter } from './evaluate-filter.ts'
import { fuzzTable, randomRows } from './testing/fuzz-table.ts'
import { createPhysicalTable, type TestRow, testContext } from './testing/physical-table.ts'
import { openQueryDatabase } from './testing/query-database.ts'
import { seededRandom } from './testing/random.ts'
import { randomFilter } from './testing/random-filter.ts'

const types: readonly AnyColumnType[] = Object.values(builtInColumnTypes)

const trees = Number(process.env.OPSLAYER_FUZZ ?? 500)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)
const context = { ...testContext, timeZone: 'Europe/Berlin' }
const fuzz = fuzzTable(types, context)

function expected(filter: CheckedFilter, rows: readonly TestRow[]): string {
  return rows.flatMap((row, i) => (evaluateFilter(filter, row) ? [i + 1] : [])).join()
}

it('every type has cells and every operator operands to try', () => {
  for (const column of fuzz.table.columns) {
    expect(fuzz.values.get(column.key)?.length, column.key).toBeGreaterThan(1)
    for (const [operator, operands] of fuzz.operands.get(column.key) ?? []) {
      expect(operands.length, `${column.key} ${operator}`).toBeGreaterThan(0)
    }
  }
})

describeDatabases('filters', (makeDatabase) => {
  it('say of every operator and operand what its test says, and NOT the complement', { timeout: 300_000 }, async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const rows = randomRows(fuzz, 120, seededRandom(1))
    await createPhysicalTable(database, fuzz.table, rows)
    for (const [column, operators] of fuzz.operands) {
      for (const [op, operands] of operators) {
        const step = Math.ceil(operands.length / 12)
        for (const value of operands.filter((_, i) => i % step === 0)) {
          for (const input of [{ column, op, value }, { not: { column, op, value } }]) {
            const filter = checkFilter(input, fuzz.table, context)
            const found = await database.run(selectIds({ filter, limit: 50_000 }))
            expect(found.map((row) => row._id).join(), JSON.stringify(input)).toBe(expected(filter, rows))
          }
        }
      }
    }
  })

  it(`find the same rows in SQL and in TypeScript (${trees} trees, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 900_000,
  }, async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const random = seededRandom(seed)
    const rows = randomRows(fuzz, 200, random)
    await createPhysicalTable(database, fuzz.table, rows)
    let telling = 0
    for (let i = 0; i < trees; i++) {
      const input = randomFilter(fuzz, random)
      const filter = checkFilter(input, fuzz.table, context)
      const found = await database.run(selectIds({ filter, limit: 50_000 }))
      expect(found.map((row) => row._id).join(), `seed ${seed}, tree ${i}: ${JSON.stringify(input)}`).toBe(
        expected(filter, rows),
      )
      if (found.length > 0 && found.length < rows.length) telling++
    }
    expect(telling).toBeGreaterThan(trees * 0.6)
  })
})
