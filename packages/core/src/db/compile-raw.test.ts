import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { rawQuery } from '../../../../tests/flows/testing/raw-query.ts'
import { compileLiteral } from './compile-raw.ts'

const text = fc.string({ unit: fc.constantFrom(...'\'"\\{}$1,:;- \nNULLéE😀'), maxLength: 12 })

describeDatabases('a value written into a statement', (makeDatabase) => {
  it('is the value, and nothing else', async () => {
    await using database = await makeDatabase()
    const texts = fc.sample(text, { seed: 1, numRuns: 300 })
    const each = texts.map((value) => sql`(${value}::text)`)
    const many = sql`select t from (values ${sql.join(each)}) as v (t)`
    expect((await rawQuery(database, compileLiteral(many))).map(({ t }) => t)).toEqual(texts)

    const query = sql`select to_json(${[...texts, null]}::text[]) as list, ${5}::int as number, ${true}::boolean as yes,
      ${null}::text as nothing, ${[1, 2]}::bigint[] as numbers`
    expect(await rawQuery(database, compileLiteral(query))).toEqual([
      { list: [...texts, null], number: 5, yes: true, nothing: null, numbers: ['1', '2'] },
    ])
  })
})

it('refuses what has no literal', () => {
  expect(() => compileLiteral(sql`select ${{ a: 1 }}`)).toThrow('cannot be written')
})
