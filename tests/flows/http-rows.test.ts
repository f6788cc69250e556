import { defineSimulator, startSimulator } from '@opslayer/core/testing'
import { http } from '@opslayer/plugins/http'
import { createFetchHandler } from '@opslayer/server'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const service = defineSimulator({ id: 'service', state: () => ({}), routes: { 'GET /': () => ({ json: {} }) } })

describeDatabases('rows that others send', (makeDatabase) => {
  it('come in by the handler and stand in the table, once each', async () => {
    await using vendor = await startSimulator(service)
    await using test = await openOps(makeDatabase, {
      plugins: [http()],
      encryptionKeys: [{ id: 'k1', key: Buffer.alloc(32, 3).toString('base64') }],
      publicUrl: 'https://app.example.com/ops',
      allowedOrigins: [vendor.url],
    })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const { id } = await acme.connections.connect({
      plugin: 'http',
      credentials: { baseUrl: `${vendor.url}/`, value: 'Bearer token' },
    })
    const feed = await acme.sources.create(null, { plugin: 'http', part: 'received', connectionId: id })
    const [hook] = await acme.connections.webhooks(id)
    const secret = hook?.url.split('.').at(-1) ?? ''
    const handler = createFetchHandler(test.ops, { context: () => null, basePath: '/ops' })
    const post = async (body: unknown, given = secret): Promise<number> => {
      const headers = { 'content-type': 'application/json', 'x-opslayer-secret': given }
      return (await handler(new Request(hook?.url ?? '', { method: 'POST', headers, body: JSON.stringify(body) })))
        .status
    }
    expect(
      await post([
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Eve' },
      ]),
    ).toBe(200)
    expect(await post({ id: 2, name: 'Eva' })).toBe(200)
    expect(await post({ id: 2, name: 'Eva' })).toBe(200)
    expect(await post({ id: 3 }, 'wrong')).toBe(401)
    await expect
      .poll(async () => (await acme.rows.page(feed.tableId)).rows.map(({ cells }) => cells.data), { timeout: 30_000 })
      .toEqual([
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Eva' },
      ])
  })
})
