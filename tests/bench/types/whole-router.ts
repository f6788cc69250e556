// A consumer that calls something of every noun, as an application does.
import type { OpsRouter } from '@opslayer/server'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

export const client = createTRPCClient<OpsRouter>({ links: [httpBatchLink({ url: '/' })] })

const tableId = 'tbl_x'
const email = { column: 'email', op: 'is_not_empty' } as const
export const { items } = await client.tables.list.query({})
export const keys = items.flatMap(({ columns }) => columns.map(({ key }) => key))
export const page = await client.rows.page.query({ tableId, filter: { and: [email, { not: email }] } })
export const window = await client.rows.window.query({ tableId, offset: 0, sort: [{ column: 'email', dir: 'desc' }] })
export const [cell] = window.map(({ cells }) => cells.email)
export const inserted = await client.rows.insert.mutate({ tableId, rows: [{ cells: { email: 'a@example.com' } }] })
export const groups = await client.rows.groups.query({ tableId, groupBy: [{ column: 'stage' }] })
export const summary = await client.rows.summary.query({
  tableId,
  aggregates: [{ column: 'email', aggregate: 'filled' }],
})
export const view = await client.views.create.mutate({ tableId, view: { name: 'Mine', definition: { filter: email } } })
export const { sorts } = view.definition
export const column = await client.columns.create.mutate({ tableId, column: { name: 'Score', type: 'number' } })
export const history = await client.history.row.query({ tableId, rowId: '1' })
export const [changed] = history.items.flatMap(({ cells }) => cells.map(({ after }) => after))
export const undone = await client.undo.undo.mutate()
export const { timeZone } = await client.settings.get.query()
export const advice = await client.advisor.explain.query({ tableId })
export const changes = client.live.changes.subscribe(
  { tableIds: [tableId] },
  { onData: ({ id, data }) => [id, data.type === 'changes' ? data.changes[0]?.rows : null] },
)
export type Inputs = inferRouterInputs<OpsRouter>
export type Outputs = inferRouterOutputs<OpsRouter>
export const query: Inputs['rows']['page'] = { tableId }
export const rows: Outputs['rows']['page']['rows'] = page.rows
