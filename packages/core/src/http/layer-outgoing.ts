import * as z from 'zod'
import { checkInput } from '../errors/check-input.ts'
import type { PluginFetch } from '../plugin/plugin-context.ts'
import { withApiLog } from './api-log.ts'
import { withAttemptTimeout } from './attempt-timeout.ts'
import { baseUrlOf } from './base-url.ts'
import { withBoundedBody } from './bounded-body.ts'
import type { Send } from './call.ts'
import type { CallLog } from './call-log.ts'
import { type Circuit, closedCircuit, withCircuitBreaker } from './circuit-breaker.ts'
import { createGuardedFetch } from './guard/guarded-fetch.ts'
import type { Resolve } from './guard/guarded-lookup.ts'
import { limitRule } from './limit-rule.ts'
import { type NetworkFetch, overNetwork } from './network.ts'
import type { FetchTarget, Outgoing } from './outgoing.ts'
import { withPluginHeaders } from './plugin-headers.ts'
import type { RateLimits } from './rate-limit.ts'
import { withRetry } from './retry.ts'
import { routeText } from './route-text.ts'
import { type HttpTracer, spansOf } from './spans.ts'
import { withTotalTimeout } from './total-timeout.ts'
import { withTurnInTime } from './turn-in-time.ts'

/** What a way out is made of. */
export interface LayerOptions {
  readonly rateLimits: RateLimits
  readonly log: CallLog
  readonly now: () => Date
  /** For addresses that plugins and the host name. @default Node's */
  readonly fetch?: NetworkFetch | undefined
  /** Origins that are called without a look at where they lie, such as `http://n8n.internal:5678`. @default none */
  readonly allowedOrigins?: readonly string[] | undefined
  readonly tracer?: HttpTracer | undefined
  /** For addresses that users name. @default the system's resolver */
  readonly resolve?: Resolve | undefined
}

const initSchema = z.object({
  method: z
    .string()
    .regex(/^[A-Za-z]{1,20}$/, 'A method is a word such as POST.')
    .transform((method) => method.toUpperCase())
    .default('GET'),
  route: z.string().max(200).optional(),
  timeoutMs: z.int().min(1).max(600_000).default(30_000),
})

const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/** The whole call may take as long as some attempts, and long enough for a pause that the vendor asks for. */
const attemptsOfTime = 3
const leastTotalMs = 90_000

const answerBytes = 100 * 1_048_576

/** Connections and hosts of which failures are remembered. */
const keptCircuits = 2_000

/** Puts the layers together, from the network outwards. */
export function layerOutgoing(options: LayerOptions): Outgoing {
  const {
    rateLimits,
    log,
    now,
    fetch: hostFetch = (url, init) => fetch(url, init),
    allowedOrigins = [],
    resolve,
  } = options
  const guarded = createGuardedFetch(resolve)
  const startSpan = spansOf(options.tracer)
  const allowed = new Set(allowedOrigins.map((origin) => new URL(origin).origin))
  const circuits = new Map<string, Circuit>()

  function circuitOf(key: string): Circuit {
    const circuit = circuits.get(key) ?? closedCircuit()
    circuits.delete(key)
    circuits.set(key, circuit)
    const oldest = circuits.keys().next()
    if (circuits.size > keptCircuits && oldest.done !== true) circuits.delete(oldest.value)
    return circuit
  }

  function fetchFor(target: FetchTarget): PluginFetch {
    const { orgId, pluginId, connectionId, runId = null, secrets, headersOf = () => ({}), priority = 0 } = target
    const base = baseUrlOf(target.baseUrl)
    const own = target.baseUrl === undefined || target.isUsersUrl === true ? undefined : base.resolve('').origin
    const isTrusted = (url: URL): boolean => url.origin === own || allowed.has(url.origin)
    const rules = target.rateLimits.map(limitRule)

    // From the network outwards; the last one made is the first that a call passes.
    let send: Send = withBoundedBody(
      overNetwork({ trusted: hostFetch, guarded: guarded.fetch, isTrusted }),
      answerBytes,
    )
    send = withAttemptTimeout(send)
    send = withApiLog(
      send,
      { orgId, pluginId, connectionId, runId, secrets },
      { log, startSpan, onCall: target.onCall },
    )
    send = withCircuitBreaker(send, {
      circuitOf: ({ url }) => circuitOf([orgId, pluginId, connectionId, url.host].join('\n')),
    })
    send = withPluginHeaders(send, headersOf, (url) => base.pathOf(url) !== undefined)
    send = rateLimits.limit(send, { orgId, pluginId, connectionId, rules, priority, pathOf: base.pathOf })
    if (target.endsAt !== undefined) send = withTurnInTime(send, target.endsAt)
    send = withRetry(send, { now, random: Math.random })
    send = withTotalTimeout(send)

    return async (address, init = {}) => {
      const { method, route, timeoutMs } = checkInput(initSchema, init)
      const url = base.resolve(address)
      const signal = init.signal === undefined ? target.signal : AbortSignal.any([target.signal, init.signal])
      signal.throwIfAborted()
      return await send({
        url,
        method,
        headers: new Headers(init.headers),
        body: init.body ?? null,
        signal,
        idempotent: init.idempotent ?? idempotentMethods.has(method),
        route: routeText(url.pathname, route, secrets),
        timeoutMs,
        deadline: performance.now() + Math.max(leastTotalMs, timeoutMs * attemptsOfTime),
        attempt: 1,
      })
    }
  }

  return {
    fetchFor,
    logged: log.written,
    close: async () => {
      await rateLimits.close()
      await log.close()
      await guarded.close()
    },
  }
}
