import type { RateLimit } from '../plugin/rate-limit.ts'

interface RuleScope {
  /** How late a call may be and still not come too close to those behind it, in milliseconds. */
  readonly lateMs: number
  /** Names the rule among those of its plugin; the same in all processes and versions that declare it alike. */
  readonly name: string
  readonly sharedBy: 'connection' | 'plugin'
  /** Whether a call counts, by its method and its path below the base URL; `undefined` for a call elsewhere. */
  readonly counts: (method: string, path: string | undefined) => boolean
}

/** Calls are spread over the window. */
export interface PaceRule extends RuleScope {
  readonly kind: 'pace'
  /** Between two calls, in milliseconds. */
  readonly intervalMs: number
  readonly max: number
  readonly perMs: number
  /** How much earlier than its place in the row a call may go, for bursts. */
  readonly aheadMs: number
}

/** Calls are counted in windows that begin at multiples of `perMs` since 1970: days at midnight, UTC. */
export interface BudgetRule extends RuleScope {
  readonly kind: 'budget'
  readonly max: number
  readonly perMs: number
}

/** Calls under way are counted. */
export interface InFlightRule extends RuleScope {
  readonly kind: 'in-flight'
  readonly max: number
}

export type LimitRule = PaceRule | BudgetRule | InFlightRule

/** Windows from here on are budgets: spread over a day, ten calls would be two hours apart. */
const budgetFromMs = 3_600_000

/** The part of a rate that is used. */
const usedPart = 0.98

/** The part of a window that a call may be late, in a busy process: later ones would come too close to those behind. */
const latePart = 0.035

/** What a plugin declares as a rule that can be kept. */
export function limitRule(limit: RateLimit): LimitRule {
  const { sharedBy = 'connection', paths, methods } = limit
  const patterns = paths?.map(pathPattern)
  const wanted = methods?.map((method) => method.toUpperCase())
  const kind = 'maxInFlight' in limit ? 'in-flight' : `${limit.perMs} ms`
  const isPace = !('maxInFlight' in limit) && limit.perMs < budgetFromMs
  const scope: RuleScope = {
    name: [kind, ...(wanted ?? []), ...(paths ?? [])].join(' ').slice(0, 200),
    sharedBy,
    lateMs: isPace ? limit.perMs * latePart : Number.POSITIVE_INFINITY,
    counts: (method, path) =>
      (wanted === undefined || wanted.includes(method)) &&
      (patterns === undefined || (path !== undefined && patterns.some((pattern) => pattern.test(path)))),
  }
  if ('maxInFlight' in limit) return { ...scope, kind: 'in-flight', max: limit.maxInFlight }
  const { max, perMs } = limit
  const burst = Math.min(max, limit.burst ?? 1)
  if (!isPace) return { ...scope, kind: 'budget', max, perMs }
  // With a burst the pace is slower, so that burst and pace together stay within the window.
  const intervalMs = perMs / (max - burst + 1) / usedPart
  return { ...scope, kind: 'pace', max, perMs, intervalMs, aheadMs: (burst - 1) * intervalMs }
}

/** `/lists/:id/*` as an expression: `:id` is one segment, a final `*` the rest. */
function pathPattern(path: string): RegExp {
  const segments = path.split('/').map((segment, place, all) => {
    if (segment === '*' && place === all.length - 1) return '.*'
    return segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${segments.join('/')}/?$`)
}
