import { SpanStatusCode, trace } from '@opentelemetry/api'
import { type Access, type AuditInput, type Ops, OpsError, type OrgOps } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'
import type { TRPCError } from '@trpc/server'
import type { Identity } from './actor.ts'
import { type Authorize, authorized, tableIdOf } from './authorize.ts'
import { opsCodeOf, trpcErrorOf } from './error-data.ts'
import { type CallLimits, createLimiter } from './limiter.ts'
import { auditFailed, brokenOff, type Log, logOfCall } from './log-entry.ts'
import { requestOf } from './request.ts'
import { auditedActions, type ProcedureName, procedureActions } from './roles.ts'

type MaybePromise<T> = T | Promise<T>

export interface CallOptions<Context extends object> {
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
  readonly limits?: CallLimits | undefined
  /** Told of every call when it has ended. */
  readonly log?: Log | undefined
}

/** What a call has at hand once it is let in. */
export interface CallContext {
  readonly org: OrgOps
  /** What of the org is there for the actor; undefined: all of it. */
  readonly access: Access | undefined
  readonly role: string | undefined
  readonly session: string | undefined
  readonly requestId: string
  /** `user:u1` */
  readonly actorName: string
  /** The call counts among those at once until this has settled: a body that is still on its way. */
  readonly lastsUntil: (ended: Promise<unknown>) => void
}

export interface Call {
  readonly procedure: ProcedureName
  /** As it came, unchecked: for the host's rules alone. */
  readonly input: () => Promise<unknown>
}

/**
 * The way in for every call, by tRPC or not: finds out who calls, counts, authorises, traces and logs.
 *
 * @throws TRPCError for whatever went wrong; what it was is its cause
 */
export type RunCall = <T>(context: object, call: Call, work: (own: CallContext) => Promise<T>) => Promise<T>

const tracer = trace.getTracer('@opslayer/server')

export function createCalls<Context extends object>(ops: Ops, options: CallOptions<Context>): RunCall {
  const limiter = createLimiter(options.limits ?? {})

  /** A log that cannot be written must not undo what was done, nor hide it from its caller: the operator is told. */
  async function audit(identity: Identity, entry: AuditInput, input: Call['input']): Promise<void> {
    try {
      const target = tableIdOf(await input())
      const org = ops.forOrg({ orgId: identity.orgId, actor: identity.actor })
      const isId = target !== undefined && /^[\w-]{1,100}$/.test(target)
      await org.audit.add({ ...entry, ...(isId && { target }) })
    } catch (error) {
      options.log?.(auditFailed(error, entry, identity))
    }
  }

  return async (context, { procedure, input }, work) => {
    const { requestId, once } = requestOf(context)
    const begun = performance.now()
    return await tracer.startActiveSpan(`ops.${procedure}`, async (span) => {
      let identity: Identity | undefined
      let release: (() => void) | undefined
      let failure: TRPCError | undefined
      let lasting: Promise<unknown> = Promise.resolve()
      span.setAttribute('ops.request_id', requestId)
      const note = (who: Identity, outcome: 'done' | 'refused'): Promise<void> =>
        audit(who, { action: procedure, outcome, requestId }, input)
      try {
        identity = await once(options, async () => (await options.context(context as Context)) ?? undefined)
        if (identity === undefined)
          throw new OpsError('UNAUTHENTICATED', say('Nobody is signed in, or the session has ended. Sign in again.'))
        span.setAttributes({ 'ops.org_id': identity.orgId, 'ops.actor_type': identity.actor.type })
        const actorName = `${identity.actor.type}:${identity.actor.id}`
        release = limiter.begin(`${identity.orgId} ${actorName}`)
        const access = await authorized(identity, procedure, input, options.authorize)
        const org = ops.forOrg({ orgId: identity.orgId, actor: identity.actor, access })
        const { actor, session } = identity
        const lastsUntil = (ended: Promise<unknown>): void => {
          lasting = ended
        }
        const result = await work({ org, access, role: actor.role, session, requestId, actorName, lastsUntil })
        if (auditedActions.has(procedureActions[procedure])) await note(identity, 'done')
        return result
      } catch (error) {
        failure = trpcErrorOf(error)
        if (identity !== undefined && opsCodeOf(failure) === 'FORBIDDEN') await note(identity, 'refused')
        throw failure
      } finally {
        const call = { requestId, procedure, identity }
        lasting
          .catch((error: unknown) => {
            if (hasLeft(error)) return
            options.log?.(brokenOff({ ...call, durationMs: performance.now() - begun, failure: trpcErrorOf(error) }))
          })
          .finally(release)
        const line = logOfCall({ ...call, durationMs: performance.now() - begun, failure })
        if (line.code !== undefined) span.setAttribute('ops.error_code', line.code)
        if (line.level === 'error') span.setStatus({ code: SpanStatusCode.ERROR, message: line.code ?? '' })
        span.end()
        options.log?.(line)
      }
    })
  }
}

/** Whether an answer broke off because nobody waits for it any more. */
function hasLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'AbortError' || ('code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')
}
