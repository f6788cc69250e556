import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isOpsError } from '../../errors/ops-error.ts'
import { type EmbeddedDatabase, openEmbedded } from './open-embedded.ts'

let database: EmbeddedDatabase

beforeAll(async () => {
  database = await openEmbedded({ directory: 'memory' })
  await database.pool.query('create table t (id int)')
})

afterAll(() => database.close())

const endless = 'select count(*) from generate_series(1, 1000000000000) g'

describe('withDeadline', () => {
  it('gives the result of work that is quick enough, and throws what it throws', async () => {
    expect(await database.withDeadline({ timeoutMs: 10_000 }, async () => 1)).toBe(1)
    const failing = database.withDeadline({ timeoutMs: 10_000 }, () => database.pool.query('selec'))
    await expect(failing).rejects.toMatchObject({ code: '42601' })
  })

  it('ends a statement that runs too long, keeps what was committed, and tells everyone else', async () => {
    const { pool } = database
    await pool.query('insert into t values (1)')
    const client = await pool.connect()
    const other = await pool.connect()
    const bystander = await pool.connect()
    const statement = database.withDeadline({ client, timeoutMs: 50 }, () => client.query(endless))
    const waiting = other.query('select 1').catch((error: unknown) => error)
    await expect(statement).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(await waiting).toSatisfy((error) => isOpsError(error, 'EMBEDDED_RESTARTED') && error.retryable)
    expect((await bystander.query('select id from t')).rows).toEqual([{ id: 1 }])
    for (const each of [client, other, bystander]) each.release()
    expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }])
  })

  it('rejects the statement itself with the same error', async () => {
    const client = await database.pool.connect()
    let error: unknown
    const work = async () => {
      error = await client.query(endless).catch((reason: unknown) => reason)
      throw error
    }
    const reason = await database.withDeadline({ client, timeoutMs: 20 }, work).catch((failure: unknown) => failure)
    expect(reason).toMatchObject({ code: 'TIMEOUT' })
    await expect.poll(() => error).toBe(reason)
    client.release()
  })

  it('throws the reason of the signal that aborts it', async () => {
    const { pool } = database
    const controller = new AbortController()
    const client = await pool.connect()
    const statement = database.withDeadline({ client, timeoutMs: 60_000, signal: controller.signal }, () => {
      const query = client.query(endless)
      queueMicrotask(() => controller.abort('changed my mind'))
      return query
    })
    await expect(statement).rejects.toBe('changed my mind')
    client.release()
    const answer = () =>
      pool.query('select 1 as one').then(
        ({ rows }) => rows,
        () => undefined,
      )
    await expect.poll(answer).toEqual([{ one: 1 }])
    const late = database.withDeadline({ timeoutMs: 1, signal: controller.signal }, () => pool.query('select 1'))
    await expect(late).rejects.toBe('changed my mind')
  })

  it('lets a short statement end that nobody wants any more, and goes on with what others asked', async () => {
    const { pool } = database
    const controller = new AbortController()
    const client = await pool.connect()
    const unwanted = database.withDeadline({ client, timeoutMs: 60_000, signal: controller.signal }, () => {
      const query = client.query('select count(*) from generate_series(1, 500000)')
      setTimeout(() => controller.abort('changed my mind'), 5)
      return query
    })
    const waiting = pool.query('select 1 as one')
    await expect(unwanted).rejects.toBe('changed my mind')
    client.release(true)
    expect((await waiting).rows).toEqual([{ one: 1 }])
  })

  it('drops a statement that only waits for its turn, without a restart', async () => {
    const { pool } = database
    const owner = await pool.connect()
    const waiter = await pool.connect()
    await owner.query('begin')
    await owner.query('insert into t values (7)')
    const waiting = database.withDeadline({ client: waiter, timeoutMs: 20 }, () =>
      waiter.query('insert into t values (8)'),
    )
    await expect(waiting).rejects.toMatchObject({ code: 'TIMEOUT' })
    waiter.release()
    await owner.query('commit')
    owner.release()
    expect((await pool.query('select id from t where id > 6')).rows).toEqual([{ id: 7 }])
  })

  it('rolls back the transaction of work that is stuck elsewhere', async () => {
    const { pool } = database
    const client = await pool.connect()
    const stuck = Promise.withResolvers<void>()
    const work = async () => {
      await client.query('begin')
      await client.query('insert into t values (9)')
      await stuck.promise
    }
    await expect(database.withDeadline({ client, timeoutMs: 50 }, work)).rejects.toMatchObject({ code: 'TIMEOUT' })
    stuck.resolve()
    client.release()
    expect((await pool.query('select id from t where id = 9')).rows).toEqual([])
  })

  it('tells a client whose transaction was lost at its next statement', async () => {
    const { pool } = database
    const client = await pool.connect()
    // Without a client any running statement counts, so this restarts the database under the transaction.
    await client.query('begin')
    const nothing = database.withDeadline({ timeoutMs: 1 }, () => new Promise(() => {}))
    await expect(nothing).rejects.toMatchObject({ code: 'TIMEOUT' })
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'EMBEDDED_RESTARTED' })
    client.release()
  })

  it('tells a client that was copying, and one that listens', async () => {
    const { pool } = database
    const [copier, listener, busy] = [await pool.connect(), await pool.connect(), await pool.connect()]
    await listener.query('listen news')
    const lost = new Promise((resolve) => listener.once('end', resolve))
    const statement = database.withDeadline({ client: busy, timeoutMs: 30 }, () => busy.query(endless))
    const copy = database.copyIn(copier, 't (id)', Buffer.from('1\n'))
    await Promise.all([
      expect(statement).rejects.toMatchObject({ code: 'TIMEOUT' }),
      expect(copy).rejects.toMatchObject({ code: 'EMBEDDED_RESTARTED' }),
      lost,
    ])
    for (const each of [copier, listener, busy]) each.release()
  })

  it('ends a statement that reads a large table by itself: the session goes on, and others notice nothing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'opslayer-deadline-'))
    {
      await using filled = await openEmbedded({ directory })
      await filled.pool.query(
        'create table large as select repeat(md5(g::text), 10) x from generate_series(1, 150000) g',
      )
    }
    // What was just written would be served from memory.
    await using database = await openEmbedded({ directory })
    const { pool } = database
    const listener = await pool.connect()
    let isLost = false
    listener.once('end', () => (isLost = true))
    await listener.query('listen news')
    for (const end of ['abort', 'timeout'] as const) {
      const controller = new AbortController()
      const client = await pool.connect()
      const [timeoutMs, signal] = end === 'abort' ? [60_000, controller.signal] : [100, undefined]
      const scan = "select count(*) from large, generate_series(1, 10) where x ilike '%zzqq%'"
      const statement = database.withDeadline({ client, timeoutMs, signal }, () => client.query(scan))
      const next = await pool.connect()
      const waiting = database.withDeadline({ client: next, timeoutMs, signal }, () => next.query(scan))
      waiting.catch(() => {})
      setTimeout(() => controller.abort('changed my mind'), 100)
      const other = pool.query('select 1 as one')
      await expect(statement).rejects.toSatisfy(
        (reason) => reason === 'changed my mind' || isOpsError(reason, 'TIMEOUT'),
      )
      client.release(true)
      await expect(waiting).rejects.toBeTruthy()
      next.release(true)
      expect((await other).rows).toEqual([{ one: 1 }])
    }
    expect(isLost).toBe(false)
    expect((await pool.query('select count(*)::int as n from large')).rows).toEqual([{ n: 150_000 }])
    listener.release(true)
    await database.close()
    await rm(directory, { recursive: true })
  })
})
