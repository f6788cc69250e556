import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createOps, isOpsError, type OrgOps } from '@opslayer/core'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import { describeServers } from '../databases/describe-databases.ts'
import { freePort } from '../databases/free-port.ts'
import { openOps } from './testing/open-ops.ts'
import { clientOf, serveOps } from './testing/serve-ops.ts'

const actor = { type: 'user', id: 'u1', role: 'admin' } as const

/** What nobody caught while `work` went on. */
async function uncaughtDuring(work: () => Promise<void>): Promise<unknown[]> {
  const faults: unknown[] = []
  const note = (fault: unknown): void => {
    faults.push(fault)
  }
  process.on('uncaughtExceptionMonitor', note)
  process.on('unhandledRejection', note)
  try {
    await work()
    await sleep(50)
  } finally {
    process.off('uncaughtExceptionMonitor', note)
    process.off('unhandledRejection', note)
  }
  return faults
}

/** Ends connections to a database, some each few milliseconds, and tells how many, until told to stop. */
async function endConnections(url: string, onEnded: (count: number) => void, signal: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  while (!signal.aborted) {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and random() < 0.5`,
    )
    onEnded(rowCount ?? 0)
    await sleep(Math.random() * 15)
  }
  await client.end()
}

/** Everything that holds a connection in its own way, again and again. */
function callsOf(acme: OrgOps, tableId: string, signal: AbortSignal): readonly (() => Promise<unknown>)[] {
  const rows = Array.from({ length: 300 }, (_, n) => ({ cells: { name: `N${n}`, score: n } }))
  const inserted = async (): Promise<string> => {
    const made = await acme.rows.insert(tableId, [{ cells: { name: 'Ada' } }])
    return made.rows[0]?.id ?? ''
  }
  return [
    () => acme.rows.page(tableId),
    () => acme.rows.window(tableId, { offset: 0 }, { signal }),
    async () => await acme.rows.update(tableId, [{ id: await inserted(), cells: { score: 1 } }]),
    () => acme.rows.updateWhere(tableId, { column: 'score', op: 'gt', value: 5 }, { score: 6 }),
    () => acme.rows.load(tableId, rows),
    async () => await new Response((await acme.exports.stream(tableId, { format: 'csv' })).body).arrayBuffer(),
    () => acme.rows.page(tableId, {}, { signal: AbortSignal.timeout(2) }).catch((error) => error),
    async () => {
      for await (const _ of acme.changes.follow({}, { signal: AbortSignal.any([signal, AbortSignal.timeout(100)]) }))
        break
    },
  ]
}

describeServers('connections that are ended', (makeDatabase) => {
  it('fail the calls that use them, whatever they are doing, and nothing else', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') return
    const { url } = test.target
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Score', type: 'number' },
      ],
    })
    await using served = await serveOps(test.ops)
    const heard = clientOf(served.url, { orgId: 'acme', id: 'ann', role: 'admin' }).live.changes.subscribe(
      {},
      { onData: () => {} },
    )
    // At least for a while, and until enough has happened: that takes as long as the machine is busy.
    const [aWhile, stopping] = [AbortSignal.timeout(1_500), new AbortController()]
    const over = stopping.signal
    const outcomes = new Map<string, number>()
    let ended = 0
    const stopOnceEnough = (): void => {
      if (aWhile.aborted && ended > 10 && (outcomes.get('done') ?? 0) > 10) stopping.abort(new Error('enough'))
    }
    const count = (outcome: string): void => {
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      stopOnceEnough()
    }
    const countEnded = (more: number): void => {
      ended += more
      stopOnceEnough()
    }
    const faults = await uncaughtDuring(async () => {
      const ending = endConnections(url, countEnded, over)
      await Promise.all(
        callsOf(acme, id, over).map(async (call) => {
          while (!over.aborted) {
            await call().then(
              () => count('done'),
              (error) => count(isOpsError(error) ? error.code : String(error)),
            )
          }
        }),
      )
      await ending
    })
    heard.unsubscribe()
    expect(faults).toEqual([])
    expect(
      [...outcomes.keys()].filter(
        (outcome) => !/^(done|DATABASE_UNAVAILABLE|TimeoutError.*|Error: enough)$/.test(outcome),
      ),
    ).toEqual([])
    await acme.rows.insert(id, [{ cells: { name: 'Last' } }])
    expect((await acme.rows.page(id)).rows.length).toBeGreaterThan(0)
  }, 60_000)
})

it('a connection that is ended in the moment it is made fails its call, and nothing else', async () => {
  const port = await freePort()
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(Buffer.concat([ready, shutDown])))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const faults = await uncaughtDuring(async () => {
    await using ops = createOps({ database: `postgresql://u:p@127.0.0.1:${port}/d` })
    const page = ops.forOrg({ orgId: 'acme', actor }).tables.list()
    await expect(page).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  })
  await new Promise((resolve) => server.close(resolve))
  expect(faults).toEqual([])
})

/** One message of PostgreSQL's protocol. */
function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** The password is not asked for; the server takes queries. */
const ready = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))])

const shutDown = message(
  'E',
  Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
)
