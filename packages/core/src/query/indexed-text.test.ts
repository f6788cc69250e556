import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import type { Predicate } from '../values/predicate.ts'
import { sortKey } from '../values/sort-key.ts'
import { compilePredicate } from './compile-predicate.ts'
import { indexedTextLength } from './lowered-text.ts'
import { openQueryDatabase } from './testing/query-database.ts'
import { seededRandom } from './testing/random.ts'

/** Letters that fold by what follows, to more than one letter, or not at all. */
const pieces = ['a', 'B', 'İ', 'i̇', 'Σ', 'σ', 'ς', 'ß', 'É', 'é', '1', '01', ' ', '🙂', '%', '\\']

describeDatabases('conditions that name an index', (makeDatabase) => {
  it('let through the same texts as those that name none', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const random = seededRandom(7)
    const some = (length: number): string => Array.from({ length }, () => random.pick(pieces)).join('')
    const texts = Array.from({ length: 300 }, (_, i) => {
      // Around the place where the index ends, and short enough to be equal now and then.
      if (i % 40 === 0) return 'x'.repeat(indexedTextLength - random.below(4)) + some(4)
      if (i % 40 === 1) return 'İ'.repeat(indexedTextLength / 2 - random.below(3)) + some(5)
      return some(1 + random.below(3))
    })
    await database.execute('create table t1 (n int, c1 text collate "C", c1_k text collate "C")')
    await database.run(
      sql`insert into t1 select * from unnest(${texts.map((_, i) => i)}::int[], ${texts}::text[], ${texts.map(sortKey)}::text[])`,
    )
    const target = { ref: sql.id('t', 'c1'), storage: 'text' } as const
    const rowsOf = async (predicate: Predicate, indexed: boolean, negated: boolean) => {
      const known = indexed ? { ...target, sortKey: sql.id('t', 'c1_k'), searchIndexed: true } : target
      return await database.run(
        sql`select n from t1 as t where ${compilePredicate(predicate, known, negated)} order by n`,
      )
    }
    let found = 0
    for (let round = 0; round < 16; round += 1) {
      const value =
        round % 4 === 0 ? (texts[round * 10 + (round % 8 === 0 ? 0 : 1)] ?? '').slice(-6) : some(1 + random.below(3))
      const matches = ['equals', 'contains', 'starts', 'ends'] as const
      const predicates: Predicate[] = [
        ...matches.map((match) => ({ kind: 'text', match, value }) as const),
        { kind: 'compare', op: '=', value },
        { kind: 'in', values: [value, texts[round * 10] ?? ''] },
        { kind: 'text-in', values: [value, some(2)] },
      ]
      for (const predicate of predicates) {
        for (const negated of [false, true]) {
          const rows = await rowsOf(predicate, false, negated)
          expect(await rowsOf(predicate, true, negated), JSON.stringify(predicate)).toEqual(rows)
          found += negated ? 0 : rows.length
        }
      }
    }
    expect(found).toBeGreaterThan(100)
  })
})
