import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEmbedded } from './open-embedded.ts'

it('bounds the write-ahead log of a database that is written to without end', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'opslayer-checkpoints-'))
  const database = await openEmbedded({ directory })
  await database.pool.query('create table t (id int, filler text)')
  let largest = 0
  for (let round = 0; round < 12; round++) {
    await database.pool.query("insert into t select g, repeat('x', 800) from generate_series(1, 20000) g")
    largest = Math.max(largest, (await readdir(join(directory, 'data', 'pg_wal'))).length)
  }
  const { rows } = await database.pool.query("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as bytes")
  await database.close()
  await rm(directory, { recursive: true })
  expect(Number(rows[0].bytes)).toBeGreaterThan(180 * 1024 * 1024)
  // Segments of 1 MB: 32 until a checkpoint, as many again kept for reuse, and what one statement adds.
  expect(largest).toBeLessThan(130)
})
