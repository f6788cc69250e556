import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeOwnDirectory } from './own-directory.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'opslayer-own-'))
})

afterEach(() => rm(root, { recursive: true }))

describe.skipIf(process.platform === 'win32')('a directory of one’s own', () => {
  it('is made closed to others, and taken again', async () => {
    const path = join(root, 'own')
    await makeOwnDirectory(path)
    await makeOwnDirectory(path)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  it('is none that others can look into, and no link to one', async () => {
    const [open, link] = [join(root, 'open'), join(root, 'link')]
    await mkdir(open)
    await chmod(open, 0o755)
    await symlink(root, link)
    for (const path of [open, link]) {
      await expect(makeOwnDirectory(path)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/is not yours alone.*set TMPDIR/),
      })
    }
  })
})
