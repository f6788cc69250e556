import { readdirSync, readlinkSync } from 'node:fs'
import { createOps, type OrgOps } from '@opslayer/core'
import pg from 'pg'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeBothKinds, describeOneServer } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { migrated, openOps } from './testing/open-ops.ts'
import { openOpsOnce } from './testing/open-ops-once.ts'
import { rawQuery } from './testing/raw-query.ts'
import { textOf } from './testing/read-export.ts'

const actor = { type: 'user', id: 'u1' } as const

async function makeScores(acme: OrgOps, count: number, note = ''): Promise<{ table: string; ids: string[] }> {
  const { id } = await acme.tables.create({
    name: 'Scores',
    columns: [
      { name: 'Score', type: 'number' },
      { name: 'Note', type: 'text' },
    ],
  })
  await acme.rows.load(
    id,
    Array.from({ length: count }, (_, score) => ({ cells: { score, note } })),
  )
  const ids: string[] = []
  for await (const page of acme.rows.pages(id, { limit: 1000 })) ids.push(...page.map((row) => row.id))
  return { table: id, ids }
}

/** Files in the temporary directory that this process has open without a name. */
function openSpools(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return /opslayer-spool-.*\(deleted\)/.test(readlinkSync(`/proc/self/fd/${fd}`))
    } catch {
      return false
    }
  }).length
}

describeBothKinds('an export', (makeDatabase) => {
  const test = openOpsOnce(makeDatabase)

  it('equals the table at one moment while somebody edits it', { timeout: 120_000 }, async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table, ids } = await makeScores(acme, 6_000)
    const random = seededRandom(1)
    const model = new Map(ids.map((id, score) => [id, score]))
    const stateOf = () => [...model].map(([id, score]) => `${id},${score}\n`).join('')
    const states = [stateOf()]

    let exporting = true
    const editing = (async () => {
      while (exporting) {
        const known = [...model.keys()]
        const chosen = Array.from({ length: 200 }, () => known[random.below(known.length)] ?? '')
        const updates = [...new Set(chosen)].map((id) => ({ id, cells: { score: random.below(1e6) } }))
        await acme.rows.update(table, updates)
        for (const { id, cells } of updates) model.set(id, cells.score)
        states.push(stateOf())
        const gone = known[random.below(known.length)] ?? ''
        await acme.rows.delete(table, [gone])
        model.delete(gone)
        states.push(stateOf())
        const { rows } = await acme.rows.insert(table, [{ cells: { score: 7 } }])
        for (const { id } of rows) model.set(id, 7)
        states.push(stateOf())
      }
    })()
    const query = { format: 'csv', columns: ['_id', 'score'], header: 'none', bom: false, newline: '\n' } as const
    for (let round = 0; round < 3; round += 1) {
      const exported = await acme.exports.stream(table, query)
      const text = await textOf(exported)
      exporting = round < 2
      if (!exporting) await editing
      await expect.poll(() => states.includes(text), { message: `round ${round}` }).toBe(true)
    }
    expect(states.length).toBeGreaterThan(3)
  })

  it('goes on with the rows of its moment however late they are read', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table } = await makeScores(acme, 2_500, 'x'.repeat(2_400))
    const exported = await acme.exports.stream(table, { format: 'csv' })
    await acme.rows.deleteWhere(table, 'all')
    expect((await acme.rows.count(table)).count).toBe(0)
    expect((await textOf(exported)).split('\r\n')).toHaveLength(2_502)
    expect((await exported.finished).rows).toBe(2_500)
  })

  it('ends with its signal, and frees what it holds', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table } = await makeScores(acme, 2_500, 'x'.repeat(2_400))
    const before = openSpools()
    const controller = new AbortController()
    const exported = await acme.exports.stream(table, { format: 'csv' }, { signal: controller.signal })
    const reader = exported.body.getReader()
    await reader.read()
    controller.abort(new Error('enough'))
    const rest = async () => {
      while (!(await reader.read()).done);
    }
    await expect(rest()).rejects.toThrow('enough')
    await expect(exported.finished).rejects.toThrow('enough')
    await expect.poll(openSpools).toBe(before)
    expect((await acme.rows.count(table)).count).toBe(2_500)
  })

  it.each(['csv', 'jsonl', 'xlsx'] as const)('ends when its reader goes away, as %s', async (format) => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table } = await makeScores(acme, 2_500, 'x'.repeat(2_400))
    const before = openSpools()
    const exported = await acme.exports.stream(table, { format })
    for await (const chunk of exported.body) if (chunk.length > 0) break
    await expect(exported.finished).rejects.toThrow('cancelled')
    await expect.poll(openSpools).toBe(before)
  })

  it('ends when nobody reads on', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table } = await makeScores(acme, 10)
    const exported = await acme.exports.stream(table, { format: 'csv' }, { idleTimeoutMs: 20 })
    await expect(exported.finished).rejects.toMatchObject({ code: 'TIMEOUT' })
    await expect(textOf(exported)).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  it('says that it can write no temporary file, and frees its connection', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table } = await makeScores(acme, 2_500, 'x'.repeat(2_400))
    vi.stubEnv('TMPDIR', '/nonexistent')
    onTestFinished(() => void vi.unstubAllEnvs())
    const exporting = async () => {
      const exported = await acme.exports.stream(table, { format: 'csv' })
      // Read late, so that the file is needed.
      await acme.rows.updateWhere(table, 'all', { note: 'y' })
      return (await textOf(exported)).length
    }
    await expect(exporting()).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('TMPDIR') })
    expect((await acme.rows.count(table)).count).toBe(2_500)
  })

  it('says at once what does not fit', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table } = await makeScores(acme, 1)
    const refused = (query: object) => expect(acme.exports.stream(table, { format: 'csv', ...query })).rejects
    await refused({ columns: ['scroe'] }).toMatchObject({ code: 'NOT_FOUND' })
    await refused({ view: 'viw_aaaaaaaaaaaaaaaa' }).toMatchObject({ code: 'NOT_FOUND' })
    await refused({ filter: { column: 'score', op: 'soars' } }).toMatchObject({ code: 'INVALID_QUERY' })
    await refused({ delimiter: 'x' }).toMatchObject({ code: 'INVALID_INPUT', path: ['delimiter'] })
    await refused({ locale: 'not a locale' }).toMatchObject({ code: 'INVALID_INPUT', path: ['locale'] })
  })
})

describeOneServer('an export on a server', (makeDatabase) => {
  it('holds no connection for a slow reader', async () => {
    await using target = await makeDatabase(migrated)
    const pool = new pg.Pool({ connectionString: target.url, max: 1 })
    pool.on('error', () => {})
    const ops = createOps({ database: pool })
    try {
      const acme = ops.forOrg({ orgId: 'acme', actor })
      const { table } = await makeScores(acme, 5_000, 'x'.repeat(3_000))
      const exported = await acme.exports.stream(table, { format: 'csv' })
      // The only connection is free again although nobody has read a byte.
      expect((await acme.rows.count(table)).count).toBe(5_000)
      expect(pool.idleCount).toBe(1)
      expect((await textOf(exported)).split('\r\n')).toHaveLength(5_002)
    } finally {
      await ops.close()
      await pool.end()
    }
  })

  describe('while its transaction lasts', () => {
    it('holds up no reader of the change log', async () => {
      await using test = await openOps(makeDatabase)
      if (test.target.kind !== 'server') throw new Error('not a server')
      const acme = test.ops.forOrg({ orgId: 'acme', actor })
      const { table } = await makeScores(acme, 10)
      const other = await makeScores(acme, 10)
      const end = await acme.changes.end()
      await withClient(test.target.url, async (client) => {
        const { rows } = await client.query(
          `select format('ops_%s.t%s', o.short_id, t.number) as name
           from opslayer.orgs o join opslayer.tables t using (org_id) where t.id = $1`,
          [table],
        )
        await client.query(`begin; lock table ${rows[0].name} in access exclusive mode`)
        const exporting = acme.exports.stream(table, { format: 'csv' })
        const waiting = async () => {
          const found = await rawQuery(
            test.target,
            "select backend_xid from pg_stat_activity where wait_event_type = 'Lock' and query like 'copy %' and datname = current_database()",
          )
          return found.map(({ backend_xid }) => backend_xid)
        }
        await expect.poll(waiting).toEqual([null])
        await acme.rows.insert(other.table, [{ cells: { score: 1 } }])
        const read = async () => (await acme.changes.read({ after: end })).entries.length
        await expect.poll(read).toBe(1)
        await client.query('rollback')
        expect((await textOf(await exporting)).split('\r\n')).toHaveLength(12)
      })
    })
  })
})
