import { existsSync, mkdirSync, statSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** @throws Error if a file is there already: nobody's file is overwritten */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw new Error(`${path} is there already. Name another file, or remove it first.`)
}

/** Writes a file that is not there yet; one that could not be written to its end is removed. */
export async function writeNewFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  refuseExisting(path)
  const file = await open(path, 'wx')
  try {
    return await work(file)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/**
 * Makes a directory, and those above it, where they are not there yet. `mkdirSync` with `recursive` never ends below a
 * directory that takes none, as `/proc`.
 */
export function makeDirectory(path: string): void {
  if (!existsSync(path)) {
    makeDirectory(dirname(path))
    mkdirSync(path)
  } else if (!statSync(path).isDirectory()) {
    throw new Error(`${path} is a file, and no directory.`)
  }
}
