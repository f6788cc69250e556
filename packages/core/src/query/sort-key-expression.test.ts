import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { sortKey } from '../values/sort-key.ts'
import { sortKeyExpression } from './sort-key-expression.ts'
import { openQueryDatabase } from './testing/query-database.ts'
import { seededRandom } from './testing/random.ts'

const pieces = [
  'a',
  'B',
  ' ',
  ' ',
  '0',
  '1',
  '09',
  '000000000000007',
  '999999999999',
  '1234567890123',
  '.',
  '\\',
  '&',
  '~',
  'é',
  'ß',
  '\t',
  '🙂',
]

describeDatabases('sort keys', (makeDatabase) => {
  it('are the same from SQL as from TypeScript, on the short way and the long way', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const random = seededRandom(3)
    const texts = Array.from({ length: 3000 }, () => {
      return Array.from({ length: random.below(random.chance(0.1) ? 120 : 8) }, () => random.pick(pieces)).join('')
    })
    const keys = await database.run<{ key: string }>(
      sql`select ${sortKeyExpression(sql.ref('u.text'))} as key from unnest(${texts}::text[]) with ordinality as u(text, n) order by n`,
    )
    const wrong = texts.filter((text, i) => keys[i]?.key !== sortKey(text))
    expect(wrong).toEqual([])
  })
})
