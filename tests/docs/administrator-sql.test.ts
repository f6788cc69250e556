import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { withDatabase } from '../databases/database-names.ts'
import { startServer } from '../databases/start-server.ts'
import { testDatabases } from '../databases/test-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { workspaceRoot } from '../rooms/workspace-packages.ts'

it.runIf(testDatabases.includes('pg18'))(
  'an administrator can run the SQL of the guide, word for word',
  async () => {
    const guide = readFileSync(join(workspaceRoot, 'docs/guides/embed.md'), 'utf8')
    const [, script = ''] = /```sql\n([\s\S]*?)```/.exec(guide) ?? []
    await using server = await startServer({ version: 18 })
    await withClient(server.url, async (client) => {
      await client.query('create database app')
      await client.query("create role web login password 'secret'")
    })
    const administrator = withDatabase(server.url, 'app')
    const login = new URL(administrator)
    login.username = 'web'
    login.password = 'secret'

    await using ops = createOps({ database: login.href })
    await expect(ops.migrate()).rejects.toMatchObject({ code: 'DATABASE_UNSUITABLE' })
    await withClient(administrator, (client) => client.query(script))
    await ops.migrate()
    const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    await acme.tables.create({ name: 'Leads', columns: [{ name: 'Email', type: 'email' }] })
    expect((await acme.tables.list()).items).toHaveLength(1)
  },
  60_000,
)
