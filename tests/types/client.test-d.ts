import type { LiveEvent, OpsRouter } from '@opslayer/server'
import type { createTRPCClient } from '@trpc/client'
import type { inferRouterOutputs } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'

declare const client: ReturnType<typeof createTRPCClient<OpsRouter>>
declare const tableId: string

test('rows come back with the values of their cells', () => {
  type Row = Awaited<ReturnType<typeof client.rows.window.query>>[number]
  expectTypeOf<Row['id']>().toEqualTypeOf<string>()
  expectTypeOf<Row['version']>().toEqualTypeOf<number>()
  expectTypeOf<Row['cells']>().toExtend<Readonly<Record<string, unknown>>>()
  expectTypeOf<inferRouterOutputs<OpsRouter>['rows']['page']['nextCursor']>().toEqualTypeOf<string | null>()
})

test('wrong inputs do not compile', () => {
  // @ts-expect-error an offset is a number
  client.rows.window.query({ tableId, offset: '1' })
  // @ts-expect-error a misspelled member
  client.rows.page.query({ tableId, filtr: undefined })
  // @ts-expect-error a filter of no known shape
  client.rows.page.query({ tableId, filter: { column: 'a' } })
  // @ts-expect-error actor and org come from the host's session
  client.tables.list.query({ orgId: 'other' })
  // @ts-expect-error an aggregate that there is not
  client.rows.summary.query({ tableId, aggregates: [{ column: 'a', aggregate: 'most' }] })
})

test('events tell their kinds apart', () => {
  client.live.changes.subscribe(
    { tableIds: [tableId] },
    {
      onData: ({ id, data }) => {
        expectTypeOf(id).toEqualTypeOf<string>()
        expectTypeOf(data.type).toEqualTypeOf<LiveEvent['type']>()
        if (data.type === 'changes')
          expectTypeOf(data.changes[0]?.rows).toEqualTypeOf<readonly string[] | null | undefined>()
      },
    },
  )
})

test('errors carry what opslayer says of them', () => {
  client.live.changes.subscribe(
    {},
    {
      onError: (error) => {
        expectTypeOf(error.data?.ops.retryable).toEqualTypeOf<boolean | undefined>()
        expectTypeOf(error.data?.ops.requestId).toEqualTypeOf<string | undefined>()
      },
    },
  )
})
