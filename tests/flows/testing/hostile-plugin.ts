import { definePlugin, done, PluginError } from '@opslayer/core/plugin'
import * as z from 'zod'
import { capitals } from './capitals.ts'

/** A plugin that some words make do the worst. */
export const hostilePlugin = hostile()

/** The same; its second version no longer loops. */
export function hostile(version: 1 | 2 = 1) {
  return definePlugin({ id: 'hostile', version: `${version}.0.0`, name: 'Hostile' })
    .columnType({
      ...capitals,
      cell: async (_ctx, { inputs: { word } }) => {
        if (word === 'loop' && version === 1) for (;;);
        if (word === 'code') throw new PluginError('NO_SUCH_CODE' as never, 'Of the vendor’s own.')
        if (word === 'leak') {
          setTimeout(() => void Promise.reject(new Error('left behind')), 1)
          void Promise.reject(new Error('at once'))
        }
        if (word === 'big')
          return done(word, { raw: new Array(3_000_000).fill({ of: 'a hundred megabytes of answer' }) })
        return done(word.toUpperCase())
      },
    })
    .action({
      id: 'say',
      name: 'Say',
      description: 'Says a word.',
      inputs: z.object({ word: z.string() }),
      output: z.object({ said: z.string() }),
      idempotency: 'idempotent',
      row: async (_ctx, { inputs: { word } }) => {
        if (word === 'exit') process.kill(process.pid, 'SIGKILL')
        if (word === 'big') return done({ said: 'x'.repeat(100_000_000) })
        return done({ said: word })
      },
    })
    .source({
      id: 'words',
      name: 'Words',
      description: 'Ends its process.',
      record: z.object({ word: z.string() }),
      key: ({ word }) => word,
      columns: { word: { name: 'Word', type: 'text', from: ({ word }) => word } },
      readPage: async () => {
        process.kill(process.pid, 'SIGKILL')
        return { records: [] }
      },
    })
}
