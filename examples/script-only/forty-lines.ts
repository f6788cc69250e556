import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createOps, embedded } from '@opslayer/core'

// Import, formula, filter, export: `node --conditions=@opslayer/source forty-lines.ts [contacts.csv] [worth-a-call.csv]`

const sample = fileURLToPath(new URL('contacts.csv', import.meta.url))
const [source = sample, target = 'worth-a-call.csv'] = process.argv.slice(2)

await using ops = createOps({ database: process.env.DATABASE_URL ?? embedded('./.opslayer') })
await ops.migrate()
const acme = ops.forOrg({ orgId: 'forty-lines', actor: { type: 'user', id: 'newcomer' } })

// Import: format, types and columns are found out; the run would survive a kill.
const { plan, evidence } = await acme.imports.propose(source, { target: { kind: 'new', name: 'Contacts' } })
console.log(evidence.join(' '))
const { id, tableId } = await acme.imports.start(source, plan)
for await (const { state, progress } of acme.runs.watch(id)) console.log(state, progress.done, progress.rowsPerSecond)
const imported = await acme.runs.get(id)
if (tableId === null || imported.state !== 'done') throw new Error(`The import ended ${imported.state}.`)
console.log(imported.progress.counts)

// Formula: computed by the database, and with every write from now on.
await acme.columns.create(tableId, {
  name: 'Worth a call',
  formula: '@score >= 60 AND @stage <> "Lost" AND NOT ISBLANK(@phone)',
})
for (const { id } of (await acme.runs.list({ tableId, kind: 'backfill' })).items) await acme.runs.wait(id)

// Filter.
const filter = { column: 'worth_a_call', op: 'is', value: true } as const
console.log(await acme.rows.count(tableId, { filter }))

// Export.
console.log(await acme.exports.writeTo(tableId, { format: 'csv', filter }, createWriteStream(target)))
