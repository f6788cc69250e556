import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbedded } from './open-embedded.ts'
import { wireMessage } from './wire-messages.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opslayer-host-'))
})

afterEach(() => rm(directory, { recursive: true }))

/** A message no client may send: PostgreSQL ends the session. */
const unknownMessage = wireMessage('y', new Uint8Array(0))

function sendRaw(client: object, bytes: Uint8Array): void {
  ;(client as { connection: { stream: Duplex } }).connection.stream.write(bytes)
}

describe('the life of an embedded database', () => {
  it('is reopened after the worker ended of itself', async () => {
    await using database = await openEmbedded({ directory })
    const { pool } = database
    await pool.query('create table t (id int); insert into t values (1)')
    const client = await pool.connect()
    sendRaw(client, unknownMessage)
    const broken = client.query('select 1')
    const waiting = pool.query('select 1')
    await Promise.all([
      expect(broken).rejects.toMatchObject({ code: 'EMBEDDED_RESTARTED' }),
      expect(waiting).rejects.toMatchObject({ code: 'EMBEDDED_RESTARTED' }),
    ])
    client.release()
    expect((await pool.query('select id from t')).rows).toEqual([{ id: 1 }])
  })

  it('survives a function that calls itself for ever', async () => {
    await using database = await openEmbedded({ directory })
    await database.pool.query('create function f() returns void language plpgsql as $$ begin perform f(); end $$')
    await expect(database.pool.query('select f()')).rejects.toMatchObject({ code: '54001' })
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('lets statements under way finish when it is closed, and rolls open transactions back', async () => {
    const first = await openEmbedded({ directory })
    await first.pool.query('create table t (id int)')
    const forgotten = await first.pool.connect()
    const insert = first.pool.query('insert into t select g from generate_series(1, 100000) g')
    await insert
    await forgotten.query('begin')
    await forgotten.query('insert into t values (0)')
    const running = forgotten.query('select count(*)::int as n from t')
    await first.close()
    expect((await running).rows).toEqual([{ n: 100_001 }])
    await expect(first.pool.query('select 1')).rejects.toThrow('after calling end')
    await expect(forgotten.query('select 1')).rejects.toThrow()
    await using second = await openEmbedded({ directory })
    expect((await second.pool.query('select count(*)::int as n from t')).rows).toEqual([{ n: 100_000 }])
  })

  it('may be closed twice, and after the pool was ended', async () => {
    const database = await openEmbedded({ directory })
    await database.pool.query('select 1')
    await database.pool.end()
    await Promise.all([database.close(), database.close()])
    // The lock is gone.
    expect(await readdir(directory)).toEqual(['data'])
  })

  it('is open once in a process', async () => {
    await using _database = await openEmbedded({ directory })
    await expect(openEmbedded({ directory })).rejects.toMatchObject({
      code: 'EMBEDDED_LOCKED',
      message: expect.stringContaining('this process'),
    })
  })

  it('says so and lets go of the directory when PostgreSQL does not start', async () => {
    const first = await openEmbedded({ directory })
    await first.close()
    await writeFile(join(directory, 'data', 'PG_VERSION'), '17\n')
    await expect(openEmbedded({ directory })).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    await writeFile(join(directory, 'data', 'PG_VERSION'), '18\n')
    await (await openEmbedded({ directory })).close()
  })
})
