import type { Ops } from '@opslayer/core'
import { purgeInput } from '@opslayer/core/schemas'
import { createCalls, type RunCall } from '../calls.ts'
import { type OrgTails, tailsOf } from '../events/org-tails.ts'
import { countStreams, type StreamCount } from '../events/stream-count.ts'
import { checked, createProcedures, type OpsRouterOptions, type Procedures, router } from '../trpc.ts'
import { actionsRouter } from './actions.ts'
import { advisorRouter } from './advisor.ts'
import { auditRouter } from './audit.ts'
import { budgetsRouter } from './budgets.ts'
import { callsRouter } from './calls.ts'
import { cellsRouter } from './cells.ts'
import { changesRouter } from './changes.ts'
import { columnsRouter } from './columns.ts'
import { connectionsRouter } from './connections.ts'
import { formulasRouter } from './formulas.ts'
import { historyRouter } from './history.ts'
import { importsRouter } from './imports.ts'
import { keysRouter } from './keys.ts'
import { liveRouter } from './live.ts'
import { pluginsRouter } from './plugins.ts'
import { rowsRouter } from './rows.ts'
import { runsRouter } from './runs.ts'
import { schedulesRouter } from './schedules.ts'
import { settingsRouter } from './settings.ts'
import { sourcesRouter } from './sources.ts'
import { tablesRouter } from './tables.ts'
import { undoRouter } from './undo.ts'
import { viewsRouter } from './views.ts'

function routerOf(procedure: Procedures, tails: OrgTails, streams: StreamCount) {
  return router({
    tables: tablesRouter(procedure),
    columns: columnsRouter(procedure),
    rows: rowsRouter(procedure),
    views: viewsRouter(procedure),
    history: historyRouter(procedure),
    changes: changesRouter(procedure),
    live: liveRouter(procedure, tails, streams),
    undo: undoRouter(procedure),
    plugins: pluginsRouter(procedure),
    connections: connectionsRouter(procedure),
    sources: sourcesRouter(procedure),
    actions: actionsRouter(procedure),
    schedules: schedulesRouter(procedure),
    calls: callsRouter(procedure),
    imports: importsRouter(procedure),
    cells: cellsRouter(procedure),
    budgets: budgetsRouter(procedure),
    runs: runsRouter(procedure),
    formulas: formulasRouter(procedure),
    keys: keysRouter(procedure),
    audit: auditRouter(procedure),
    settings: settingsRouter(procedure),
    advisor: advisorRouter(procedure),
    purge: procedure('purge')
      .input(checked(purgeInput))
      .mutation(({ ctx, input, signal }) => ctx.org.purge({ before: new Date(input.before), signal })),
  })
}

/** The router's type: all that a client needs. */
export type OpsRouter = ReturnType<typeof routerOf>

/** The router of a handler, which lets calls in by other ways too. */
export function createRouter(
  run: RunCall,
  ops: Ops,
  { streams }: Pick<OpsRouterOptions<object>, 'streams'>,
): OpsRouter {
  const tails = tailsOf(ops)
  return routerOf(createProcedures(run), tails, countStreams(streams ?? {}))
}

/**
 * Everything that an org's members do, as a tRPC router: to be merged into the host's own, or served by
 * `createFetchHandler`.
 *
 * @example
 * export const appRouter = t.router({
 *   ops: createOpsRouter(ops, { context: (ctx: AppContext) => ctx.user && { orgId: ctx.user.orgId, actor: … } }),
 * })
 */
export function createOpsRouter<Context extends object>(ops: Ops, options: OpsRouterOptions<Context>): OpsRouter {
  return createRouter(createCalls(ops, options), ops, options)
}
