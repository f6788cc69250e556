import * as z from 'zod'
import type { ActionRequest } from './actions/action-request.ts'
import { estimateAction, startAction } from './actions/actions.service.ts'
import { runRequestSchema } from './cells/cell-requests.ts'
import { estimateCells, runCells } from './cells/cells.service.ts'
import type { ConnectionEnv } from './connections/connection-env.ts'
import { getFeed } from './feeds/feeds.service.ts'
import { syncFeed } from './feeds/sync-feed.ts'
import type { ScheduledKinds, ScheduledWork } from './queue/scheduled-work.ts'

const syncSchema = z.strictObject({ feedId: z.string().max(60), full: z.boolean().default(false) })

const columnSchema = z.strictObject({
  tableId: z.string().max(60),
  columnId: z.string().max(300),
  request: runRequestSchema.default({}),
})

/** What schedules can start. */
export function scheduleKinds(env: ConnectionEnv): ScheduledKinds {
  const sync: ScheduledWork<z.output<typeof syncSchema>> = {
    schema: syncSchema,
    check: async (session, { feedId }, options) => void (await getFeed(env, session, feedId, options)),
    start: (session, { feedId, full }, options) => syncFeed(env, session, feedId, { ...options, full }),
  }
  const action: ScheduledWork<{ readonly tableId: string; readonly request: ActionRequest }> = {
    schema: z.strictObject({ tableId: z.string().max(60), request: z.custom<ActionRequest>() }),
    check: async (session, { tableId, request }, options) =>
      void (await estimateAction(env, session, tableId, request, options)),
    start: (session, { tableId, request }, options) => startAction(env, session, tableId, request, options),
  }
  const column: ScheduledWork<z.output<typeof columnSchema>> = {
    schema: columnSchema,
    check: async (session, { tableId, columnId, request }, options) => {
      const { limit: _limit, maxCost: _maxCost, ...cells } = request
      await estimateCells(session, tableId, columnId, cells, options)
    },
    start: (session, { tableId, columnId, request }, options) => runCells(session, tableId, columnId, request, options),
  }
  return { sync, action, column }
}
