import type { RawBuilder } from 'kysely'
import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { checkFilter } from './check-filter.ts'
import { selectCount, selectIds } from './count.ts'
import { encodeCursor } from './cursor.ts'
import { selectPage, selectWindow } from './page.ts'
import { checkSort } from './sort.ts'
import { createPhysicalTable, testContext, testTable } from './testing/physical-table.ts'
import { compiled, openQueryDatabase } from './testing/query-database.ts'
import { tinyNumber, tinyText } from './testing/tiny-types.ts'

const table = testTable([
  { key: 'name', type: tinyText },
  { key: 'score', type: tinyNumber },
])
const rows = [
  { cells: { name: 'Ada', score: 3 } },
  { cells: { name: null, score: 3 } },
  { cells: { name: 'Bob', score: null } },
  { cells: { name: 'Ada', score: 1 } },
  { cells: { name: null, score: null } },
]

function sqlOf(query: RawBuilder<unknown>): string {
  return compiled(query).sql.replaceAll('"', '')
}

describe('statements', () => {
  const filter = checkFilter({ column: 'score', op: 'gt', value: 1 }, table, testContext)
  const columns = table.columns.slice(0, 1)

  it('read the users own order in one go', () => {
    const sort = checkSort(undefined, table)
    expect(sqlOf(selectPage({ filter, sort, columns, limit: 10 }))).toBe(
      'select t._id, t._version, t.c1, (t._position)::text as _k1 from ops_test.t1 as t ' +
        'where t.c2 > $1::numeric order by t._position asc, t._id asc limit $2',
    )
  })

  it('read values and then empties, each as a range of one ascending index', () => {
    const sort = checkSort([{ column: 'score', dir: 'desc' }], table)
    const after = encodeCursor(sort, { _id: '7', _k1: '1.5' })
    expect(sqlOf(selectPage({ filter, sort, columns, limit: 10, after }))).toBe(
      'select t._id, t._version, t.c1, (t.c2)::text as _k1 from (select ordered._id, row_number() over () as n from (' +
        '(select t._id from ops_test.t1 as t where (t.c2 is not null and (t.c2, t._id) < ($1::numeric, $2::bigint) and t.c2 > $3::numeric) order by t.c2 desc, t._id desc limit $4) union all ' +
        '(select t._id from ops_test.t1 as t where (t.c2 is null and t.c2 > $5::numeric) order by t._id desc limit $6) limit $7' +
        ') as ordered) as found join ops_test.t1 as t on t._id = found._id order by found.n',
    )
  })

  it('spell out the place behind several sorts, with empties last in each', () => {
    const sort = checkSort([{ column: 'score' }, { column: 'name', dir: 'desc' }], table)
    const where = (k2: string | null) => {
      const after = encodeCursor(sort, { _id: '7', _k1: '1.5', _k2: k2 })
      const all = checkFilter(undefined, table, testContext)
      return /where (.*?) order by/.exec(sqlOf(selectPage({ filter: all, sort, columns, limit: 10, after })))?.[1]
    }
    expect(where('Ada')).toBe(
      '(t.c2 is not null and (t.c2 >= $1::numeric and (t.c2 > $2::numeric or (t.c2 = $3::numeric and ' +
        '(t.c1 collate C < $4::text or t.c1 is null or (t.c1 collate C = $5::text and t._id > $6::bigint))))) and true)',
    )
    expect(where(null)).toBe(
      '(t.c2 is not null and (t.c2 >= $1::numeric and (t.c2 > $2::numeric or (t.c2 = $3::numeric and ' +
        '(t.c1 is null and t._id > $4::bigint)))) and true)',
    )
  })

  it('are refused beyond their bounds', () => {
    const sort = checkSort(undefined, table)
    for (const limit of [0, 1001, 1.5, Number.NaN]) {
      expect(() => selectPage({ filter, sort, columns, limit })).toThrow('from 1 to 1000')
    }
    expect(() => selectWindow({ filter, sort, columns, limit: 1, offset: -1 })).toThrow('“offset” must be')
  })
})

describeDatabases('pages', (makeDatabase, name) => {
  it.skipIf(name === 'embedded')('follow the dictionary of a language where a sort names one', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const names = ['Zebra', 'Äpple', 'apple', null, 'Banan']
    await createPhysicalTable(
      database,
      table,
      names.map((value) => ({ cells: { name: value } })),
    )
    const filter = checkFilter(undefined, table, testContext)
    for (const [locale, expected] of [
      ['de', [3, 2, 5, 1, 4]],
      ['sv', [3, 5, 1, 2, 4]],
    ] as const) {
      const sort = checkSort([{ column: 'name', locale }], table)
      const first = await database.run(selectPage({ filter, sort, columns: [], limit: 2 }))
      const after = encodeCursor(sort, first[1] ?? {})
      const second = await database.run(selectPage({ filter, sort, columns: [], limit: 3, after }))
      expect([...first, ...second].map((row) => Number(row._id))).toEqual(expected)
    }
  })

  it('walk the values and then the empties, in both directions', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    await createPhysicalTable(database, table, rows)
    const filter = checkFilter(undefined, table, testContext)
    for (const [input, expected] of [
      [undefined, '2,4,1,3,5'],
      [[{ column: 'name' }], '1,4,3,2,5'],
      [[{ column: 'name', dir: 'desc' }], '3,4,1,5,2'],
      [
        [
          { column: 'name', dir: 'desc' },
          { column: 'score', dir: 'asc' },
        ],
        '3,4,1,2,5',
      ],
      [[{ column: 'score' }, { column: 'name', dir: 'desc' }], '4,1,2,3,5'],
    ] as const) {
      const sort = checkSort(input, table)
      const found: unknown[] = []
      let after: string | undefined
      for (;;) {
        const page = await database.run(selectPage({ filter, sort, columns: table.columns, limit: 2, after }))
        found.push(...page.map((row) => row._id))
        const last = page.at(-1)
        if (last === undefined) break
        after = encodeCursor(sort, last)
      }
      if (input !== undefined) expect(found.join(), JSON.stringify(input)).toBe(expected)
      const window = await database.run(selectWindow({ filter, sort, columns: table.columns, offset: 1, limit: 3 }))
      expect(window.map((row) => row._id)).toEqual(found.slice(1, 4))
    }
    expect(await database.run(selectCount({ filter }))).toEqual([{ count: 5 }])
    expect(await database.run(selectCount({ filter, atMost: 2 }))).toEqual([{ count: 3 }])
    const some = checkFilter({ not: { column: 'score', op: 'gt', value: 2 } }, table, testContext)
    expect((await database.run(selectIds({ filter: some, limit: 10 }))).map((row) => row._id)).toEqual(['3', '4', '5'])
  })
})
