import { randomBytes } from 'node:crypto'
import { startSimulator } from '@opslayer/core/testing'
import { http } from '@opslayer/plugins/http'
import { reoon } from '@opslayer/plugins/reoon'
import { reoonSimulator } from '@opslayer/plugins/reoon/simulator'
import { expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const
const encryptionKeys = [{ id: 'k1', key: randomBytes(32).toString('base64') }]

describeBothKinds('calls of plugins', (makeDatabase) => {
  it('are listed and summed up, with how they ended and without the key', async () => {
    await using vendor = await startSimulator(reoonSimulator)
    await using test = await openOps(makeDatabase, {
      plugins: [reoon({ baseUrl: vendor.url }), http()],
      encryptionKeys,
    })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    vendor.faults.add({ kind: 'answer', answer: { status: 503 } })
    const { id } = await acme.connections.connect({ plugin: 'reoon', credentials: { key: 'reoon-key' } })
    await acme.connections.test(id)
    await expect.poll(async () => (await acme.calls.list()).items.length).toBe(3)
    const { items } = await acme.calls.list()
    const about = { plugin: 'reoon', method: 'GET', host: new URL(vendor.url).host, error: null, runId: null }
    expect(items).toMatchObject([
      { ...about, route: '/api/v1/check-account-balance/', status: 200, attempt: 1 },
      { ...about, status: 200, attempt: 2 },
      { ...about, status: 503, attempt: 1 },
    ])
    expect((await acme.calls.list({ failed: true })).items.map(({ status }) => status)).toEqual([503])
    const page = await acme.calls.list({ limit: 2 })
    const rest = await acme.calls.list({ limit: 2, cursor: page.nextCursor ?? '' })
    expect([...page.items, ...rest.items]).toEqual(items)
    expect(rest.nextCursor).toBeNull()
    const from = new Date(Date.now() - 3_600_000).toISOString()
    const sums = await acme.calls.sums({ unit: 'hour', from, plugin: 'reoon' })
    expect(sums.reduce((sum, { calls }) => sum + calls, 0)).toBe(3)
    expect(sums.reduce((sum, { failed }) => sum + failed, 0)).toBe(1)
    expect(await acme.calls.sums({ unit: 'minute', from, plugin: 'http' })).toEqual([])
    expect(JSON.stringify([items, sums])).not.toContain('reoon-key')
    await expect(acme.calls.list({ cursor: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describeOneDatabase('calls of plugins', (makeDatabase) => {
  it('to an address that a user gives reach no private network, unless the host allows it', async () => {
    await using service = await startSimulator(reoonSimulator)
    const credentials = { baseUrl: service.url, value: 'Bearer s3cret' }
    {
      await using test = await openOps(makeDatabase, { plugins: [http()], encryptionKeys })
      const acme = test.ops.forOrg({ orgId: 'acme', actor })
      const refused = acme.connections.connect({ plugin: 'http', credentials })
      await expect(refused).rejects.toMatchObject({ code: 'URL_REFUSED' })
      expect(service.journal.entries).toHaveLength(0)
    }
    const allowedOrigins = [new URL(service.url).origin]
    await using test = await openOps(makeDatabase, { plugins: [http()], encryptionKeys, allowedOrigins })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    expect(await acme.connections.connect({ plugin: 'http', credentials })).toMatchObject({ state: 'connected' })
    expect(service.journal.entries).toHaveLength(1)
  })
})
