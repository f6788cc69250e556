import { type Change, createOps, embedded, type OrgOps } from '@opslayer/core'
import { describe, expect, it } from 'vitest'
import { makeDatabase } from '../databases/make-database.ts'
import { testDatabases } from '../databases/test-databases.ts'
import { nextJson, startChild } from './testing/child.ts'

const actor = { type: 'user', id: 'u1' } as const

interface Acknowledged {
  readonly row: string
  readonly text?: string
}

/** All of the log. A kill leaves a gap in its numbers, before which a page ends. */
async function readLog(org: OrgOps): Promise<Change[]> {
  const entries: Change[] = []
  let after: string | undefined
  for (;;) {
    const page = await org.changes.read({ after, limit: 1_000 })
    entries.push(...page.entries)
    if (page.entries.length === 0 && page.gap === null) return entries
    after = page.cursor
  }
}

describe.runIf(testDatabases.includes('embedded'))('the embedded database of a killed process', () => {
  it('is refused to a second process with a sentence, until the first is gone', { timeout: 90_000 }, async () => {
    await using database = await makeDatabase('embedded')
    if (database.kind !== 'embedded') return
    await using child = startChild('write-until-killed.ts', database.directory)
    await nextJson(child)
    await using ops = createOps({ database: embedded(database.directory) })
    await expect(ops.migrate()).rejects.toMatchObject({
      code: 'EMBEDDED_LOCKED',
      message: expect.stringMatching(/is in use by another process \(pid \d+\)\. Close it there first/),
    })
    await expect(ops.forOrg({ orgId: 'acme', actor }).tables.list()).rejects.toMatchObject({ code: 'EMBEDDED_LOCKED' })
    await child.kill()
    await ops.migrate()
    expect((await ops.forOrg({ orgId: 'acme', actor }).tables.list()).items).toHaveLength(1)
  })

  it('holds every row and change that was acknowledged', { timeout: 90_000 }, async () => {
    await using database = await makeDatabase('embedded')
    if (database.kind !== 'embedded') return
    const acknowledged: Acknowledged[] = []
    for (const writes of [1, 40, 150]) {
      await using child = startChild('write-until-killed.ts', database.directory)
      const { table } = (await nextJson(child)) as { table: string }
      for (let seen = 0; seen < writes; seen += 1) acknowledged.push((await nextJson(child)) as Acknowledged)
      await child.kill()
      await using ops = createOps({ database: embedded(database.directory) })
      await ops.migrate()
      const acme = ops.forOrg({ orgId: 'acme', actor })
      const rows = await acme.rows.getMany(
        table,
        acknowledged.map(({ row }) => row),
      )
      expect(rows).toHaveLength(acknowledged.length)
      for (const [at, { row, text }] of acknowledged.entries()) {
        expect(rows[at]).toMatchObject({ id: row, ...(text !== undefined && { cells: { text } }) })
      }
      // The log tells of no row that is not there, and of every one that is.
      const inserted = (await readLog(acme)).filter(({ kind }) => kind === 'rows-inserted').length
      expect((await acme.rows.count(table)).count).toBe(inserted)
    }
  })
})
