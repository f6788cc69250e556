import { createOps, embedded } from '@opslayer/core'
import { hostilePlugin } from '../testing/hostile-plugin.ts'

/**
 * Has the hostile plugin work on the words of a table, `database table kind`, of which the first is JSON, until the run is
 * over; prints it then. Started again, it goes on with the run that it finds.
 */
const [database = '', tableId = '', kind = ''] = process.argv.slice(2)
const target = JSON.parse(database)
await using ops = createOps({
  database: target.kind === 'server' ? target.url : embedded(target.directory),
  plugins: [hostilePlugin],
  leaseMs: 1_000,
})
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
const inputs = { word: { column: 'word' } }
const starts = {
  column: () => acme.cells.run(tableId, 'upper'),
  action: () => acme.actions.start(tableId, { plugin: 'hostile', part: 'say', inputs }),
  source: () => acme.sources.start(null, { plugin: 'hostile', part: 'words' }),
} as const
ops.startWorker({ everyMs: 20, standstillMs: 1_000 })
const [present] = (await acme.runs.list({ kind })).items
const { id } = present ?? (await starts[kind as keyof typeof starts]())
const { state } = await acme.runs.wait(id)
process.stdout.write(`${JSON.stringify({ state })}\n`)
