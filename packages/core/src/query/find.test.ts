import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { checkFilter } from './check-filter.ts'
import { selectCount } from './count.ts'
import { encodeCursor } from './cursor.ts'
import { findFilter, selectFind } from './find.ts'
import { selectBehind } from './place.ts'
import { selectRowsById } from './rows-by-id.ts'
import { checkSort } from './sort.ts'
import { createPhysicalTable, testContext, testTable } from './testing/physical-table.ts'
import { openQueryDatabase } from './testing/query-database.ts'

const table = testTable([
  { key: 'email', type: builtInColumnTypes.email },
  { key: 'amount', type: builtInColumnTypes.number },
  {
    key: 'stage',
    type: builtInColumnTypes.dropdown,
    settings: {
      options: [
        { id: 'won', name: 'Gewonnen 12' },
        { id: 'lost', name: 'Lost' },
      ],
    },
  },
])
const rows = [
  { cells: { email: 'ada12@x.io', amount: 12, stage: 'won' } },
  { cells: { email: 'bob@x.io', amount: 120, stage: 'won' } },
  { cells: { email: 'cy@x.io', amount: 12, stage: 'lost' } },
  { cells: { email: null, amount: 5, stage: 'lost' } },
  { cells: { email: 'x12@y.io', amount: null, stage: null } },
]

describeDatabases('find', (makeDatabase) => {
  it('goes through the hits in the order of the view and knows their number', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    await createPhysicalTable(database, table, rows)
    const filter = checkFilter(undefined, table, testContext)
    const sort = checkSort([{ column: 'amount', dir: 'desc' }], table)
    const query = { filter, sort, text: '12', columns: table.columns, limit: 3 }
    const first = await database.run(selectFind(query))
    expect(first.map(({ _id, _hits }) => [_id, _hits])).toEqual([
      ['2', ['col_3']],
      ['3', ['col_2']],
      ['1', ['col_1', 'col_2', 'col_3']],
    ])
    const last = first.at(-1)
    if (last === undefined) throw new Error('No hit')
    const second = await database.run(selectFind({ ...query, after: encodeCursor(sort, last) }))
    expect(second.map(({ _id, _hits }) => [_id, _hits])).toEqual([['5', ['col_1']]])
    expect(await database.run(selectCount({ filter: findFilter(query) }))).toEqual([{ count: 4 }])

    const [known] = await database.run(selectRowsById({ table, ids: ['1'], columns: [], sort }))
    if (known === undefined) throw new Error('No row')
    const place = encodeCursor(sort, known)
    expect(await database.run(selectBehind(findFilter(query), sort, place))).toEqual([{ behind: 1 }])
    expect(await database.run(selectBehind(filter, sort, place))).toEqual([{ behind: 2 }])
  })
})

it('refuses to find nothing', () => {
  const filter = checkFilter(undefined, table, testContext)
  const sort = checkSort(undefined, table)
  expect(() => selectFind({ filter, sort, text: ' ', columns: table.columns, limit: 10 })).toThrow('Write between')
})
