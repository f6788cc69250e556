import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectoryLock, lockDirectory, lockFileName } from './directory-lock.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opslayer-lock-'))
})

afterEach(() => rm(directory, { recursive: true }))

/** Rewrites the lock that this process holds as somebody else's. */
async function disguise(change: Record<string, unknown>): Promise<void> {
  const path = join(directory, lockFileName)
  const holder = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...holder, ...change }))
}

async function deadPid(): Promise<number | undefined> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'exit')
  return child.pid
}

describe('lockDirectory', () => {
  it('is taken once, and again after its release, leaving no file behind', async () => {
    const lock = await lockDirectory(directory)
    expect(await readdir(directory)).toEqual([lockFileName])
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      code: 'EMBEDDED_LOCKED',
      message: expect.stringMatching(`${directory} is in use by this process \\(pid ${process.pid}\\)`),
    })
    await lock.release()
    expect(await readdir(directory)).toEqual([])
    await (await lockDirectory(directory)).release()
  })

  it('names the process that holds it and what to do', async () => {
    const lock = await lockDirectory(directory)
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: 'pipe' })
    const start = (await readFile(`/proc/${other.pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ')[19]
    await disguise({ id: 'other', pid: other.pid, processStart: start })
    await expect(lockDirectory(directory)).rejects.toThrow(
      new RegExp(`in use by another process \\(pid ${other.pid}\\)\\. Close it there first`),
    )
    other.stdin.end()
    await once(other, 'exit')
    await lock.release()
  })

  it('takes over the lock of a process that died', async () => {
    await lockDirectory(directory)
    await disguise({ id: 'dead', pid: await deadPid() })
    await (await lockDirectory(directory)).release()
    expect(await readdir(directory)).toEqual([])
  })

  it('is not deceived by a process number that was given to another', async () => {
    await lockDirectory(directory)
    await disguise({ id: 'earlier', processStart: '1' })
    await (await lockDirectory(directory)).release()
  })

  it('leaves a lock alone that is no longer its own', async () => {
    const lock = await lockDirectory(directory)
    await disguise({ id: 'successor' })
    await lock.release()
    expect(await readdir(directory)).toEqual([lockFileName])
  })

  it('lets exactly one of many take over', async () => {
    for (let round = 0; round < 20; round++) {
      const first = await lockDirectory(directory)
      await disguise({ id: `dead ${round}`, processStart: '1' })
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)))
      const won = results.filter(
        (result): result is PromiseFulfilledResult<DirectoryLock> => result.status === 'fulfilled',
      )
      expect(won).toHaveLength(1)
      for (const { value } of won) await value.release()
      await first.release()
      expect(await readdir(directory)).toEqual([])
    }
  })

  it('takes over from one who died while taking over', async () => {
    await lockDirectory(directory)
    const path = join(directory, lockFileName)
    const claim = { ...JSON.parse(await readFile(path, 'utf8')), id: 'half', processStart: '1' }
    await disguise({ id: 'dead', processStart: '1' })
    await writeFile(`${path}.dead.claim`, JSON.stringify(claim))
    await (await lockDirectory(directory)).release()
    expect(await readdir(directory)).toEqual([])
  })

  it('believes a holder on another machine or in another container as long as it gives signs of life', async () => {
    await lockDirectory(directory)
    await disguise({ id: 'far', place: 'elsewhere' })
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'EMBEDDED_LOCKED' })
    const minuteAgo = new Date(Date.now() - 60_000)
    await utimes(join(directory, lockFileName), minuteAgo, minuteAgo)
    await (await lockDirectory(directory)).release()
  })

  it('refuses a lock file that is none', async () => {
    await writeFile(join(directory, lockFileName), 'hello')
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'EMBEDDED_LOCKED' })
  })
})
