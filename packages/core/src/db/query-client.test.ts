import pg from 'pg'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../../../../tests/databases/describe-databases.ts'
import type { PgClient } from './pool.ts'
import { queryClient } from './query-client.ts'

describeOneDatabase('a client of the host’s own making', (makeDatabase) => {
  it('that cannot pipeline is given one query at a time, also behind one that fails', async () => {
    await using database = await makeDatabase()
    if (database.kind !== 'server') throw new Error('Clients of a host are those of a server.')
    const own = new pg.Client({ connectionString: database.url })
    await own.connect()
    let [asked, most] = [0, 0]
    const client: PgClient = {
      query: async (query) => {
        asked += 1
        most = Math.max(most, asked)
        try {
          return await own.query({ text: query.text })
        } finally {
          asked -= 1
        }
      },
      release: () => {},
    }
    const texts = ['select 1 as n', 'select 1 / 0 as n', 'select 3 as n']
    const answers = await Promise.allSettled(texts.map((text) => queryClient(client, { text })))
    await own.end()
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.rows : answer.reason.code))).toEqual([
      [{ n: 1 }],
      '22012',
      [{ n: 3 }],
    ])
    expect(most).toBe(1)
  })
})
