import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localFiles } from './local-files.ts'
import { temporaryFile } from './read/temporary-file.ts'
import { createSpool } from './write/spool.ts'

const directory = mkdtempSync(join(tmpdir(), 'opslayer-full-disk-'))
const temporaryBefore = process.env.TMPDIR

/** A disk of 6 MB; making one takes the rights of root, as CI has them. */
const isMounted = mountSmallDisk()

function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', directory], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function* megabytes(count: number): Generator<Buffer> {
  for (let sent = 0; sent < count; sent += 1) yield Buffer.alloc(1_000_000, 'x')
}

beforeAll(() => {
  process.env.TMPDIR = directory
})

afterAll(() => {
  if (temporaryBefore === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = temporaryBefore
  if (isMounted) execFileSync('umount', [directory])
  rmSync(directory, { recursive: true, force: true })
})

describe.skipIf(!isMounted)(`on a full disk${isMounted ? '' : ' (skipped: no right to mount a small one)'}`, () => {
  it('an upload is refused, leaves nothing, and fits once there is room', async () => {
    const files = localFiles(join(directory, 'uploads'))
    const refused = files.write('upload_a', Readable.from(megabytes(20)))
    await expect(refused).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    expect(readdirSync(join(directory, 'uploads'))).toEqual([])
    expect(await files.write('upload_b', Readable.from(megabytes(3)))).toBe(3_000_000)
    await files.delete('upload_b')
  })

  it('an export that cannot wait for its reader any more says so', async () => {
    const spool = createSpool()
    const write = async (): Promise<void> => {
      for (const chunk of megabytes(20)) await spool.write(chunk)
    }
    await expect(write()).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    await spool.close(new Error('The export has failed.'))
    expect(readdirSync(directory)).toEqual(['uploads'])
  })

  it('a workbook that comes as a stream is refused, and its copy goes', async () => {
    const copied = temporaryFile(Readable.from(megabytes(20)), undefined)
    await expect(copied).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    const file = await temporaryFile(Readable.from(megabytes(3)), undefined)
    expect((await file.stat()).size).toBe(3_000_000)
    await file.close()
  })
})
