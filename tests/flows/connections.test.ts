import { randomBytes } from 'node:crypto'
import type { OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { startOAuthVendor } from './testing/oauth-vendor.ts'
import { openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'
import { vendorPlugin } from './testing/vendor-plugin.ts'

const actor = { type: 'user', id: 'u1' } as const
const encryptionKeys = [{ id: 'k1', key: randomBytes(32).toString('base64') }]
const redirectUri = 'https://app.example.com/ops/oauth/callback'
const browser = 'session-of-the-browser'
const goodKey = 'key-0123456789-abcd'

/** Goes through the consent screen and back. */
async function connectByOAuth(
  ops: { readonly finishOAuth: import('@opslayer/core').Ops['finishOAuth'] },
  acme: OrgOps,
  vendor: Awaited<ReturnType<typeof startOAuthVendor>>,
) {
  const { url } = await acme.connections.beginOAuth({ plugin: 'vendor', redirectUri, session: browser })
  const back = await vendor.consent(url)
  return (await ops.finishOAuth({ ...back, session: browser })).connection
}

describeDatabases('connections', (makeDatabase, name) => {
  it('are kept for a key that the vendor takes, and show its last characters only', async () => {
    await using vendor = await startOAuthVendor()
    vendor.keys.add(goodKey)
    await using test = await openOps(makeDatabase, { plugins: [vendorPlugin(vendor.origin)], encryptionKeys })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const made = await acme.connections.connect({ plugin: 'vendor', credentials: { key: goodKey } })
    expect(made).toMatchObject({
      plugin: 'vendor',
      pluginVersion: '1.2.3',
      method: 'api-key',
      name: 'Acme at vendor',
      state: 'connected',
      reason: null,
      account: { id: 'acc_1', name: 'Acme at vendor' },
      hint: '…abcd',
      createdBy: 'user:u1',
    })
    const second = await acme.connections.connect({ plugin: 'vendor', name: 'Second', credentials: { key: goodKey } })
    const page = await acme.connections.list({ plugin: 'vendor', limit: 1 })
    const rest = await acme.connections.list({ limit: 1, cursor: page.nextCursor ?? '' })
    expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual([made.id, second.id].sort())
    expect(rest.nextCursor).toBeNull()
    expect((await acme.connections.rename(second.id, 'Other')).name).toBe('Other')
    const named = { id: second.id, plugin: 'vendor', name: 'Other', state: 'connected' }
    expect((await acme.connections.names({ plugin: 'vendor' })).items).toContainEqual(named)
    expect(
      await acme.plugins.options({
        plugin: 'vendor',
        kind: 'actions',
        part: 'push',
        field: 'campaign',
        connectionId: made.id,
        search: 'Spr',
      }),
    ).toEqual([{ value: 'Spring', label: 'Spring' }])
    await acme.connections.disconnect(made.id)
    await expect(acme.connections.get(made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(JSON.stringify(await acme.connections.list())).not.toContain(goodKey)
  })

  it('refresh a token ahead of its end once, however many ask', async () => {
    await using vendor = await startOAuthVendor()
    vendor.lifetime = 0.001
    await using test = await openOps(makeDatabase, { plugins: [vendorPlugin(vendor.origin)], encryptionKeys })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await connectByOAuth(test.ops, acme, vendor)
    vendor.lifetime = 3_600
    const campaigns = { plugin: 'vendor', kind: 'actions', part: 'push', field: 'campaign', connectionId: id } as const
    const asked = Array.from({ length: 20 }, () => acme.plugins.options(campaigns))
    expect((await Promise.all(asked)).every((list) => list.length === 2)).toBe(true)
    expect(vendor.counts.refresh).toBe(1)
    // A token that ends before its time is refreshed as well, and the call made again.
    vendor.endTokens()
    const again = Array.from({ length: 20 }, () => acme.plugins.options(campaigns))
    expect((await Promise.all(again)).every((list) => list.length === 2)).toBe(true)
    expect(vendor.counts.refresh).toBe(2)
    expect((await acme.connections.get(id)).state).toBe('connected')
  })

  it('lie encrypted in the database', async () => {
    await using vendor = await startOAuthVendor()
    vendor.keys.add(goodKey)
    await using test = await openOps(makeDatabase, { plugins: [vendorPlugin(vendor.origin)], encryptionKeys })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await acme.connections.connect({ plugin: 'vendor', credentials: { key: goodKey } })
    if (name === 'embedded') await test.ops.close()
    const rows = await rawQuery(test.target, `select * from opslayer.secrets where row_id = $1`, [id])
    expect(rows.map(({ field }) => field).sort()).toEqual(['credentials', 'hook'])
    for (const { content } of rows) {
      expect(String(content)).toMatch(/^[A-Za-z0-9+/]+=*$/)
      expect(Buffer.from(String(content), 'base64').toString('latin1')).not.toContain(goodKey)
    }
  })
})

describeOneDatabase('connections', (makeDatabase) => {
  it('are refused with credentials that the vendor refuses or the plugin cannot use, and nothing is kept', async () => {
    await using vendor = await startOAuthVendor()
    await using test = await openOps(makeDatabase, { plugins: [vendorPlugin(vendor.origin)], encryptionKeys })
    const { connections, plugins } = test.ops.forOrg({ orgId: 'acme', actor })
    const refusals = [
      connections.connect({ plugin: 'vendor', credentials: { key: 'wrong-key-wrong-key' } }),
      connections.connect({ plugin: 'vendor', credentials: { key: 'short' } }),
      connections.connect({ plugin: 'vendor', credentials: {} }),
      connections.connect({ plugin: 'vendor', method: 'Fax', credentials: {} }),
      connections.connect({ plugin: 'vendr', credentials: {} }),
      connections.beginOAuth({ plugin: 'vendor', redirectUri: 'javascript:alert(1)', session: browser }),
      connections.beginOAuth({ plugin: 'vendor', redirectUri, session: browser, connectionId: 'con_zzzzzzzzzzzzzzzz' }),
      connections.get('con_zzzzzzzzzzzzzzzz'),
      plugins.options({ plugin: 'vendor', kind: 'actions', part: 'push', field: 'campaign' }),
      plugins.options({ plugin: 'vendor', kind: 'actions', part: 'constructor', field: 'campaign' }),
    ]
    const codes = (await Promise.allSettled(refusals)).map((each) => each.status === 'rejected' && each.reason.code)
    expect(codes).toEqual([
      'CREDENTIALS_REFUSED',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
      'INVALID_INPUT',
      'NOT_FOUND',
      'NOT_FOUND',
      'INVALID_INPUT',
      'NOT_FOUND',
    ])
    expect((await connections.list()).items).toEqual([])
    await expect(connections.connect({ plugin: 'vendr', credentials: {} })).rejects.toThrow('Did you mean "vendor"?')
  })

  it('break when the vendor no longer takes the credentials, and work again once reconnected', async () => {
    await using vendor = await startOAuthVendor()
    vendor.keys.add(goodKey)
    await using test = await openOps(makeDatabase, { plugins: [vendorPlugin(vendor.origin)], encryptionKeys })
    const { connections, plugins } = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await connections.connect({ plugin: 'vendor', credentials: { key: goodKey } })
    const campaigns = { plugin: 'vendor', kind: 'actions', part: 'push', field: 'campaign', connectionId: id } as const
    vendor.keys.clear()
    await expect(plugins.options(campaigns)).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' })
    expect(await connections.get(id)).toMatchObject({ state: 'broken', reason: 'The vendor refuses the credentials.' })
    const asked = vendor.seen.length
    await expect(plugins.options(campaigns)).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' })
    expect(vendor.seen.length).toBe(asked)
    expect((await connections.test(id)).state).toBe('broken')
    vendor.keys.add(goodKey)
    expect(await connections.test(id)).toMatchObject({ state: 'connected', reason: null })
    vendor.keys.clear()
    vendor.keys.add('another-key-0123456789')
    expect((await connections.test(id)).state).toBe('broken')
    await connections.reconnect(id, { credentials: { key: 'another-key-0123456789' } })
    expect(await plugins.options(campaigns)).toHaveLength(2)
  })

  it('come from a consent screen once, in the session and with the code that it was begun with', async () => {
    await using vendor = await startOAuthVendor()
    await using test = await openOps(makeDatabase, { plugins: [vendorPlugin(vendor.origin)], encryptionKeys })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const begin = () => acme.connections.beginOAuth({ plugin: 'vendor', redirectUri, session: browser })
    const { url, state } = await begin()
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: redirectUri,
      scope: 'contacts.read contacts.write',
      code_challenge_method: 'S256',
      state,
    })
    const back = await vendor.consent(url)
    const refusals = [
      { ...back, session: 'session-of-somebody-else' },
      { ...back, state: `${back.state.slice(0, -1)}${back.state.endsWith('a') ? 'b' : 'a'}`, session: browser },
      { ...back, state: back.state.replace('YWNtZQ', Buffer.from('other').toString('base64url')), session: browser },
      { ...back, state: 'x', session: browser },
    ]
    for (const refused of refusals)
      await expect(test.ops.finishOAuth(refused)).rejects.toMatchObject({ code: 'OAUTH_STATE_INVALID' })
    const { orgId, connection } = await test.ops.finishOAuth({ ...back, session: browser })
    expect({ orgId, connection }).toMatchObject({
      orgId: 'acme',
      connection: { method: 'oauth2', state: 'connected', account: { id: 'acc_1' }, createdBy: 'user:u1', hint: null },
    })
    await expect(test.ops.finishOAuth({ ...back, session: browser })).rejects.toMatchObject({
      code: 'OAUTH_STATE_INVALID',
    })
    const denied = await begin()
    await expect(
      test.ops.finishOAuth({ state: denied.state, error: 'access_denied', session: browser }),
    ).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED', message: expect.stringContaining('access_denied') })
    const forged = await begin()
    await expect(test.ops.finishOAuth({ state: forged.state, code: 'stolen', session: browser })).rejects.toMatchObject(
      { code: 'CREDENTIALS_REFUSED' },
    )
    expect((await acme.connections.list()).items).toHaveLength(1)
  })

  it('notice that access was revoked, and tell the vendor of a disconnect', async () => {
    await using vendor = await startOAuthVendor()
    await using test = await openOps(makeDatabase, { plugins: [vendorPlugin(vendor.origin)], encryptionKeys })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await connectByOAuth(test.ops, acme, vendor)
    vendor.endTokens()
    vendor.failWith = 503
    await expect(acme.connections.test(id)).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
    expect((await acme.connections.get(id)).state).toBe('connected')
    vendor.failWith = undefined
    vendor.revokeAll()
    expect(await acme.connections.test(id)).toMatchObject({
      state: 'broken',
      reason: 'Vendor gives no token: "invalid_grant". Connect again.',
    })
    const { url } = await acme.connections.beginOAuth({
      plugin: 'vendor',
      redirectUri,
      session: browser,
      connectionId: id,
    })
    const { connection } = await test.ops.finishOAuth({ ...(await vendor.consent(url)), session: browser })
    expect(connection).toMatchObject({ id, state: 'connected', reason: null })
    await acme.connections.disconnect(id)
    expect(vendor.counts.revoked).toBe(1)
    expect((await acme.connections.list()).items).toEqual([])
  })
})
