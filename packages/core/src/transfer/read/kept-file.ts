import type { FileHandle } from 'node:fs/promises'

/** A file that is opened when it is first asked for, and stays open until it is closed. */
export interface KeptFile {
  readonly get: (signal?: AbortSignal) => Promise<FileHandle>
  readonly close: () => Promise<void>
}

export function keptFile(open: (signal: AbortSignal | undefined) => Promise<FileHandle>): KeptFile {
  let opening: Promise<FileHandle> | undefined
  return {
    async get(signal) {
      opening ??= open(signal)
      try {
        return await opening
      } catch (error) {
        opening = undefined
        throw error
      }
    },
    async close() {
      const opened = opening
      opening = undefined
      await opened?.then(
        (file) => file.close(),
        () => {},
      )
    },
  }
}
