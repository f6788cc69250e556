import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { checkFilter } from './check-filter.ts'
import { selectCount, selectIds } from './count.ts'
import { encodeCursor } from './cursor.ts'
import { selectPage, selectWindow } from './page.ts'
import { checkSort } from './sort.ts'
import { createPhysicalTable, testContext, testTable } from './testing/physical-table.ts'
import { openQueryDatabase } from './testing/query-database.ts'
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

describeDatabases('pages', (makeDatabase) => {
  it('walk the values and then the empties, in both directions', async () => {
    await using target = await makeDatabase()
    await using database = await openQueryDatabase(target)
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
