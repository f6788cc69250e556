import { createOps, embedded } from '@opslayer/core'
import { startSimulator } from '@opslayer/core/testing'
import { signpost } from './plugin.ts'
import { signpostSimulator } from './simulator.ts'

const vendor = await startSimulator(signpostSimulator)
await using ops = createOps({ database: embedded('memory'), plugins: [signpost({ baseUrl: vendor.url })] })
await ops.migrate()
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })

// What a host's screens are made of: parts and forms, as plain data.
const { items: plugins } = await acme.plugins.list()
for (const { name, methods, columnTypes } of plugins) {
  console.log(`${name} connects by ${methods.map(({ label }) => label).join(', ')}`)
  for (const { columnType, inputs } of columnTypes)
    console.log(`${columnType} reads ${inputs.fields.map(({ label }) => label).join(', ')}`)
}

const connection = await acme.connections.connect({ plugin: 'signpost', credentials: { token: 'signpost-token' } })
console.log(`${connection.name} is ${connection.state}, key ${connection.hint}`)
const field = { plugin: 'signpost', kind: 'sources', part: 'people', field: 'list' } as const
for (const { label } of await acme.plugins.options({ ...field, connectionId: connection.id }))
  console.log(`list: ${label}`)

// A source becomes a table, by a run that would survive this process.
const people = { plugin: 'signpost', part: 'people', connectionId: connection.id, settings: { list: 'l1' } }
const read = await acme.runs.wait((await acme.sources.start(null, { ...people, tableName: 'Newsletter' })).id)
console.log(`${read.progress.counts.created} people are rows now`)

// An action for some of them. Each row ends alone, and the log says how.
const invited = await acme.actions.start(read.tableId ?? '', {
  plugin: 'signpost',
  part: 'invite',
  connectionId: connection.id,
  settings: { list: 'l1' },
  inputs: { email: { column: 'email' } },
  filter: { column: 'email', op: 'contains', value: 'person1' },
})
await acme.runs.wait(invited.id)
const { items: entries } = await acme.actions.log(invited.id)
console.log(`${entries.filter(({ state }) => state === 'done').length} of them are invited`)
await vendor.close()
