import { SpanStatusCode, trace } from '@opentelemetry/api'
import { type Access, type Ops, OpsError, type OrgOps } from '@opslayer/core'
import { checkInput } from '@opslayer/core/schemas'
import { type TRPCDefaultErrorShape as DefaultErrorShape, initTRPC, type TRPCError } from '@trpc/server'
import type { Identity } from './actor.ts'
import { type Authorize, authorized } from './authorize.ts'
import { errorAnswers } from './error-codes.ts'
import { errorDataOf, opsCodeOf, publicMessage, trpcErrorOf } from './error-data.ts'
import { tailsOf } from './events/org-tails.ts'
import type { StreamLimits } from './events/stream-count.ts'
import { type CallLimits, createLimiter, defaultCallLimits } from './limiter.ts'
import type { Log } from './log-entry.ts'
import { requestOf } from './request.ts'
import type { ProcedureName } from './roles.ts'

type MaybePromise<T> = T | Promise<T>

export interface OpsRouterOptions<Context extends object> {
  /**
   * Says who calls, from the host's tRPC context: never from input. Called once for each request.
   *
   * @returns null if nobody is signed in
   */
  readonly context: (context: Context) => MaybePromise<Identity | null>
  /**
   * Refuses or narrows calls that the matrix of roles allows: `false` refuses, an `Access` says what of tables, columns
   * and rows is there for the actor. Called for each call. @default allows them
   */
  readonly authorize?: Authorize | undefined
  /** How much one actor may ask of this process. @default 64 calls at once, 100 a second, 300 in a burst */
  readonly limits?: Partial<CallLimits> | undefined
  /** How many event streams may be open in this process. @default 20 of an actor, 10,000 in all */
  readonly streams?: Partial<StreamLimits> | undefined
  /** Told of every call when it has ended. */
  readonly log?: Log | undefined
}

interface ProcedureMeta {
  readonly procedure: ProcedureName
}

/** The types that hosts merge with: nothing is asked of their context. */
const t = initTRPC
  .context<object>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) =>
      withOpsData(shape, error, ctx === undefined ? '' : requestOf(ctx).requestId),
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
  })

export const { router } = t

const tracer = trace.getTracer('@opslayer/server')

/** What every procedure is made with. The name finds its rule. */
export type Procedures = ReturnType<typeof createProcedures>

export function createProcedures<Context extends object>(ops: Ops, options: OpsRouterOptions<Context>) {
  const limiter = createLimiter({ ...defaultCallLimits, ...options.limits })
  const tails = tailsOf(ops)
  const base = t.procedure
    .errors(({ shape, error, ctx }) => withOpsData(shape, error, requestOf(ctx).requestId))
    .use(async ({ ctx, meta, type, next, getRawInput }) => {
      const { procedure } = meta as ProcedureMeta
      const { requestId, once } = requestOf(ctx)
      const begun = performance.now()
      let identity: Identity | undefined
      let release: (() => void) | undefined
      return await tracer.startActiveSpan(`ops.${procedure}`, async (span) => {
        span.setAttribute('ops.request_id', requestId)
        const ended = (error: unknown): void => {
          release?.()
          const code = error === undefined ? undefined : opsCodeOf(error)
          const isFault = code !== undefined && errorAnswers[code].status >= 500
          if (code !== undefined) span.setAttribute('ops.error_code', code)
          if (isFault) span.setStatus({ code: SpanStatusCode.ERROR, message: code })
          span.end()
          options.log?.({
            level: isFault ? 'error' : code === undefined ? 'info' : 'warn',
            message: code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' ? 'refused' : 'call',
            requestId,
            procedure,
            orgId: identity?.orgId,
            actor: identity === undefined ? undefined : actorName(identity),
            durationMs: Math.round((performance.now() - begun) * 10) / 10,
            code,
            error: isFault ? error : undefined,
          })
        }
        try {
          identity = await once(options, async () => (await options.context(ctx as Context)) ?? undefined)
          if (identity === undefined)
            throw new OpsError('UNAUTHENTICATED', 'Nobody is signed in, or the session has ended. Sign in again.')
          span.setAttributes({ 'ops.org_id': identity.orgId, 'ops.actor_type': identity.actor.type })
          release = limiter.begin(`${identity.orgId} ${actorName(identity)}`)
          const access = await authorized(identity, procedure, getRawInput, options.authorize)
          const org = ops.forOrg({ ...identity, access })
          const result = await next({
            ctx: { org, access, requestId, actorName: actorName(identity) } satisfies ProcedureContext,
          })
          if (!result.ok) throw result.error
          if (type === 'mutation') tails.wake(identity.orgId)
          ended(undefined)
          return result
        } catch (error) {
          const answer = trpcErrorOf(error)
          ended(answer)
          throw answer
        }
      })
    })
  return (procedure: ProcedureName) => base.meta({ procedure })
}

function withOpsData(shape: DefaultErrorShape, error: TRPCError, requestId: string) {
  const { code, httpStatus, path } = shape.data
  return {
    ...shape,
    message: publicMessage(error, requestId),
    data: { code, httpStatus, ...(path !== undefined && { path }), ops: errorDataOf(error, requestId) },
  }
}

/** What procedures have at hand. */
export interface ProcedureContext {
  readonly org: OrgOps
  /** What of the org is there for the actor; undefined: all of it. */
  readonly access: Access | undefined
  readonly requestId: string
  /** `user:u1` */
  readonly actorName: string
}

function actorName({ actor }: Identity): string {
  return `${actor.type}:${actor.id}`
}

/** Checks an input by a schema of core, with core's errors. */
export function checked<T>(schema: Parameters<typeof checkInput<T>>[0]): (input: unknown) => T {
  return (input) => checkInput(schema, input)
}
