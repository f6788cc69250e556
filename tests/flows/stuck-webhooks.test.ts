import { once } from 'node:events'
import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeOneServer, type MakeServerDatabase } from '../databases/describe-databases.ts'
import { startTellingChild } from './testing/child.ts'
import { hostileReceiverOptions } from './testing/hostile-receiver.ts'
import { migrated, openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'
import { serveOps } from './testing/serve-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

/** A server that stores what comes and leaves the rest to other processes. */
async function openServed(makeDatabase: MakeServerDatabase) {
  const database = await makeDatabase(migrated)
  const test = await openOps(async () => database, { ...hostileReceiverOptions(), workApart: true })
  const served = await serveOps(test.ops)
  const acme = test.ops.forOrg({ orgId: 'acme', actor })
  const { id } = await acme.connections.connect({ plugin: 'hostile', credentials: { key: 'k' } })
  const [hook] = await acme.connections.webhooks(id)
  const { pathname } = new URL(hook?.url ?? '')
  const headers = { 'x-secret': pathname.split('.').at(-1) ?? '' }
  const startProcess = () => startTellingChild('hear-until-stuck.ts', database.url)
  return {
    acme,
    id,
    database,
    startProcess,
    deliver: async (body: string) =>
      (await fetch(new URL(pathname, served.url), { method: 'POST', body, headers })).status,
    /** The oldest first. */
    deliveries: async () => (await acme.connections.deliveries(id)).items.toReversed(),
    heard: async () => (await acme.connections.events(id)).items.map(({ data }) => data),
    /** Starts a process and lets it end over what it deals with, and its claim run out. @returns what ended it, and what it wrote to stderr */
    endProcess: async () => {
      await using child = startProcess()
      let stderr = ''
      child.process.stderr?.on('data', (chunk) => {
        stderr += String(chunk)
      })
      const [, signal] = await once(child.process, 'close')
      await rawQuery(database, 'update opslayer.connections set inbox_claim_until = clock_timestamp()')
      return { signal, stderr }
    },
    [Symbol.asyncDispose]: async () => {
      await served[Symbol.asyncDispose]()
      await test[Symbol.asyncDispose]()
    },
  }
}

describeOneServer('webhooks that end the process that deals with them', (makeDatabase) => {
  it('are given up after as many tries as others, are named, and keep nothing behind them waiting', async () => {
    await using world = await openServed(makeDatabase)
    const { acme, id, database, deliveries, heard } = world
    for (const word of ['exit', 'ada']) expect(await world.deliver(word)).toBe(200)
    for (let ended = 0; ended < 5; ended += 1) {
      expect((await deliveries()).map(({ state, attempts }) => [state, attempts])).toEqual([
        ['stored', Math.max(0, ended - 1)],
        ['stored', 0],
      ])
      expect(await world.endProcess()).toEqual({ signal: 'SIGKILL', stderr: '' })
    }
    await using last = world.startProcess()
    const left = [
      {
        state: 'failed',
        attempts: 5,
        error:
          'Plugin "hostile", webhook "heard": the processes that called it ended or stood still, again and again. Have the plugin mended, then try the delivery again.',
      },
      { state: 'handled', attempts: 1, error: null },
    ]
    await expect.poll(deliveries, { timeout: 20_000 }).toMatchObject(left)
    expect(await heard()).toEqual(['ada'])
    expect(last.process.exitCode ?? last.process.signalCode).toBeNull()
    // A claim that it took with it would count as a try of what comes next.
    await expect
      .poll(() => rawQuery(database, 'select inbox_claim from opslayer.connections'))
      .toEqual([{ inbox_claim: null }])
    await last.kill()

    // The server's own plugin is not mended: it leaves this, too, to other processes.
    await acme.connections.retryDelivery(id, (await deliveries())[0]?.id ?? '')
    await using mended = createOps({ ...hostileReceiverOptions(2), database: database.url })
    mended.startWorker({ everyMs: 20 })
    await expect
      .poll(deliveries, { timeout: 20_000 })
      .toMatchObject([{ state: 'handled', attempts: 1, error: null }, {}])
    expect((await heard()).toSorted()).toEqual(['ada', 'exit'])
  }, 180_000)

  it('are tried again by the next process where it stood still over them once', async () => {
    await using world = await openServed(makeDatabase)
    const { database, deliveries } = world
    for (const word of ['loop', 'ada']) expect(await world.deliver(word)).toBe(200)
    expect((await world.endProcess()).stderr).toContain('Being called: Plugin "hostile", webhook "heard".')
    await using mended = createOps({ ...hostileReceiverOptions(2), database: database.url })
    mended.startWorker({ everyMs: 20 })
    await expect.poll(deliveries, { timeout: 20_000 }).toMatchObject([
      { state: 'handled', attempts: 2, error: null },
      { state: 'handled', attempts: 1, error: null },
    ])
  }, 180_000)
})
