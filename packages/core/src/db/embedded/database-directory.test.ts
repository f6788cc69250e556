import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdDirectory } from './database-directory.ts'
import { lockFileName } from './directory-lock.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opslayer-directory-'))
})

afterEach(() => rm(directory, { recursive: true }))

describe('holdDirectory', () => {
  it('makes the directory, parents included, and locks it', async () => {
    const path = join(directory, 'a', 'b')
    const held = await holdDirectory(path)
    expect(held.dataDirectory).toBe(join(path, 'data'))
    expect(await readdir(path)).toEqual([lockFileName])
    await expect(holdDirectory(path)).rejects.toMatchObject({ code: 'EMBEDDED_LOCKED' })
    await held.release()
    expect(await readdir(path)).toEqual([])
  })

  it('refuses a directory that holds something else, and leaves it untouched', async () => {
    await writeFile(join(directory, 'package.json'), '{}')
    await expect(holdDirectory(directory)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('contains "package.json"'),
    })
    expect(await readdir(directory)).toEqual(['package.json'])
  })

  it('refuses a file', async () => {
    const path = join(directory, 'file')
    await writeFile(path, '')
    await expect(holdDirectory(path)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: `${path} cannot hold the embedded database (EEXIST). Give it a directory that can be written to.`,
    })
  })

  it('does not mind what file systems and version control leave', async () => {
    await writeFile(join(directory, '.gitignore'), '*')
    await (await holdDirectory(directory)).release()
  })

  it('keeps "memory" in a temporary directory that goes away', async () => {
    const held = await holdDirectory('memory')
    const path = dirname(held.dataDirectory)
    expect((await stat(path)).isDirectory()).toBe(true)
    await held.release()
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('removes temporary directories of processes that were killed', async () => {
    const held = await holdDirectory('memory')
    const abandoned = join(dirname(dirname(held.dataDirectory)), `memory-abandoned-${process.pid}`)
    await mkdir(abandoned)
    const dead = { id: 'dead', pid: 1, processStart: '0', place: 'elsewhere' }
    await writeFile(join(abandoned, lockFileName), JSON.stringify(dead))
    await utimes(join(abandoned, lockFileName), 1, 1)
    await (await holdDirectory('memory')).release()
    await expect(stat(abandoned)).rejects.toMatchObject({ code: 'ENOENT' })
    expect((await stat(dirname(held.dataDirectory))).isDirectory()).toBe(true)
    await held.release()
  })
})
