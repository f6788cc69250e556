import { createOps, type OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { migrated } from './testing/open-ops.ts'
import { recordingPool } from './testing/recording-pool.ts'

const rowCount = 20_000

/** As wide as rows of people's tables are; of narrow ones PostgreSQL rightly reads all pages rather than a hundred. */
const notes = 'met at the fair, asked for a second offer with longer terms, '.repeat(7)

async function loadNumbers(acme: OrgOps): Promise<{ readonly id: string; readonly rowIds: readonly string[] }> {
  const { id } = await acme.tables.create({
    name: 'Numbers',
    columns: [
      { name: 'Notes', type: 'long_text' },
      { name: 'N', type: 'number' },
      // Computed by each of the writes.
      { name: 'Half', formula: 'ROUND(@n / 2)' },
      { name: 'Label', formula: 'UPPER(LEFT(@notes, 3)) & @half' },
    ],
  })
  const rows = Array.from({ length: rowCount }, (_, n) => ({ cells: { notes, n } }))
  await acme.rows.load(id, rows)
  const { rows: first } = await acme.rows.page(id, { limit: 100 })
  return { id, rowIds: first.map((row) => row.id) }
}

/** The physical tables of users are named `t1`, `t2` … */
const scanOfAllRows = /Seq Scan on t\d+/

describeDatabases('plans', (makeDatabase, name) => {
  it.skipIf(name === 'embedded')('reach rows that are named by their ids through the primary key', async () => {
    await using database = await makeDatabase(migrated)
    if (database.kind !== 'server') throw new Error('Only connections to a server can be recorded.')
    await using pool = recordingPool(database.url)
    await using ops = createOps({ database: pool })
    const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const table = await loadNumbers(acme)
    await withClient(database.url, (client) => client.query('analyze'))
    const writes: readonly [what: string, write: () => Promise<unknown>][] = [
      ['one cell', () => acme.rows.update(table.id, [{ id: table.rowIds[5] ?? '', cells: { n: -5 } }])],
      [
        'a hundred rows',
        () =>
          acme.rows.update(
            table.id,
            table.rowIds.map((id) => ({ id, cells: { n: -1 } })),
          ),
      ],
      ['every row', () => acme.rows.updateWhere(table.id, 'all', { n: -2 })],
    ]
    for (const [what, write] of writes) {
      await write()
      const plan = await pool.lastWritePlan()
      expect(plan, what).toMatch(/Update on t\d+/)
      expect(plan, what).not.toMatch(scanOfAllRows)
    }
    await acme.rows.getMany(table.id, table.rowIds)
    expect(await pool.lastPlan()).not.toMatch(scanOfAllRows)
    await acme.rows.page(table.id, { limit: 100 })
    expect(await pool.lastPlan()).not.toMatch(scanOfAllRows)
  })
})
