import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbedded } from './open-embedded.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opslayer-durability-'))
})

afterEach(() => rm(directory, { recursive: true }))

const insertUntilKilled = new URL('./test-fixtures/insert-until-killed.ts', import.meta.url)
const forgetToClose = new URL('./test-fixtures/forget-to-close.ts', import.meta.url)

function startScript(script: URL) {
  return spawn(process.execPath, [fileURLToPath(script), directory], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Lets a process insert until it has acknowledged `count` rows, kills it, and returns the last number it printed. */
async function insertAndKill(count: number): Promise<number> {
  const child = startScript(insertUntilKilled)
  let last = 0
  let seen = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') continue
    last = Number(line)
    if (++seen === count) child.kill('SIGKILL')
  }
  return last
}

describe('a process that ends without closing its database', () => {
  it('loses no acknowledged row when it is killed while writing', async () => {
    let last = 0
    for (const count of [37, 211, 640]) {
      last = await insertAndKill(count)
      const database = await openEmbedded({ directory })
      const { rows } = await database.pool.query(
        'select count(*)::int as rows, max(n) as last, min(length(filler)) as filler from acknowledged',
      )
      await database.close()
      // One more may have been committed than was told.
      expect(rows[0].last).toBeGreaterThanOrEqual(last)
      expect(rows[0]).toEqual({ rows: rows[0].last, last: rows[0].last, filler: 2000 })
    }
    expect(last).toBeGreaterThanOrEqual(888)
  })

  it('ends all the same, and what it wrote is there', async () => {
    const child = startScript(forgetToClose)
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    await using database = await openEmbedded({ directory })
    expect((await database.pool.query('select n from kept')).rows).toEqual([{ n: 1 }])
  })

  it('is refused while another process has the directory', async () => {
    const child = startScript(insertUntilKilled)
    await once(child.stdout, 'data')
    const refusal = openEmbedded({ directory })
    await expect(refusal).rejects.toMatchObject({
      code: 'EMBEDDED_LOCKED',
      message: expect.stringContaining(`pid ${child.pid}`),
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    await (await openEmbedded({ directory })).close()
  })
})
