import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draftSuffix, fillFromPrepared } from './prepared-data.ts'

let root: string
let initialised: string[]

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'opslayer-prepared-'))
  initialised = []
})

afterEach(() => rm(root, { recursive: true }))

async function initialise(directory: string): Promise<void> {
  initialised.push(directory)
  await mkdir(join(directory, 'base', 'empty'), { recursive: true })
  await writeFile(join(directory, 'base', 'file'), 'content')
  await writeFile(join(directory, 'version'), '18')
}

async function fill(name: string): Promise<string> {
  const target = join(root, name)
  await fillFromPrepared(join(root, 'prepared'), target, initialise)
  return target
}

describe('fillFromPrepared', () => {
  it.skipIf(process.platform === 'win32')('trusts nothing in a directory that others can write to', async () => {
    await fill('first')
    await writeFile(join(root, 'prepared', 'data', 'base', 'file'), 'planted')
    await chmod(root, 0o777)
    expect(await readFile(join(await fill('second'), 'base', 'file'), 'utf8')).toBe('content')
  })

  it('initialises once and copies from then on', async () => {
    const first = await fill('first')
    const second = await fill('second')
    expect(initialised).toHaveLength(1)
    for (const target of [first, second]) {
      expect(await readFile(join(target, 'base', 'file'), 'utf8')).toBe('content')
      expect(await readdir(target)).toEqual(['base', 'version'])
      expect(existsSync(join(target, 'base', 'empty'))).toBe(true)
    }
    expect((await readdir(root)).sort()).toEqual(['first', 'prepared', 'second'])
  })

  it('prepares anew when a file was removed or cut', async () => {
    await fill('first')
    await rm(join(root, 'prepared', 'data', 'base', 'file'))
    expect(await readFile(join(await fill('second'), 'base', 'file'), 'utf8')).toBe('content')
    await writeFile(join(root, 'prepared', 'data', 'version'), '')
    expect(await readFile(join(await fill('third'), 'version'), 'utf8')).toBe('18')
    expect(initialised).toHaveLength(3)
  })

  it('starts over where an earlier attempt was interrupted', async () => {
    await mkdir(join(root, `target${draftSuffix}`, 'base'), { recursive: true })
    await writeFile(join(root, `target${draftSuffix}`, 'leftover'), '')
    expect(await readdir(await fill('target'))).toEqual(['base', 'version'])
  })

  it('removes nothing that is there already', async () => {
    await mkdir(join(root, 'target'))
    await writeFile(join(root, 'target', 'precious'), '')
    await expect(fill('target')).rejects.toMatchObject({ code: 'ENOTEMPTY' })
    expect(await readdir(join(root, 'target'))).toEqual(['precious'])
  })

  it('serves several at once', async () => {
    const targets = await Promise.all(['a', 'b', 'c'].map(fill))
    for (const target of targets) expect(await readFile(join(target, 'version'), 'utf8')).toBe('18')
    expect((await readdir(root)).sort()).toEqual(['a', 'b', 'c', 'prepared'])
  })

  it('leaves nothing prepared when it cannot be initialised', async () => {
    const failing = fillFromPrepared(join(root, 'prepared'), join(root, 'x'), () =>
      Promise.reject(new Error('no space')),
    )
    await expect(failing).rejects.toThrow('no space')
    expect(await readdir(root)).toEqual([])
  })
})
