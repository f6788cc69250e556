import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import type { FileStore } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../databases/describe-databases.ts'
import { forgetfulFiles } from './testing/forgetful-files.ts'
import { openOps } from './testing/open-ops.ts'
import { type Member, memberHeader, serveOps } from './testing/serve-ops.ts'

const ann = { orgId: 'acme', id: 'ann', role: 'admin' }

describeOneDatabase('files over HTTP', (makeDatabase) => {
  it('are uploaded as they come, imported by a run and downloaded again', { timeout: 90_000 }, async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops)
    const client = served.clientOf(ann)
    const lines = Array.from({ length: 3_000 }, (_, n) => `Ada ${n},ada${n}@example.com,${n}\n`)
    const body = ReadableStream.from(['Name,Email,Score\n', ...lines].map((line) => new TextEncoder().encode(line)))
    const upload = async (member: Member, content: ReadableStream): Promise<Response> =>
      await fetch(`${served.url}/uploads?name=leads.csv`, {
        method: 'POST',
        headers: memberHeader(member),
        body: content,
        duplex: 'half',
      } as RequestInit)
    const answer = await upload(ann, body)
    expect(answer.status).toBe(200)
    const file = (await answer.json()) as { upload: string; name: string; size: number }
    expect(file).toMatchObject({ name: 'leads.csv', size: lines.join('').length + 17 })

    const { plan, estimatedRows } = await client.imports.propose.mutate({
      file,
      request: { target: { kind: 'new', name: 'Leads' } },
    })
    expect(plan.columns.map(({ header }) => header)).toEqual(['Name', 'Email', 'Score'])
    expect(estimatedRows).toBeGreaterThanOrEqual(1_000)
    const run = await client.imports.start.mutate({ file, request: plan })
    const over = Promise.withResolvers<string>()
    const watching = client.live.run.subscribe(
      { runId: run.id },
      { onData: ({ state }) => (state === 'done' || state === 'failed') && over.resolve(state) },
    )
    expect(await over.promise).toBe('done')
    watching.unsubscribe()
    const tableId = run.tableId ?? ''
    expect(await client.rows.count.query({ tableId })).toEqual({ count: 3_000, exact: true })

    const input = encodeURIComponent(JSON.stringify({ tableId, query: { format: 'jsonl' } }))
    const exported = await fetch(`${served.url}/exports?input=${input}`, { headers: memberHeader(ann) })
    expect((await exported.text()).trim().split('\n')).toHaveLength(3_000)
    const rejected = encodeURIComponent(JSON.stringify({ runId: run.id }))
    const errors = await fetch(`${served.url}/import-errors?input=${rejected}`, { headers: memberHeader(ann) })
    expect([errors.status, (await errors.text()).split('\n').length]).toEqual([200, expect.any(Number)])
  })

  it('come as gzip to clients that read it, and are the same once unpacked; workbooks are packed already', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const table = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const rows = Array.from({ length: 3_000 }, (_, n) => ({ cells: { name: `Ada Lovelace ${n}` } }))
    await acme.rows.load(table.id, rows)
    const downloaded = async (
      query: object,
      accepted: string,
    ): Promise<IncomingMessage & { readonly bytes: Buffer }> => {
      const input = encodeURIComponent(JSON.stringify({ tableId: table.id, query }))
      const headers = { ...memberHeader(ann), 'accept-encoding': accepted }
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
      request(`${served.url}/exports?input=${input}`, { headers }, resolve).on('error', reject).end()
      const answer = await promise
      return Object.assign(answer, { bytes: await buffer(answer) })
    }
    const plain = await downloaded({ format: 'csv' }, 'identity')
    const packed = await downloaded({ format: 'csv' }, 'br, gzip')
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip'])
    expect(packed.headers.vary).toContain('accept-encoding')
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true)
    expect(plain.bytes.toString().split('\r\n')).toHaveLength(3_002)
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3)
    const workbook = await downloaded({ format: 'xlsx' }, 'gzip')
    expect([workbook.headers['content-encoding'], workbook.bytes.toString('latin1', 0, 2)]).toEqual([undefined, 'PK'])
  })

  it('belong to their org, have a bound, and name no file of the server', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops, { maxUploadBytes: 1_000 })
    const send = async (member: Member, content: string): Promise<Response> =>
      await fetch(`${served.url}/uploads`, { method: 'POST', headers: memberHeader(member), body: content })
    const small = await send(ann, 'Name\nAda\n')
    const file = (await small.json()) as { upload: string; name: string | null; size: number }
    const large = await send(ann, 'x'.repeat(2_000))
    expect([large.status, await large.json()]).toMatchObject([
      422,
      { error: { data: { ops: { code: 'LIMIT_EXCEEDED' } } } },
    ])
    expect((await send({ ...ann, role: 'viewer' }, 'Name\nAda\n')).status).toBe(403)
    const request = { target: { kind: 'new', name: 'Leads' } } as const
    const elsewhere = served.clientOf({ ...ann, orgId: 'globex' }).imports.propose.mutate({ file, request })
    await expect(elsewhere).rejects.toMatchObject({ data: { ops: { code: 'NOT_FOUND' } } })
    for (const path of ['/etc/passwd', 'file:///etc/passwd', { path: '/etc/passwd' }]) {
      const reading = served.clientOf(ann).imports.propose.mutate({ file: path as never, request })
      await expect(reading).rejects.toMatchObject({ data: { ops: { code: 'INVALID_INPUT' } } })
    }
  })

  it('that stand still are given up, and the store keeps none of them', async () => {
    const files = forgetfulFiles()
    await using test = await openOps(makeDatabase, { files })
    await using served = await serveOps(test.ops, { bodyTimeoutMs: 300 })
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const sent = request(`${served.url}/uploads`, { method: 'POST', headers: memberHeader(ann) }, resolve)
    sent.on('error', reject)
    sent.write('Name\nAda\n')
    const answer = await promise
    expect([answer.statusCode, await text(answer)]).toEqual([400, expect.stringContaining('Nothing of the file came')])
    expect(files.sizes.size).toBe(0)
    sent.destroy()
  })

  it('that are cut in the middle end with an error in the store, which keeps none of them', async () => {
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<unknown>()
    const store: FileStore = {
      write: async (_name, content) => {
        try {
          for await (const _chunk of content) begun.resolve()
          ended.resolve('whole')
          return 0
        } catch (error) {
          ended.resolve(error)
          throw error
        }
      },
      read: async () => Readable.from([]),
      delete: async () => undefined,
    }
    await using test = await openOps(makeDatabase, { files: store })
    await using served = await serveOps(test.ops)
    const headers = { ...memberHeader(ann), 'content-length': 1_000_000 }
    const sent = request(`${served.url}/uploads?name=leads.csv`, { method: 'POST', headers })
    sent.on('error', () => undefined)
    sent.write('Name\n'.repeat(2_000))
    await begun.promise
    sent.destroy()
    expect(await ended.promise).toBeInstanceOf(Error)
  })
})
