import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createOps, type EncryptionKey, embedded, type KeyService, type Ops } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeOneDatabase, describeOneServer } from '../databases/describe-databases.ts'
import { nextJson, startChild } from './testing/child.ts'
import { clientSecret, startOAuthVendor } from './testing/oauth-vendor.ts'
import { offlinePlugin } from './testing/offline-plugin.ts'
import { openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'
import { vendorPlugin } from './testing/vendor-plugin.ts'

const actor = { type: 'user', id: 'u1' } as const
const keyNamed = (id: string): EncryptionKey => ({ id, key: randomBytes(32).toString('base64') })
const browser = 'session-of-the-browser'
/** That want one token at once; `pnpm fuzz refreshes` takes twenty. */
const processes = Number(process.env.OPSLAYER_FUZZ ?? 4)

describeOneServer('secrets on a server', (makeDatabase) => {
  it('are encrypted anew by four workers while others read them: none fails, none is left', {
    timeout: 120_000,
  }, async () => {
    const [former, current] = [keyNamed('2025'), keyNamed('2026')]
    await using vendor = await startOAuthVendor()
    vendor.keys.add('key-0123456789-abcd')
    const plugins = [vendorPlugin(vendor.origin)]
    await using test = await openOps(makeDatabase, { plugins, encryptionKeys: [former] })
    const used: { readonly orgId: string; readonly id: string }[] = []
    for (const orgId of ['acme', 'other', 'third']) {
      const { connections } = test.ops.forOrg({ orgId, actor })
      for (let n = 0; n < 60; n += 1)
        used.push({
          orgId,
          id: (await connections.connect({ plugin: 'vendor', credentials: { key: 'key-0123456789-abcd' } })).id,
        })
    }
    if (test.target.kind !== 'server') return
    const database = test.target.url
    const open = (): Ops => createOps({ database, plugins, encryptionKeys: [current, former] })
    const workers = Array.from({ length: 4 }, open)
    const state = { done: false, reads: 0 }
    const failures: unknown[] = []
    const readers = workers.map(async (ops, nth) => {
      for (let n = nth; !state.done; n += 7) {
        const { orgId, id } = used[n % used.length] ?? { orgId: '', id: '' }
        await ops
          .forOrg({ orgId, actor })
          .connections.test(id)
          .catch((error) => failures.push(error))
        state.reads += 1
      }
    })
    const results = await Promise.all(workers.map((ops) => ops.rotateSecrets()))
    state.done = true
    await Promise.all(readers)
    expect(failures).toEqual([])
    expect(state.reads).toBeGreaterThan(4)
    // A process that was at work when another looked for former keys leaves none behind in the end.
    expect(results.reduce((sum, { secrets }) => sum + secrets, 0)).toBe(360)
    expect((await workers[0]?.rotateSecrets())?.left).toBe(0)
    const left = await rawQuery(test.target, `select kek_id, count(*)::int from opslayer.secret_keys group by kek_id`)
    expect(left.map(({ kek_id }) => kek_id)).toEqual(['2026'])
    await Promise.all(workers.map((ops) => ops.close()))
    await using alone = createOps({ database, plugins, encryptionKeys: [current] })
    for (const { orgId, id } of used.filter((_, n) => n % 20 === 0))
      expect((await alone.forOrg({ orgId, actor }).connections.test(id)).state).toBe('connected')
  })

  it('are encrypted anew for all other orgs where a key of one is gone', async () => {
    const [former, current] = [keyNamed('2025'), keyNamed('2026')]
    const plugins = [offlinePlugin]
    await using test = await openOps(makeDatabase, { plugins, encryptionKeys: [former] })
    for (const orgId of ['acme', 'other'])
      await test.ops.forOrg({ orgId, actor }).connections.connect({ plugin: 'offline', credentials: { key: 'abcd' } })
    await rawQuery(test.target, `update opslayer.secret_keys set kek_id = '2024' where org_id = 'acme'`)
    if (test.target.kind !== 'server') return
    await using ops = createOps({ database: test.target.url, plugins, encryptionKeys: [current, former] })
    await expect(ops.rotateSecrets()).rejects.toMatchObject({ code: 'ENCRYPTION_KEY_MISSING' })
    expect(await rawQuery(test.target, 'select org_id, kek_id from opslayer.secret_keys order by 1')).toEqual([
      { org_id: 'acme', kek_id: '2024' },
      { org_id: 'other', kek_id: '2026' },
    ])
  })

  it('do not decrypt in another org, row or field, whoever moves them there', async () => {
    await using test = await openOps(makeDatabase, { plugins: [offlinePlugin], encryptionKeys: [keyNamed('k')] })
    const [acme, other] = [test.ops.forOrg({ orgId: 'acme', actor }), test.ops.forOrg({ orgId: 'other', actor })]
    const connect = { plugin: 'offline', credentials: { key: 'abcdefgh' } }
    const mine = await acme.connections.connect(connect)
    const second = await acme.connections.connect(connect)
    const theirs = await other.connections.connect(connect)
    // Into another row of the same org.
    await rawQuery(
      test.target,
      `update opslayer.secrets as t set content = s.content, key_id = s.key_id from opslayer.secrets as s
      where t.org_id = 'acme' and t.row_id = $1 and s.row_id = $2 and t.field = 'credentials' and s.field = 'credentials'`,
      [second.id, mine.id],
    )
    await expect(acme.connections.test(second.id)).rejects.toMatchObject({ code: 'INTERNAL' })
    // Into another org, with its key.
    await rawQuery(
      test.target,
      `insert into opslayer.secret_keys select 'other', id, kek_id, wrapped, created_at from opslayer.secret_keys where org_id = 'acme'`,
    )
    await rawQuery(
      test.target,
      `update opslayer.secrets as t set content = s.content, key_id = s.key_id from opslayer.secrets as s
      where t.org_id = 'other' and t.row_id = $1 and s.row_id = $2 and t.field = 'credentials' and s.field = 'credentials'`,
      [theirs.id, mine.id],
    )
    await expect(other.connections.test(theirs.id)).rejects.toMatchObject({ code: 'ENCRYPTION_KEY_MISSING' })
    expect((await acme.connections.test(mine.id)).state).toBe('connected')
  })

  it('need a key, and the error says how to make one', async () => {
    await using test = await openOps(makeDatabase, { plugins: [offlinePlugin] })
    const { connections } = test.ops.forOrg({ orgId: 'acme', actor })
    await expect(connections.connect({ plugin: 'offline', credentials: { key: 'abcdefgh' } })).rejects.toMatchObject({
      code: 'ENCRYPTION_KEY_MISSING',
      message: expect.stringContaining('openssl rand -base64 32'),
    })
  })

  it('are refreshed once by many processes with one ended token', { timeout: 300_000 }, async () => {
    await using vendor = await startOAuthVendor()
    const key = randomBytes(32).toString('base64')
    const plugins = [vendorPlugin(vendor.origin)]
    await using test = await openOps(makeDatabase, { plugins, encryptionKeys: [{ id: 'k1', key }] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    vendor.lifetime = 0.01
    const redirectUri = 'https://app.example.com/callback'
    const { url } = await acme.connections.beginOAuth({ plugin: 'vendor', redirectUri, session: browser })
    const back = await vendor.consent(url)
    const { connection } = await test.ops.finishOAuth({ ...back, session: browser })
    vendor.lifetime = 3_600
    vendor.endTokens()
    if (test.target.kind !== 'server') return
    const args = [test.target.url, vendor.origin, key, connection.id, '25']
    const children = Array.from({ length: processes }, () => startChild('use-connection.ts', ...args))
    try {
      for (const child of children) expect(await nextJson(child)).toBe('ready')
      for (const child of children) child.process.kill('SIGUSR2')
      for (const child of children) expect(await nextJson(child)).toEqual({ used: 25, failures: [] })
    } finally {
      await Promise.all(children.map((child) => child.kill()))
    }
    expect(vendor.counts.refresh).toBe(1)
  })
})

describeOneDatabase('secrets', (makeDatabase) => {
  it('are wrapped by a key service that is asked once for each key', async () => {
    const wraps: object[] = []
    const unwraps: object[] = []
    const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff)
    const service: KeyService = {
      id: 'arn:aws:kms:eu-1:42:key/abc',
      wrap: async (key, context) => {
        wraps.push(context)
        return flip(key)
      },
      unwrap: async (wrapped, context) => {
        unwraps.push(context)
        return flip(wrapped)
      },
    }
    await using test = await openOps(makeDatabase, { plugins: [offlinePlugin], encryptionKeys: [service] })
    const { connections } = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await connections.connect({ plugin: 'offline', credentials: { key: 'abcdefgh' } })
    await connections.test(id)
    await connections.test(id)
    expect(wraps).toEqual([{ org: 'acme', key: expect.stringMatching(/^key_/) }])
    expect(unwraps).toEqual(wraps)
  })

  it('twenty of them planted: none stands in logs, errors, answers, the audit log or an export', async () => {
    await using vendor = await startOAuthVendor()
    const logged: unknown[] = []
    const note = (...line: unknown[]): void => void logged.push(line)
    const logger = { debug: note, info: note, warn: note, error: note }
    const key = keyNamed('k')
    const options = {
      plugins: [vendorPlugin(vendor.origin)],
      encryptionKeys: [key],
      logger,
      publicUrl: 'https://app.example.com',
    }
    await using test = await openOps(makeDatabase, options)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const planted = Array.from({ length: 17 }, (_, n) => `planted "secret"/${n}+${randomBytes(8).toString('hex')}=`)
    const shown: unknown[] = []
    const show = async (work: () => Promise<unknown>): Promise<void> => {
      shown.push(await work().catch((error) => error))
    }
    const leak = { plugin: 'vendor', kind: 'actions', part: 'push', field: 'leak' } as const
    for (const [n, secret] of planted.entries()) {
      await show(() => acme.connections.connect({ plugin: 'vendor', credentials: { key: secret } }))
      vendor.keys.add(secret)
      const { id } = await acme.connections.connect({ plugin: 'vendor', credentials: { key: secret } })
      await show(() => acme.plugins.options({ ...leak, connectionId: id, search: n % 2 === 0 ? 'plugin' : '' }))
      await show(() => acme.connections.test(id))
      await show(() => acme.connections.deliveries(id))
      if (n % 3 === 0) await show(() => acme.connections.disconnect(id))
    }
    const begin = { plugin: 'vendor', redirectUri: 'https://app.example.com/callback', session: browser }
    const { url } = await acme.connections.beginOAuth(begin)
    const { connection } = await test.ops.finishOAuth({ ...(await vendor.consent(url)), session: browser })
    await show(() => acme.plugins.options({ ...leak, connectionId: connection.id }))
    await show(() => acme.connections.list())
    await show(() => acme.plugins.list())
    await show(() => acme.audit.list())
    await show(() =>
      acme.connections.connect({ plugin: 'vendor', credentials: { key: planted[0] ?? '', more: 'x'.repeat(30_000) } }),
    )
    const chunks: Uint8Array[] = []
    for await (const chunk of test.ops.exportOrg('acme', { gzip: false })) chunks.push(chunk)
    const tokens = vendor.seen.flatMap((line) => line.match(/[ar]t-[0-9a-f]{32}/g) ?? [])
    const text = [
      inspect(logged, { depth: 20, maxStringLength: null }),
      JSON.stringify(logged),
      inspect(shown, { depth: 20, showHidden: true, maxStringLength: null }),
      JSON.stringify(shown),
      Buffer.concat(chunks).toString('utf8'),
    ].join('\n')
    expect(logged.length).toBeGreaterThan(10)
    expect(text).toContain('***')
    const secrets = [...planted, ...tokens, clientSecret, 'key' in key ? key.key : '']
    const forms = secrets.flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
    expect(forms.filter((form) => text.includes(form))).toEqual([])
  })
})

it('on an embedded database without a key a file of the owner’s alone is made beside it', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'opslayer-key-'))
  try {
    const database = embedded(join(parent, 'data'))
    const open = async () => {
      const ops = createOps({ database, plugins: [offlinePlugin] })
      await ops.migrate()
      return ops
    }
    const first = await open()
    const { connections } = first.forOrg({ orgId: 'acme', actor })
    const { id } = await connections.connect({ plugin: 'offline', credentials: { key: 'abcdefgh' } })
    await first.close()
    const file = join(parent, 'data.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')).toHaveLength(32)
    await using second = await open()
    expect((await second.forOrg({ orgId: 'acme', actor }).connections.test(id)).state).toBe('connected')
  } finally {
    await rm(parent, { recursive: true })
  }
})
