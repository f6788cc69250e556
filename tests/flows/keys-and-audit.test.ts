import type { AuditEntry } from '@opslayer/core'
import { createFetchHandler, type LogEntry } from '@opslayer/server'
import { expect, it } from 'vitest'
import { describeOneDatabase, describeServers } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'
import { openOpsOnce } from './testing/open-ops-once.ts'
import { rawQuery } from './testing/raw-query.ts'
import { identityOf, memberHeader, serveOps } from './testing/serve-ops.ts'

const actor = { type: 'user', id: 'ann' } as const

describeOneDatabase('API keys', (makeDatabase) => {
  const test = openOpsOnce(makeDatabase)

  it('say who calls, until they are revoked or expire', async () => {
    let now = new Date('2026-11-20T12:00:00Z')
    await using test = await openOps(makeDatabase, { now: () => now })
    const { ops } = test
    const acme = ops.forOrg({ orgId: 'acme', actor })
    const key = await acme.keys.create({ name: 'Nightly job', role: 'editor', expiresAt: '2026-11-21T12:00:00Z' })
    expect(await ops.identityOfKey(key.token)).toEqual({
      orgId: 'acme',
      actor: { type: 'key', id: key.id, role: 'editor' },
    })
    const [listed] = (await acme.keys.list()).items
    expect(listed).toMatchObject({
      id: key.id,
      name: 'Nightly job',
      lastUsedAt: expect.any(String),
      createdBy: 'user:ann',
    })
    expect(JSON.stringify(listed)).not.toContain(key.token.split('.')[3])

    now = new Date('2026-11-21T12:00:00Z')
    expect(await ops.identityOfKey(key.token)).toBeNull()
    const other = await acme.keys.create({ name: 'Other', role: 'viewer' })
    expect(await ops.identityOfKey(other.token)).not.toBeNull()
    await acme.keys.revoke(other.id)
    expect(await ops.identityOfKey(other.token)).toBeNull()
    await expect(
      acme.keys.create({ name: 'Late', role: 'viewer', expiresAt: '2026-11-21T11:00:00Z' }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', path: ['expiresAt'] })
  })

  it('are nothing when forged, and of no use in another org', async () => {
    const { ops } = test
    const acme = ops.forOrg({ orgId: 'acme', actor })
    const globex = ops.forOrg({ orgId: 'globex', actor })
    await globex.tables.list()
    const { token, id } = await acme.keys.create({ name: 'Key', role: 'owner' })
    const [, org = '', key = '', secret = ''] = token.split('.')
    const elsewhere = Buffer.from('globex').toString('base64url')
    const nowhere = Buffer.from('nobody').toString('base64url')
    const forged = [
      `opk.${elsewhere}.${key}.${secret}`,
      `opk.${nowhere}.${key}.${secret}`,
      `opk.${org}.${key}.${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`,
      `opk.${org}.${key}.`,
      `${token}x`,
      '',
      'opk...',
      `opk.${Buffer.from("'; drop").toString('base64url')}.${key}.${secret}`,
    ]
    for (const text of forged) expect([text, await ops.identityOfKey(text)]).toEqual([text, null])
    await expect(globex.keys.revoke(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await ops.identityOfKey(token)).not.toBeNull()
  })

  it('open the tables that they are for, over HTTP, and no role above their maker’s', async () => {
    await using served = await serveOps(test.ops)
    const admin = served.clientOf({ orgId: 'acme', id: 'ann', role: 'admin' })
    const open = await admin.tables.create.mutate({ name: 'Open' })
    const closed = await admin.tables.create.mutate({ name: 'Closed' })
    const { token } = await admin.keys.create.mutate({ name: 'Job', role: 'viewer', tableIds: [open.id] })
    const call = async (path: string, bearer = token): Promise<Response> =>
      await fetch(`${served.url}/rpc/${path}`, { headers: { authorization: `Bearer ${bearer}` } })
    const input = (value: object): string => `input=${encodeURIComponent(JSON.stringify(value))}`
    expect((await call(`rows.page?${input({ tableId: open.id })}`)).status).toBe(200)
    expect((await call(`rows.page?${input({ tableId: closed.id })}`)).status).toBe(404)
    expect(await (await call('tables.list?input={}')).text()).not.toContain(closed.id)
    expect((await call('keys.list?input={}')).status).toBe(403)
    expect((await call('tables.list?input={}', `${token}x`)).status).toBe(401)
    const nowhere = admin.keys.create.mutate({
      name: 'Typo',
      role: 'viewer',
      tableIds: [open.id, `${open.id.slice(0, -1)}_`],
    })
    await expect(nowhere).rejects.toMatchObject({ data: { ops: { code: 'NOT_FOUND' } } })
    await expect(admin.keys.create.mutate({ name: 'Up', role: 'owner' })).rejects.toMatchObject({
      data: { ops: { code: 'FORBIDDEN' } },
    })
  })
})

describeOneDatabase('the audit log', (makeDatabase) => {
  it('tells of calls that were refused and of those that matter', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops)
    const viewer = served.clientOf({ orgId: 'acme', id: 'vic', role: 'viewer' })
    const admin = served.clientOf({ orgId: 'acme', id: 'ann', role: 'admin' })
    const { id } = await admin.tables.create.mutate({ name: 'T', columns: [{ name: 'A', type: 'text' }] })
    await viewer.tables.delete.mutate({ tableId: id }).catch(() => undefined)
    await admin.rows.insert.mutate({ tableId: id, rows: [{ cells: {} }] })
    await admin.tables.delete.mutate({ tableId: id })
    const { items } = await admin.audit.list.query({})
    expect(items).toMatchObject([
      { seq: '3', action: 'tables.delete', outcome: 'done', target: id, actor: { type: 'user', id: 'ann' } },
      { seq: '2', action: 'tables.delete', outcome: 'refused', target: id, actor: { type: 'user', id: 'vic' } },
      { seq: '1', action: 'tables.create', outcome: 'done' },
    ])
    expect(items.every(({ requestId }) => requestId !== null)).toBe(true)
    const refused = await admin.audit.list.query({ outcome: 'refused', actor: 'user:vic' })
    expect(refused.items.map(({ seq }) => seq)).toEqual(['2'])
  })
})

describeOneDatabase('a download that breaks off', (makeDatabase) => {
  it('is told to the operator, though its beginning was sent', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    await Promise.all(Array.from({ length: 1_001 }, () => acme.audit.add({ action: 'test', outcome: 'done' })))
    const log: LogEntry[] = []
    const handler = createFetchHandler(test.ops, { context: identityOf, log: (entry) => log.push(entry) })
    const headers = memberHeader({ orgId: 'acme', id: 'ann', role: 'admin' })
    const response = await handler(new Request('http://host/ops/audit', { headers }))
    const reader = response.body?.getReader()
    await reader?.read()
    await test.ops.close()
    await expect(
      (async () => {
        while ((await reader?.read())?.done === false);
      })(),
    ).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    expect(log.map(({ level, message, procedure, code }) => [level, message, procedure, code])).toEqual([
      ['info', 'call', 'audit.export', undefined],
      ['error', 'broken off', 'audit.export', 'DATABASE_UNAVAILABLE'],
    ])
  })
})

describeServers('the audit log', (makeDatabase) => {
  it('shows when an entry was changed, removed or cut off', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    expect(await acme.audit.verify()).toEqual({ intact: true, brokenAt: null, entries: 0, head: null })
    const add = (n: number): Promise<AuditEntry> =>
      acme.audit.add({ action: 'test', outcome: 'done', detail: { n, z: { b: 1, a: [null, 'ü'] } } })
    // At once, and yet one after the other.
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(n)))
    const whole = await acme.audit.verify()
    expect(whole).toMatchObject({ intact: true, entries: 20, head: { seq: '20' } })
    const exported: AuditEntry[] = []
    for await (const entry of acme.audit.export()) exported.push(entry)
    expect(exported.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => String(n + 1)))

    const tamper = async (sql: string): Promise<void> => void (await rawQuery(test.target, sql))
    await tamper(`update opslayer.audit set detail = detail || '{"n": 100}' where seq = 7`)
    expect(await acme.audit.verify()).toMatchObject({ intact: false, brokenAt: '7' })
    await tamper(`update opslayer.audit set detail = '${JSON.stringify(exported[6]?.detail)}' where seq = 7`)
    expect(await acme.audit.verify()).toMatchObject({ intact: true })
    await tamper('delete from opslayer.audit where seq = 20')
    expect(await acme.audit.verify()).toMatchObject({ intact: true, entries: 19 })
    expect(await acme.audit.verify(whole.head ?? undefined)).toMatchObject({ intact: false, brokenAt: '20' })
    await tamper('delete from opslayer.audit where seq = 3')
    expect(await acme.audit.verify()).toMatchObject({ intact: false, brokenAt: '3' })
  })
})
