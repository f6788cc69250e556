import { createOps, embedded } from '@opslayer/core'
import { hostilePlugin } from '../testing/hostile-plugin.ts'

/**
 * Has the hostile plugin work on the words of a table of the embedded database, `directory table`, prints what was logged of it
 * and which runs there were, then leaves a rejected promise of the host's own behind, and would end well without it.
 */
const [directory = '', tableId = ''] = process.argv.slice(2)
const told: string[] = []
const isTold = Promise.withResolvers<void>()
const quiet = (): void => {}
const ops = createOps({
  database: embedded(directory),
  plugins: [hostilePlugin],
  logger: {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (message) => {
      told.push(message)
      if (told.length === 2) isTold.resolve()
    },
  },
})
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
const inputs = { word: { column: 'word' } }
const column = await acme.runs.wait((await acme.cells.run(tableId, 'upper')).id)
const { id } = await acme.actions.start(tableId, { plugin: 'hostile', part: 'say', inputs })
const action = await acme.runs.wait(id)
await isTold.promise
const { items } = await acme.actions.log(id)
const messages = items.map(({ message }) => message)
process.stdout.write(
  `${JSON.stringify({ told, column: column.progress.counts, action: action.progress.counts, messages })}\n`,
)
void Promise.reject(new Error('Of the host'))
setTimeout(() => process.exit(0), 10_000)
