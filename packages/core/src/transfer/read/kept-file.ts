import type { FileHandle } from 'node:fs/promises'

/** A file that is opened when it is first asked for, and stays open until it is closed. */
export interface KeptFile {
  readonly get: (signal?: AbortSignal) => Promise<FileHandle>
  readonly close: () => Promise<void>
}

export function keptFile(open: (signal: AbortSignal | undefined) => Promise<FileHandle>): KeptFile {
  let file: FileHandle | undefined
  return {
    async get(signal) {
      file ??= await open(signal)
      return file
    },
    async close() {
      await file?.close()
      file = undefined
    },
  }
}
