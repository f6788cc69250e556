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
await vendor.close()
