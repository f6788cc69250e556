import { definePlugin, done } from '@opslayer/core/plugin'
import { createFetchHandler, type FetchHandler, type FetchHandlerOptions, type LiveChange } from '@opslayer/server'
import { expect, it, vi } from 'vitest'
import * as z from 'zod'
import { describeBothKinds, describeOneDatabase, describeOneServer } from '../databases/describe-databases.ts'
import { freePort } from '../databases/free-port.ts'
import { nextJson, startChild } from './testing/child.ts'
import { openOps } from './testing/open-ops.ts'
import { clientOf, identityOf, type Member, memberHeader, type OpsClient, serveOps } from './testing/serve-ops.ts'

const ann = { orgId: 'acme', id: 'ann', role: 'admin' }
const bob = { orgId: 'acme', id: 'bob', role: 'viewer' }

interface Listening {
  readonly changes: LiveChange[]
  readonly types: string[]
  readonly ready: Promise<void>
  stop(): void
}

function listen(client: OpsClient, input: Parameters<OpsClient['live']['changes']['subscribe']>[0] = {}): Listening {
  const changes: LiveChange[] = []
  const types: string[] = []
  const ready = Promise.withResolvers<void>()
  const subscription = client.live.changes.subscribe(input, {
    onData: ({ data }) => {
      types.push(data.type)
      if (data.type === 'ready') ready.resolve()
      if (data.type === 'changes') changes.push(...data.changes)
    },
    onError: (error) => ready.reject(error),
  })
  return { changes, types, ready: ready.promise, stop: () => subscription.unsubscribe() }
}

async function table(client: OpsClient) {
  return await client.tables.create.mutate({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Score', type: 'number' },
    ],
  })
}

describeBothKinds('the stream of changes', (makeDatabase) => {
  it('tells each client of what it shows, and of nothing else', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops)
    const client = served.clientOf(ann)
    const leads = await table(client)
    const other = await table(client)
    const [name, score] = leads.columns.map(({ id }) => id)
    const all = listen(served.clientOf(bob))
    const scores = listen(served.clientOf(bob), { tableIds: [leads.id], columnIds: [score ?? ''] })
    const elsewhere = listen(served.clientOf({ ...bob, orgId: 'globex' }))
    await Promise.all([all.ready, scores.ready, elsewhere.ready])

    const { rows } = await client.rows.insert.mutate({ tableId: leads.id, rows: [{ cells: {} }, { cells: {} }] })
    const ids = rows.map(({ id }) => id)
    const [id = ''] = ids
    await client.rows.update.mutate({ tableId: leads.id, updates: [{ id, cells: { name: 'Ada' } }] })
    await client.rows.update.mutate({ tableId: leads.id, updates: [{ id, cells: { score: 3 } }] })
    await client.rows.insert.mutate({ tableId: other.id, rows: [{ cells: {} }] })
    await client.columns.create.mutate({ tableId: leads.id, column: { name: 'Stage', type: 'text' } })

    await expect.poll(() => all.changes.length).toBe(5)
    expect(all.changes).toMatchObject([
      { kind: 'rows-inserted', tableId: leads.id, rows: ids, columns: null, actor: { type: 'user', id: 'ann' } },
      { kind: 'rows-updated', rows: [id], columns: [name] },
      { kind: 'rows-updated', rows: [id], columns: [score] },
      { kind: 'rows-inserted', tableId: other.id },
      { kind: 'column', tableId: leads.id },
    ])
    await expect.poll(() => scores.changes.length).toBe(3)
    expect(scores.changes.map(({ kind }) => kind)).toEqual(['rows-inserted', 'rows-updated', 'column'])
    expect(elsewhere.changes).toEqual([])
    for (const each of [all, scores, elsewhere]) each.stop()
  })

  it('tells a client that shows some rows of those, and of edits that may bring others', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops)
    const client = served.clientOf(ann)
    const leads = await table(client)
    const tableId = leads.id
    const [name = '', score = ''] = leads.columns.map(({ id }) => id)
    const { rows } = await client.rows.insert.mutate({ tableId, rows: [{ cells: {} }, { cells: {} }, { cells: {} }] })
    const [first = '', second = '', third = ''] = rows.map(({ id }) => id)
    const window = { tableId, rowIds: [first, second], placedBy: [score] }
    const heard = listen(served.clientOf(bob), { tableIds: [tableId], columnIds: [name], windows: [window] })
    await heard.ready
    const edit = async (...updates: { id: string; cells: { name?: string; score?: number } }[]): Promise<void> => {
      await client.rows.update.mutate({ tableId, updates })
    }
    await edit({ id: third, cells: { name: 'off the screen' } })
    await edit({ id: second, cells: { name: 'on it' } }, { id: third, cells: { name: 'off it again' } })
    await edit({ id: third, cells: { score: 5 } })
    await client.rows.delete.mutate({ tableId, rowIds: [third] })
    await expect.poll(() => heard.changes.at(-1)?.kind).toBe('rows-deleted')
    expect(heard.changes.map(({ kind, rows, columns }) => [kind, rows, columns])).toEqual([
      ['rows-updated', [second], [name]],
      ['rows-updated', [third], [score]],
      ['rows-deleted', [third], null],
    ])
    heard.stop()
  })

  it('tells nobody of what is kept from them', async () => {
    await using test = await openOps(makeDatabase)
    const kept: { hidden: string; closed: string; partly: string } = { hidden: '', closed: '', partly: '' }
    await using served = await serveOps(test.ops, {
      authorize: ({ actor }) =>
        actor.id !== 'bob' || {
          table: (tableId) =>
            tableId === kept.closed
              ? null
              : {
                  hidden: [kept.hidden],
                  ...(tableId === kept.partly && { rows: { column: 'name', op: 'is', value: 'b' } }),
                },
        },
    })
    const client = served.clientOf(ann)
    const [leads, closed, partly] = [await table(client), await table(client), await table(client)]
    Object.assign(kept, { hidden: leads.columns[1]?.id, closed: closed.id, partly: partly.id })
    const heard = listen(served.clientOf(bob))
    await heard.ready
    const { rows } = await client.rows.insert.mutate({ tableId: leads.id, rows: [{ cells: {} }] })
    const [{ id } = { id: '' }] = rows
    await client.rows.update.mutate({ tableId: leads.id, updates: [{ id, cells: { score: 1 } }] })
    await client.rows.update.mutate({ tableId: leads.id, updates: [{ id, cells: { name: 'Ada', score: 2 } }] })
    await client.rows.insert.mutate({ tableId: closed.id, rows: [{ cells: {} }] })
    await client.rows.insert.mutate({ tableId: partly.id, rows: [{ cells: { name: 'c' } }] })
    await expect.poll(() => heard.changes.at(-1)?.tableId).toBe(partly.id)
    expect(heard.changes).toMatchObject([
      { kind: 'rows-inserted', tableId: leads.id, rows: [id] },
      { kind: 'rows-updated', rows: [id], columns: [leads.columns[0]?.id] },
      { kind: 'rows-inserted', tableId: partly.id, rows: null },
    ])
    expect(heard.changes).toHaveLength(3)
    heard.stop()
  })

  it('refuses forged ids of events, and more streams than an actor may have', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops, { streams: { perActor: 1 } })
    const first = listen(served.clientOf(bob))
    await first.ready
    const second = await fetch(`${served.url}/rpc/live.changes?input={}`, { headers: memberHeader(bob) })
    expect(await second.text()).toContain('"code":"RATE_LIMITED"')
    for (const lastEventId of ["1'; drop table x", '-1', '99999999999999999999999', '1:2', ' 1']) {
      const input = encodeURIComponent(JSON.stringify({ lastEventId }))
      const answer = await fetch(`${served.url}/rpc/live.changes?input=${input}`, { headers: memberHeader(ann) })
      expect(await answer.text()).toContain('"code":"INVALID_INPUT"')
    }
    first.stop()
  })

  it('tells a reader that is far behind to read anew, and goes on from there', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const after = await acme.changes.end()
    const { rows } = await acme.rows.insert(leads.id, [{ cells: {} }])
    const [row = { id: '' }] = rows
    await acme.rows.update(leads.id, [{ id: row.id, cells: { name: 'Ada' } }])
    await acme.changes.prune({ olderThan: new Date(Date.now() + 60_000) })
    const late = listen(served.clientOf(bob), { lastEventId: after })
    await expect.poll(() => late.types).toEqual(['resync'])
    await acme.rows.update(leads.id, [{ id: row.id, cells: { name: 'Bea' } }])
    await expect.poll(() => late.types).toEqual(['resync', 'changes'])
    late.stop()
  })
})

describeOneDatabase('a client that knows of changes which are not in the log', (makeDatabase) => {
  it('is told to read anew, and goes on from there: the database was restored', async () => {
    await using test = await openOps(makeDatabase)
    await using served = await serveOps(test.ops)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const lost = listen(served.clientOf(bob), { lastEventId: '1000000' })
    await expect.poll(() => lost.types).toEqual(['resync'])
    await acme.rows.insert(leads.id, [{ cells: {} }])
    await expect.poll(() => lost.changes.map(({ kind }) => kind)).toEqual(['rows-inserted'])
    lost.stop()
  })
})

describeOneDatabase('a stream', (makeDatabase) => {
  it('ends with an error where the host’s rules fail for its actor, and alone', async () => {
    await using test = await openOps(makeDatabase)
    let isBroken = false
    const authorize: FetchHandlerOptions['authorize'] = ({ actor }) =>
      actor.id !== 'bob' || {
        table: () => {
          if (isBroken) throw new Error('The rules of the host fail.')
          return undefined
        },
      }
    const handler = createFetchHandler(test.ops, { context: identityOf, authorize })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const [broken, whole] = [await readerOf(handler, bob), await readerOf(handler, ann)]
    isBroken = true
    const { operation } = await acme.rows.insert(leads.id, [{ cells: {} }])
    await whole.readUntil((text) => text.includes(String(operation)))
    expect(await broken.readUntil(() => false)).toContain('"code":"INTERNAL"')
    await whole.cancel()
  })

  it('ends no process when a client leaves that has read nothing for a while', async () => {
    await using test = await openOps(makeDatabase)
    const handler = createFetchHandler(test.ops, { context: identityOf })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const unheard: unknown[] = []
    const onUnheard = (reason: unknown) => unheard.push(reason)
    process.on('unhandledRejection', onUnheard)
    // Of events that wait to be taken, it depends on the streams between how many are on their way.
    for (let waiting = 0; waiting < 6; waiting += 1) {
      const left = new AbortController()
      await readerOf(handler, bob, undefined, undefined, left.signal)
      const other = await readerOf(handler, bob)
      for (let n = 0; n < waiting; n += 1) {
        const { operation } = await acme.rows.insert(leads.id, [{ cells: {} }])
        await other.readUntil((text) => text.includes(String(operation)))
      }
      left.abort()
      await other.cancel()
      await acme.rows.count(leads.id)
    }
    process.off('unhandledRejection', onUnheard)
    expect(unheard).toEqual([])
  })

  it('ends after a while, and who opens it anew is looked at anew', async () => {
    const lives: AbortController[] = []
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    using _clock = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      if (ms < 600_000) return timeout(ms)
      const life = new AbortController()
      lives.push(life)
      return life.signal
    })
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const waits = definePlugin({ id: 'waits', version: '1.0.0', name: 'Waits' }).columnType({
      id: 'wait',
      name: 'Wait',
      description: 'Answers when it is let.',
      inputs: z.object({ name: z.string() }),
      value: 'text',
      cell: async () => {
        asked.resolve()
        await answer.promise
        return done('Now')
      },
    })
    await using test = await openOps(makeDatabase, { plugins: [waits] })
    const handler = createFetchHandler(test.ops, { context: identityOf })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const fill = { plugin: 'waits', part: 'wait', inputs: { name: { column: 'name' } } }
    const { id, columns } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Answer', fill },
      ],
    })
    await acme.rows.insert(id, [{ cells: { name: 'Ada' } }])
    const run = await acme.cells.run(id, columns[1]?.id ?? '')
    await asked.promise
    const changes = await readerOf(handler, bob)
    const ofRun = await readerOf(handler, bob, `live.run?input=${JSON.stringify({ runId: run.id })}`, run.id)
    for (const life of lives) life.abort()
    expect(await changes.readUntil(() => false)).not.toContain('serialized-error')
    expect(await ofRun.readUntil(() => false)).not.toContain('serialized-error')
    answer.resolve()
    await acme.runs.wait(run.id)
  })
})

describeOneDatabase('a reader of the stream that reads nothing', (makeDatabase) => {
  it('costs no more than a bound, is told to read anew, and goes on from there', { timeout: 60_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const { id } = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const handler = createFetchHandler(test.ops, { context: identityOf })
    const [slow, quick] = [await readerOf(handler), await readerOf(handler)]
    let heard = 0
    const reading = quick.readUntil((text) => {
      heard = Number.parseInt(text.slice(text.lastIndexOf('\nid: ') + 5), 10)
      return false
    })
    const rows = Array.from({ length: 1_000 }, () => ({ cells: {} }))
    // More than the bound of 50,000 rows by what the streams between may have taken already.
    for (let n = 0; n < 90; n += 1) await acme.rows.insert(id, rows)
    const { operation } = await acme.rows.insert(id, [{ cells: {} }])
    const end = Number.parseInt(await acme.changes.end(), 10)
    await expect.poll(() => heard).toBe(end)
    const told = await slow.readUntil((text) => text.includes('"resync"'))
    expect(told.length).toBeLessThan(500_000)
    const { operation: later } = await acme.rows.insert(id, [{ cells: {} }])
    const all = await slow.readUntil((text) => text.includes(String(later)))
    expect(all.split('"resync"')[1]).not.toContain(String(operation))
    await Promise.all([slow.cancel(), quick.cancel(), reading])
  })
})

/** A stream that is read only as far as one says. */
async function readerOf(
  handler: FetchHandler,
  member: Member = bob,
  call: string = 'live.changes?input={}',
  begins: string = '"ready"',
  signal: AbortSignal | null = null,
) {
  const response = await handler(new Request(`http://host/ops/rpc/${call}`, { headers: memberHeader(member), signal }))
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const readUntil = async (isEnough: (text: string) => boolean): Promise<string> => {
    while (!isEnough(text)) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) break
      text += value
    }
    return text
  }
  await readUntil((begun) => begun.includes(begins))
  return { readUntil, cancel: () => reader?.cancel() }
}

describeOneServer('the stream of changes of several processes', (makeDatabase) => {
  it('shows what is written through another one, and goes on without gap or repeat when its own is killed', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') throw new Error('not a server')
    const [portA, portB] = [await freePort(), await freePort()]
    const start = async (port: number) => {
      const child = startChild('serve.ts', test.target.kind === 'server' ? test.target.url : '', String(port))
      return { child, ...((await nextJson(child)) as { readonly url: string }) }
    }
    let a = await start(portA)
    const b = await start(portB)
    const edits = 10_000
    const writer = clientOf(b.url, ann)
    const leads = await table(writer)
    const { rows } = await writer.rows.insert.mutate({ tableId: leads.id, rows: [{ cells: {} }] })
    const [{ id } = { id: '' }] = rows
    const heard = listen(clientOf(a.url, bob), { tableIds: [leads.id] })
    await heard.ready

    const operations: (string | null)[] = []
    const write = async (): Promise<void> => {
      for (let n = 1; n <= edits; n += 50) {
        const batch = Array.from({ length: 50 }, (_, place) =>
          writer.rows.update.mutate({ tableId: leads.id, updates: [{ id, cells: { score: n + place } }] }),
        )
        operations.push(...(await Promise.all(batch)).map(({ operation }) => operation))
      }
    }
    const writing = write()
    for (const heardAtKill of [1_500, 5_000]) {
      await expect.poll(() => heard.changes.length, { timeout: 120_000 }).toBeGreaterThan(heardAtKill)
      await a.child.kill()
      a = await start(portA)
    }
    await writing
    await expect.poll(() => heard.changes.length, { timeout: 60_000 }).toBe(edits)
    heard.stop()
    expect(new Set(heard.changes.map(({ operation }) => operation))).toEqual(new Set(operations))
    const seqs = heard.changes.map(({ seq }) => Number(seq))
    expect(seqs).toEqual(seqs.toSorted((one, other) => one - other))
    expect(heard.types).not.toContain('resync')
    await Promise.all([a.child.kill(), b.child.kill()])
  }, 300_000)
})
