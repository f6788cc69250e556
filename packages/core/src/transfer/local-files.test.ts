import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, it } from 'vitest'
import { localFiles } from './local-files.ts'

const directory = mkdtempSync(join(tmpdir(), 'opslayer-files-test-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

it('goes through the uploads that are there once an hour, and not at each that comes', async () => {
  const files = localFiles(directory)
  const forgotten = join(directory, 'upload_old')
  const monthAgo = new Date(Date.now() - 31 * 86_400_000)
  const putBack = (): void => {
    writeFileSync(forgotten, 'x')
    utimesSync(forgotten, monthAgo, monthAgo)
  }
  putBack()
  await files.write('upload_1', Readable.from([Buffer.from('Name')]))
  expect(existsSync(forgotten)).toBe(false)
  putBack()
  await files.write('upload_2', Readable.from([Buffer.from('Name')]))
  expect(existsSync(forgotten)).toBe(true)
})
