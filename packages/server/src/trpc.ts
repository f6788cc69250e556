import { checkInput } from '@opslayer/core/schemas'
import { type TRPCDefaultErrorShape as DefaultErrorShape, initTRPC, type TRPCError } from '@trpc/server'
import type { CallOptions, RunCall } from './calls.ts'
import { errorDataOf, publicMessage } from './error-data.ts'
import { heard } from './events/heard.ts'
import type { StreamLimits } from './events/stream-count.ts'
import { requestOf } from './request.ts'
import type { ProcedureName } from './roles.ts'

export interface OpsRouterOptions<Context extends object> extends CallOptions<Context> {
  /** How many event streams may be open in this process. @default 20 of an actor, 10,000 in all */
  readonly streams?: StreamLimits | undefined
}

/** What the middleware knows of a procedure. */
export interface ProcedureMeta {
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

/** What every procedure is made with. The name finds its rule. */
export type Procedures = ReturnType<typeof createProcedures>

export function createProcedures(run: RunCall) {
  const base = t.procedure
    .use(async ({ next, type }) => {
      const result = await next()
      return result.ok && type === 'subscription'
        ? { ...result, data: heard(result.data as AsyncIterator<unknown>) }
        : result
    })
    // A stream that is ended without a word has no shape: with one tRPC would send it as an error.
    .errors(({ shape, error, ctx }) =>
      isStreamEnd(error.cause) ? undefined : withOpsData(shape, error, requestOf(ctx).requestId),
    )
    .use(({ ctx, meta, next, getRawInput }) => {
      const { procedure } = meta as ProcedureMeta
      return run(ctx, { procedure, input: getRawInput }, async (own) => {
        const result = await next({ ctx: own })
        if (!result.ok) throw result.error
        return result
      })
    })
  return (procedure: ProcedureName) => base.meta({ procedure })
}

/** An ending without a word makes the client connect again. */
export function streamEnd(): DOMException {
  return new DOMException('The stream has ended.', 'AbortError')
}

function isStreamEnd(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError'
}

function withOpsData(shape: DefaultErrorShape, error: TRPCError, requestId: string) {
  const { code, httpStatus, path } = shape.data
  return {
    ...shape,
    message: publicMessage(error, requestId),
    data: { code, httpStatus, ...(path !== undefined && { path }), ops: errorDataOf(error, requestId) },
  }
}

/** A check of inputs. Its two members are there for types alone: by them tRPC tells what callers give from what procedures get. */
interface InputCheck<Given, Checked> {
  (input: unknown): Checked
  readonly _input: Given
  readonly _output: Checked
}

type Schema<Given, Checked> = Parameters<typeof checkInput<Checked>>[0] & { readonly _zod: { readonly input: Given } }

/** Checks an input by a schema of core, with core's errors. What the schema has a default for, callers may leave out. */
export function checked<Given, Checked>(schema: Schema<Given, Checked>): InputCheck<Given, Checked> {
  return ((input: unknown) => checkInput(schema, input)) as InputCheck<Given, Checked>
}
