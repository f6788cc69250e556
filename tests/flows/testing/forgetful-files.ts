import { Readable } from 'node:stream'
import type { FileStore } from '@opslayer/core'

/** Takes files in and keeps their sizes alone, by their names. */
export function forgetfulFiles(): FileStore & { readonly sizes: ReadonlyMap<string, number> } {
  const sizes = new Map<string, number>()
  return {
    sizes,
    write: async (name, content) => {
      let size = 0
      for await (const chunk of content) size += chunk.byteLength
      sizes.set(name, size)
      return size
    },
    read: async () => Readable.from([]),
    delete: async (name) => void sizes.delete(name),
  }
}
