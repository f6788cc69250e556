// What a client costs before it knows any procedure of ours: the budget is counted from here.
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'

const t = initTRPC.create()
const router = t.router({ rows: { page: t.procedure.query(() => ({ rows: [{ id: '1' }] })) } })

export const client = createTRPCClient<typeof router>({ links: [httpBatchLink({ url: '/' })] })
export const page = await client.rows.page.query()
export const [id] = page.rows.map((row) => row.id)
