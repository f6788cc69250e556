import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { checkFilter } from './check-filter.ts'
import { encodeCursor } from './cursor.ts'
import { evaluateFilter } from './evaluate-filter.ts'
import { selectPage, selectWindow } from './page.ts'
import { selectBehind } from './place.ts'
import { type CheckedSort, checkSort, type Sort } from './sort.ts'
import { fuzzTable, randomRows } from './testing/fuzz-table.ts'
import { createPhysicalTable, type TestRow, testContext } from './testing/physical-table.ts'
import { openQueryDatabase } from './testing/query-database.ts'
import { type Random, seededRandom } from './testing/random.ts'
import { randomFilter } from './testing/random-filter.ts'

const rounds = Number(process.env.OPSLAYER_FUZZ ?? 600) / 10
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)
const fuzz = fuzzTable(Object.values(builtInColumnTypes), testContext)
const sortable = fuzz.table.columns.filter((column) => column.type.sort !== 'none')

function randomSorts(random: Random): readonly Sort[] {
  const columns = new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(sortable).key))
  return [...columns].map((column) => ({ column, dir: random.pick(['asc', 'desc'] as const) }))
}

/** The numbers of the rows, ordered as `compare` of the types says. */
function inOrder(sort: CheckedSort, rows: readonly TestRow[], ids: readonly number[]): readonly number[] {
  const tie = sort.terms[0]?.dir === 'desc' ? -1 : 1
  return [...ids].sort((a, b) => {
    for (const { column, dir } of sort.terms) {
      const x = rows[a - 1]?.cells[column.key] ?? null
      const y = rows[b - 1]?.cells[column.key] ?? null
      if (x === null && y === null) continue
      if (x === null || y === null) return x === null ? 1 : -1
      const order = column.type.compare(x, y, column.settings)
      if (order !== 0) return dir === 'asc' ? order : -order
    }
    return (a - b) * tie
  })
}

describeDatabases('orders', (makeDatabase) => {
  it(`page through every row once, as types compare (${rounds} rounds, OPSLAYER_FUZZ_SEED=${seed})`, {
    timeout: 900_000,
  }, async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const random = seededRandom(seed)
    const rows = randomRows(fuzz, 150, random)
    await createPhysicalTable(database, fuzz.table, rows)
    for (let round = 0; round < rounds; round++) {
      const sorts = randomSorts(random)
      const sort = checkSort(sorts, fuzz.table)
      const input = random.chance(0.5) ? undefined : randomFilter(fuzz, random)
      const filter = checkFilter(input, fuzz.table, testContext)
      const message = `seed ${seed}, round ${round}: ${JSON.stringify({ sorts, filter: input })}`
      const ids = rows.flatMap((row, i) => (evaluateFilter(filter, row) ? [i + 1] : []))
      const expected = inOrder(sort, rows, ids)

      const found: number[] = []
      let after: string | undefined
      for (;;) {
        const limit = 1 + random.below(60)
        const page = await database.run(selectPage({ filter, sort, columns: [], limit, after }))
        found.push(...page.map((row) => Number(row._id)))
        const last = page.at(-1)
        if (last === undefined) break
        after = encodeCursor(sort, last)
        if (random.chance(0.1)) {
          const [place] = await database.run(selectBehind(filter, sort, after))
          expect(place?.behind, message).toBe(expected.length - found.length)
          const range = { offset: random.below(20), limit: 20 }
          const onward = await database.run(selectWindow({ filter, sort, columns: [], after, ...range }))
          const start = found.length + range.offset
          expect(
            onward.map((row) => Number(row._id)),
            message,
          ).toEqual(expected.slice(start, start + 20))
        }
      }
      expect(found.join(), message).toBe(expected.join())

      const range = { offset: random.below(170), limit: 1 + random.below(50) }
      const window = await database.run(selectWindow({ filter, sort, columns: [], ...range }))
      expect(
        window.map((row) => Number(row._id)),
        message,
      ).toEqual(expected.slice(range.offset, range.offset + range.limit))
    }
  })
})
