import type { Call, Send } from './call.ts'
import { isHttpError } from './http-error.ts'
import { createInFlightGate, type InFlightGate } from './in-flight-gate.ts'
import type { InFlightRule, LimitRule } from './limit-rule.ts'
import type { HolderRules, LimitStore } from './limit-store.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import type { LimitHolder } from './limits.repository.ts'
import { outOfTurn } from './out-of-turn.ts'
import { retryAfterMs } from './retry-after.ts'

/** Whose limits hold for a fetch. */
export interface LimitedParty {
  readonly orgId: string
  readonly pluginId: string
  /** Null where the plugin is used without a connection. */
  readonly connectionId: string | null
  readonly rules: readonly LimitRule[]
  /** Higher goes first in this process. */
  readonly priority: number
  /** The path of a call below the plugin's base URL; undefined for calls elsewhere. */
  readonly pathOf: (url: URL) => string | undefined
}

/** The limiters of one process: one for each set of limits of a connection, as long as it is used. */
export interface RateLimits {
  limit(send: Send, party: LimitedParty): Send
  /** Gives back what other processes can use. */
  close(): Promise<void>
}

/** Limiters kept; idle ones go when there are more. */
const kept = 500

/** A vendor that does not say when it takes calls again gets as long as its own window is. */
const defaultWaitMs = 1_000

/** Slots of this time are taken at once. */
const blockMs = 250

export function createRateLimits(store: LimitStore, now: () => Date): RateLimits {
  const limiters = new Map<string, Limiter>()
  const gates = new Map<string, InFlightGate>()

  function limiterOf(groups: readonly HolderRules[], orgId: string): Limiter {
    const key = groups
      .map(({ holder, rules }) => [orgId, holder.orgId, holder.holder, ...rules.map(({ name }) => name)].join('\n'))
      .join('\n\n')
    return upTo(limiters, key, () => {
      const rules = groups.flatMap((group) => group.rules)
      const rates = rules.map((rule) => (rule.kind === 'pace' ? blockMs / rule.intervalMs : Number.POSITIVE_INFINITY))
      return createLimiter({
        lease: (count) => store.lease(orgId, groups, count),
        block: Math.max(1, Math.min(100, Math.ceil(Math.min(...rates)))),
        precious: rules.some(({ kind }) => kind === 'budget'),
      })
    })
  }

  function gateOf(holder: LimitHolder, rule: InFlightRule, orgId: string): InFlightGate {
    return upTo(gates, [holder.orgId, holder.holder, rule.name].join('\n'), () =>
      createInFlightGate((ask) => store.share(orgId, holder, rule, ask)),
    )
  }

  return {
    limit: (send, party) => {
      const { orgId, priority, rules } = party
      if (rules.length === 0) return send
      return async (call) => {
        const path = party.pathOf(call.url)
        const counting = rules.filter((rule) => rule.counts(call.method, path))
        const groups = groupsOf(party, counting)
        let isSent = false
        const sending = async (): Promise<Response> => {
          isSent = true
          return await send(call)
        }
        const paced = async (): Promise<Response> => {
          if (groups.length === 0) return await sending()
          const limiter = limiterOf(groups, orgId)
          const slot = await limiter.turn(call, priority)
          const response = await sending()
          if (response.status !== 429) return response
          const waitMs = retryAfterMs(response.headers, now()) ?? defaultWaitMs
          const noted = store.refused(orgId, slot, waitMs)
          limiter.refused(noted)
          await noted
          return response
        }
        const gated = counting.filter((rule) => rule.kind === 'in-flight')
        const work = gated.reduce<() => Promise<Response>>((inner, rule) => {
          const gate = gateOf(holderOf(party, rule), rule, orgId)
          return () => gate.run(call, priority, inner)
        }, paced)
        return await work().catch((error) => Promise.reject(isSent ? error : waitedInVain(error, call)))
      }
    },
    close: async () => {
      await Promise.allSettled([...gates.values()].map((gate) => gate.close()))
    },
  }
}

/** What ends a whole call says nothing of its turn. */
function waitedInVain(error: unknown, call: Call): unknown {
  const isOver = call.attempt === 1 && isHttpError(error) && error.code === 'VENDOR_UNAVAILABLE'
  return isOver ? outOfTurn(call, error) : error
}

function groupsOf(party: LimitedParty, counting: readonly LimitRule[]): readonly HolderRules[] {
  const timed = counting.filter((rule) => rule.kind !== 'in-flight')
  const shared = Map.groupBy(timed, ({ sharedBy }) => sharedBy)
  return [...shared].map(([sharedBy, rules]) => ({ holder: holderOf(party, { sharedBy }), rules }))
}

function holderOf(party: LimitedParty, { sharedBy }: Pick<LimitRule, 'sharedBy'>): LimitHolder {
  if (sharedBy === 'plugin') return { orgId: '', holder: `plugin ${party.pluginId}` }
  return { orgId: party.orgId, holder: party.connectionId ?? `plugin ${party.pluginId}` }
}

function upTo<T extends { idle(): boolean }>(present: Map<string, T>, key: string, make: () => T): T {
  const known = present.get(key)
  if (known !== undefined) return known
  if (present.size >= kept) for (const [other, each] of present) if (each.idle()) present.delete(other)
  const made = make()
  present.set(key, made)
  return made
}
