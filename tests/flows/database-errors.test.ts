import { type AddressInfo, createServer } from 'node:net'
import { createOps, type Ops, type OrgOps } from '@opslayer/core'
import { Client, Pool, type PoolConfig } from 'pg'
import { expect, it } from 'vitest'
import { describeDatabases, describeServers } from '../databases/describe-databases.ts'
import { freePort } from '../databases/free-port.ts'
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

async function makeLeads(ops: Ops): Promise<{ acme: OrgOps; table: string }> {
  const acme = ops.forOrg({ orgId: 'acme', actor })
  const { id } = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
  await acme.rows.insert(id, [{ cells: { name: 'Ada' } }, { cells: { name: 'Bob' } }])
  return { acme, table: id }
}

/** Holds every table of every org, so that whoever reads one waits. */
async function holdTables<T>(url: string, work: () => Promise<T>): Promise<T> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query(
      `select schemaname as schema, tablename as name from pg_tables where schemaname like 'ops\\_%' and tablename like 't%'`,
    )
    await client.query('begin')
    for (const { schema, name } of rows) await client.query(`lock table "${schema}"."${name}" in access exclusive mode`)
    return await work()
  })
}

/** Resolves when `count` backends of the database wait for a lock. */
async function waiting(url: string, count = 1): Promise<void> {
  await withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (rows[0].n === count) return
    }
  })
}

describeServers('what a server does to a call', (makeDatabase) => {
  it('is told apart: nobody there, wrong password, no such database', async () => {
    await using database = await makeDatabase()
    const url = new URL(database.url)
    const codeAt = async (change: (url: URL) => void): Promise<unknown> => {
      const other = new URL(url)
      change(other)
      await using ops = createOps({ database: other.href })
      return await ops.migrate().catch((error) => [error.code, error.retryable])
    }
    const port = await freePort()
    expect(
      await codeAt((other) => {
        other.port = String(port)
      }),
    ).toEqual(['DATABASE_UNAVAILABLE', true])
    // It takes connections and says nothing.
    const silent = createServer().listen(0, '127.0.0.1')
    await new Promise((listening) => silent.once('listening', listening))
    expect(
      await codeAt((other) => {
        other.port = String((silent.address() as AddressInfo).port)
        other.searchParams.set('connect_timeout', '1')
      }),
    ).toEqual(['DATABASE_UNAVAILABLE', true])
    silent.close()
    expect(
      await codeAt((other) => {
        other.password = 'wrong'
      }),
    ).toEqual(['DATABASE_UNSUITABLE', false])
    expect(
      await codeAt((other) => {
        other.pathname = '/nothing'
      }),
    ).toEqual(['DATABASE_UNSUITABLE', false])
  })

  it('ends it at its time limit, and the next one works', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') return
    const { acme, table } = await makeLeads(test.ops)
    await holdTables(test.target.url, async () => {
      for (const call of [
        () => acme.rows.page(table, {}, { timeoutMs: 200 }),
        () => acme.rows.insert(table, [{ cells: {} }], { timeoutMs: 200 }),
      ]) {
        await expect(call()).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true })
      }
    })
    expect((await acme.rows.page(table)).rows).toHaveLength(2)
  })

  it('cuts its connection, and the next one works', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') return
    const { url } = test.target
    const { acme, table } = await makeLeads(test.ops)
    await holdTables(url, async () => {
      const read = acme.rows.page(table).catch((error) => error)
      const written = acme.rows.insert(table, [{ cells: {} }]).catch((error) => error)
      await waiting(url, 2)
      await withClient(url, (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        ),
      )
      for (const outcome of [await read, await written]) {
        expect(outcome).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true })
      }
    })
    expect((await acme.rows.page(table)).rows).toHaveLength(2)
  })
})

it('a call on a server that is shut down says so, and so does the next', async () => {
  await using server = await startServer({ version: 18 })
  if (process.env.DATABASE_URL) return
  await using ops = createOps({ database: server.url })
  await ops.migrate()
  const { acme, table } = await makeLeads(ops)
  const held = new Client({ connectionString: server.url })
  held.on('error', () => {})
  await held.connect()
  await held.query('begin')
  const { rows } = await held.query(`select schemaname || '.t1' as name from pg_tables where tablename = 't1'`)
  await held.query(`lock table ${rows[0].name} in access exclusive mode`)
  const read = acme.rows.page(table).catch((error) => error)
  await waiting(server.url)
  await server.stop()
  expect(await read).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  await expect(acme.rows.page(table)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
}, 60_000)

/** As `pg` asks of hosts: a pool hears of idle connections that die, here when the test drops its database. */
function hostPool(config: PoolConfig): Pool {
  const pool = new Pool(config)
  pool.on('error', () => {})
  return pool
}

describeServers('a call that its caller aborts', (makeDatabase) => {
  for (const max of [1, 2, 10]) {
    it(`rethrows the reason and leaves nothing behind in a pool of ${max}`, async () => {
      await using test = await openOps(makeDatabase)
      if (test.target.kind !== 'server') return
      const { url } = test.target
      const { table } = await makeLeads(test.ops)
      const pool = hostPool({ connectionString: url, max, application_name: 'under test' })
      try {
        await using ops = createOps({ database: pool })
        const acme = ops.forOrg({ orgId: 'acme', actor })
        await acme.rows.page(table)
        await holdTables(url, async () => {
          const stop = new AbortController()
          const calls = Array.from({ length: max }, (_, n) =>
            n % 2 === 0
              ? acme.rows.page(table, {}, { signal: stop.signal })
              : acme.rows.update(table, [{ id: '1', cells: { name: 'x' } }], { signal: stop.signal }),
          ).map((call) => call.catch((error) => error))
          await waiting(url, max)
          const reason = new Error('the user left')
          const start = performance.now()
          stop.abort(reason)
          for (const outcome of await Promise.all(calls)) expect(outcome).toBe(reason)
          expect(performance.now() - start).toBeLessThan(10_000)
          await waiting(url, 0)
        })
        expect((await acme.rows.page(table)).rows.map(({ cells }) => cells)).toEqual([{ name: 'Ada' }, { name: 'Bob' }])
        const open = `select state from pg_stat_activity where datname = current_database() and application_name = 'under test'`
        const states = async () =>
          (await withClient(url, (client) => client.query(open))).rows.map(({ state }) => state)
        // A server ends sessions a little after their connections.
        await expect.poll(async () => (await states()).filter((state) => state !== 'idle')).toEqual([])
        await expect.poll(async () => (await states()).length).toBeLessThanOrEqual(max)
      } finally {
        await pool.end()
      }
    })
  }

  it('does not wait for a connection once it is aborted', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') return
    const { table } = await makeLeads(test.ops)
    const pool = hostPool({ connectionString: test.target.url, max: 1 })
    try {
      await using ops = createOps({ database: pool })
      const acme = ops.forOrg({ orgId: 'acme', actor })
      await acme.rows.page(table)
      const taken = await pool.connect()
      const stop = new AbortController()
      const call = acme.rows.page(table, {}, { signal: stop.signal })
      const reason = new Error('the user left')
      stop.abort(reason)
      await expect(call).rejects.toBe(reason)
      taken.release()
      expect((await acme.rows.page(table)).rows).toHaveLength(2)
      expect([pool.idleCount, pool.waitingCount]).toEqual([1, 0])
    } finally {
      await pool.end()
    }
  })

  it('never ends the call of another, who has the connection next', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') return
    const { table } = await makeLeads(test.ops)
    const pool = hostPool({ connectionString: test.target.url, max: 3 })
    try {
      await using ops = createOps({ database: pool })
      const acme = ops.forOrg({ orgId: 'acme', actor })
      const failures: unknown[] = []
      const aborted = async (): Promise<void> => {
        for (let round = 0; round < 150; round += 1) {
          const stop = new AbortController()
          setTimeout(() => stop.abort(new Error('left')), round % 4)
          await acme.rows.page(table, {}, { signal: stop.signal }).catch((error) => {
            if (error.message !== 'left') failures.push(error)
          })
        }
      }
      const steady = async (): Promise<void> => {
        for (let round = 0; round < 150; round += 1) await acme.rows.count(table).catch((error) => failures.push(error))
      }
      await Promise.all([aborted(), aborted(), steady(), steady()])
      expect(failures).toEqual([])
    } finally {
      await pool.end()
    }
  })
})

describeDatabases('aborting', (makeDatabase) => {
  it('rethrows the signal’s reason at any moment of a call, and the next call works', async () => {
    await using test = await openOps(makeDatabase)
    const { acme, table } = await makeLeads(test.ops)
    await acme.rows.load(
      table,
      Array.from({ length: 20_000 }, (_, n) => ({ cells: { name: `${n} ${'ab'.repeat(40)}` } })),
    )
    const reason = new Error('the user left')
    await expect(acme.rows.page(table, {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    for (const delayMs of [0, 2, 10, 40]) {
      const stop = new AbortController()
      setTimeout(() => stop.abort(reason), delayMs)
      const outcome = await acme.rows
        .updateWhere(table, 'all', { name: `changed ${delayMs}` }, { signal: stop.signal })
        .catch((error) => error)
      if (outcome instanceof Error) expect(outcome).toBe(reason)
      expect((await acme.rows.page(table, { limit: 1 })).rows).toHaveLength(1)
    }
    expect((await acme.rows.count(table)).count).toBe(20_002)
  })
})
