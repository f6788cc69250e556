import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeOneServer, type MakeServerDatabase } from '../databases/describe-databases.ts'
import { nextJson, startTellingChild } from './testing/child.ts'
import { hostileOptions } from './testing/hostile-options.ts'
import { migrated, openOps } from './testing/open-ops.ts'
import { startPaidVendor } from './testing/paid-vendor.ts'
import { type OpsClient, serveOps } from './testing/serve-ops.ts'

const member = { orgId: 'acme', id: 'u1', role: 'admin' } as const
const inputs = { word: { column: 'word' } }

/** A server that leaves work to other processes, and a vendor. */
async function openServed(makeDatabase: MakeServerDatabase) {
  const vendor = await startPaidVendor()
  const database = await makeDatabase(migrated)
  const test = await openOps(async () => database, { ...hostileOptions(vendor.url), workApart: true })
  const served = await serveOps(test.ops)
  const client = served.clientOf(member)
  return {
    ops: test.ops,
    database,
    vendor,
    client,
    /** A process that works on what was started, and is ended when it stands still. */
    startWorker: () => startTellingChild('work-for-hostile.ts', database.url, vendor.url),
    /** A table of words with a column that a plugin fills. */
    makeWords: async (fill: { readonly plugin: string; readonly connectionId?: string }, words: readonly string[]) => {
      const columns = [
        { name: 'Word', type: 'text' },
        { name: 'Upper', fill: { part: 'upper', inputs, ...fill } },
      ]
      const { id: tableId } = await client.tables.create.mutate({ name: 'Words', columns })
      await client.rows.insert.mutate({ tableId, rows: words.map((word) => ({ cells: { word } })) })
      return tableId
    },
    [Symbol.asyncDispose]: async () => {
      await served[Symbol.asyncDispose]()
      await test[Symbol.asyncDispose]()
      await vendor.close()
    },
  }
}

/** Cells of the column, or the code of those that failed. */
async function cellsOf(client: OpsClient, tableId: string): Promise<unknown[]> {
  const { rows } = await client.rows.page.query({ tableId })
  return rows.map(({ cells, states }) => states?.upper?.code ?? cells.upper)
}

/** Reads a table again and again until `work` is over. @returns how long the longest answer took, in milliseconds */
async function longestReadDuring(client: OpsClient, tableId: string, work: Promise<unknown>): Promise<number> {
  let isOver = false
  const over = work.finally(() => {
    isOver = true
  })
  let longest = 0
  while (!isOver) {
    const began = performance.now()
    expect((await client.rows.page.query({ tableId })).rows.length).toBeGreaterThan(0)
    longest = Math.max(longest, performance.now() - began)
    await wait(10)
  }
  await over
  return longest
}

async function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? '' : await text(stream)
}

async function stateOf(client: OpsClient, runId: string, state: string): Promise<void> {
  await expect.poll(async () => (await client.runs.get.query({ runId })).state, { timeout: 60_000 }).toBe(state)
}

describeOneServer('hostile plugins behind a server', (makeDatabase) => {
  it('fail the cells they misbehave for, and keep neither the others nor anybody who reads waiting', async () => {
    await using world = await openServed(makeDatabase)
    const { client } = world
    const { id: connectionId } = await client.connections.connect.mutate({
      plugin: 'paid',
      credentials: { key: 'good' },
    })
    const words = ['ada', 'throw', 'never', 'shape', 'type', 'huge', 'bad', 'bob']
    const paid = await world.makeWords({ plugin: 'paid', connectionId }, words)
    const hostile = await world.makeWords({ plugin: 'hostile' }, ['ada', 'leak', 'big', 'code', 'loop', 'bob'])
    await using worker = world.startWorker()
    // While the worker starts, which takes as much of the machine.
    const alone = await longestReadDuring(client, paid, nextJson(worker))
    const misbehave = async (): Promise<void> => {
      const { id } = await client.cells.run.mutate({ tableId: paid, columnId: 'upper' })
      await stateOf(client, id, 'done')
      expect(await cellsOf(client, paid)).toEqual([
        'ADA',
        'PLUGIN_FAILED',
        'TIMEOUT',
        'PLUGIN_FAILED',
        'PLUGIN_FAILED',
        'VALUE_TOO_LARGE',
        'BAD_WORD',
        'BOB',
      ])
      expect(world.vendor.bill.total).toBe(2)
      const request = { plugin: 'hostile', part: 'say', inputs }
      const said = await client.actions.start.mutate({ tableId: hostile, request })
      await stateOf(client, said.id, 'done')
      const { items } = await client.actions.log.query({ runId: said.id })
      expect(items.map(({ message }) => message)).toContain('What came back is too large, or no JSON: it is not kept.')

      const looping = await client.cells.run.mutate({ tableId: hostile, columnId: 'upper' })
      const [stderr] = await Promise.all([textOf(worker.process.stderr), once(worker.process, 'exit')])
      expect(stderr).toContain('Being called: Plugin "hostile", column "upper".')
      await using mended = createOps({ ...hostileOptions(world.vendor.url, 2), database: world.database.url })
      mended.startWorker({ everyMs: 20 })
      await stateOf(client, looping.id, 'done')
    }
    const beside = await longestReadDuring(client, paid, misbehave())
    expect(await cellsOf(client, hostile)).toEqual(['ADA', 'LEAK', 'big', 'PLUGIN_FAILED', 'LOOP', 'BOB'])
    // The machine of the tests is not the tests' alone.
    expect(beside).toBeLessThan(Math.max(500, 10 * alone))
  }, 120_000)

  it('are refused wrong credentials, pause for those that the vendor has changed, and go on with the new ones', async () => {
    await using world = await openServed(makeDatabase)
    const { client, vendor } = world
    const { keys, asked } = vendor.state
    const refused = { message: 'The key is refused.', data: { ops: { code: 'CREDENTIALS_REFUSED' } } }
    const connect = (key: string) => client.connections.connect.mutate({ plugin: 'paid', credentials: { key } })
    await expect(connect('wrong')).rejects.toMatchObject(refused)
    expect((await client.connections.list.query({})).items).toEqual([])
    const { id: connectionId } = await connect('good')
    const words = Array.from({ length: 60 }, (_, n) => `word${n}`)
    const tableId = await world.makeWords({ plugin: 'paid', connectionId }, words)
    world.ops.startWorker({ everyMs: 20 })
    vendor.faults.add({ on: 'GET /upper', kind: 'latency', ms: 50, times: 30 })
    const { id: runId } = await client.cells.run.mutate({ tableId, columnId: 'upper' })
    await expect.poll(() => asked.size, { interval: 5 }).toBeGreaterThan(20)
    keys.clear()
    keys.add('new')
    await stateOf(client, runId, 'paused')
    const { error } = await client.runs.get.query({ runId })
    expect(error).toEqual({ code: 'CREDENTIALS_REFUSED', message: 'The key is refused.' })
    const connection = () => client.connections.get.query({ connectionId })
    expect(await connection()).toMatchObject({ state: 'broken', reason: 'The key is refused.' })
    const filled = (await cellsOf(client, tableId)).filter((cell) => cell !== undefined && cell !== null)
    expect(filled).toHaveLength(vendor.bill.total)
    const reconnect = (key: string) => client.connections.reconnect.mutate({ connectionId, credentials: { key } })
    await expect(reconnect('wrong')).rejects.toMatchObject(refused)
    expect((await connection()).state).toBe('broken')
    await reconnect('new')
    await client.runs.resume.mutate({ runId })
    await stateOf(client, runId, 'done')
    expect(await cellsOf(client, tableId)).toEqual(words.map((word) => word.toUpperCase()))
    expect(vendor.bill.total).toBe(words.length)
    expect(await connection()).toMatchObject({ state: 'connected', reason: null })
  }, 60_000)
})
