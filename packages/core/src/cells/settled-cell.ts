import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { Outcome } from '../plugin/cell-outcome.ts'
import type { CellAsRead } from '../store/filled/read-inputs.ts'
import type { CellOutcomeWrite } from '../store/filled/write-outcomes.ts'
import type { ValueContext } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import type { Answers } from './ask.ts'
import type { AskedPart } from './asked-part.ts'
import { checkedOutcome } from './checked-outcome.ts'
import { costOf } from './outcome-cost.ts'
import { inputsHash, isOpen, keyOf, type OpenQuestion, type Question } from './question.ts'

/** What is told of all cells of a window. */
export interface Teller {
  readonly asked: AskedPart
  readonly column: ColumnDefinition
  readonly context: ValueContext
  readonly runId: string
  readonly at: string
  readonly cellOf: ReadonlyMap<string, CellAsRead | null>
  /** What was told of several cells alike, by the requests of their call; empty at first. */
  readonly shared: Map<readonly string[], Map<string, Readonly<Record<string, Json>>>>
}

/** Where outcomes are from. */
export interface Sources {
  /** Answers that were known, by the keys of their questions. */
  readonly cached: ReadonlyMap<string, Json>
  /** Questions that were not, by their keys. */
  readonly unknown: ReadonlyMap<string, OpenQuestion>
  readonly answers: Pick<Answers, 'outcomes' | 'requests' | 'acted'>
}

/** A cell with what became of it. */
export interface SettledCell {
  readonly write: CellOutcomeWrite
  readonly cost: number
  readonly source: 'itself' | 'cache' | 'plugin'
  /** An answer to be kept for equal questions. */
  readonly keep?: { readonly key: string; readonly outcome: Json }
}

/** What becomes of one cell; undefined where its question was not asked. */
export function settledCell(
  teller: Teller,
  question: Question,
  { cached, unknown, answers: { outcomes, requests, acted } }: Sources,
): SettledCell | undefined {
  const { asked, column, context } = teller
  if (!isOpen(question)) {
    const outcome = checkedOutcome(question.settled, column, context)
    const cost = outcome.status === 'failed' ? (outcome.cost ?? 0) : 0
    return { write: writeOf(teller, question, outcome, { source: 'itself', cost }), cost, source: 'itself' }
  }
  const fromCache = (outcome: Outcome<Json>): SettledCell => ({
    write: writeOf(teller, question, outcome, { source: 'cache', cost: 0 }),
    cost: 0,
    source: 'cache',
  })
  const { cacheKey, rowId } = question
  const known = cached.get(keyOf(question))
  if (known !== undefined) return fromCache(checkedOutcome(known, column, context))
  const first = unknown.get(keyOf(question))
  if (first === undefined || !outcomes.has(first.rowId)) return undefined
  const outcome = checkedOutcome(outcomes.get(first.rowId), column, context)
  if (first.rowId !== rowId) return fromCache(outcome)
  const cost = costOf(asked, outcome, acted.has(rowId))
  const write = writeOf(teller, question, outcome, { source: 'plugin', cost, requests: requests.get(rowId) })
  const isKept = cacheKey !== null && outcome.status === 'done'
  return {
    write,
    cost,
    source: 'plugin',
    ...(isKept && { keep: { key: cacheKey, outcome: outcome as unknown as Json } }),
  }
}

const noRequests: readonly string[] = []

/** Requests that are kept of a cell. */
const mostRequests = 10

function writeOf(
  teller: Teller,
  { rowId, inputs }: Question,
  outcome: Outcome<Json>,
  {
    source,
    cost,
    requests = noRequests,
  }: {
    readonly source: SettledCell['source']
    readonly cost: number
    readonly requests?: readonly string[] | undefined
  },
): CellOutcomeWrite {
  const provider = (outcome.status === 'skipped' ? undefined : outcome.provider) ?? null
  const { confidence = null, raw } = outcome.status === 'skipped' ? {} : outcome
  const own = {
    ...(outcome.status === 'failed' && { retryable: outcome.retryable }),
    ...(raw !== undefined && { raw }),
  }
  const origin = {
    told: sharedDetails(teller, { provider, source, cost, requests }),
    hash: inputsHash(inputs),
    confidence,
    own: Object.keys(own).length === 0 ? null : own,
  }
  const asRead = teller.cellOf.get(rowId) ?? null
  switch (outcome.status) {
    case 'done':
      return { rowId, state: 'done', value: outcome.value, code: null, message: null, origin, asRead }
    case 'failed':
      return { rowId, state: 'failed', value: null, code: outcome.code, message: outcome.message, origin, asRead }
    case 'skipped':
      return { rowId, state: 'skipped', value: null, code: null, message: outcome.reason, origin, asRead }
    default:
      return outcome satisfies never
  }
}

interface Told {
  /** null for the part's, or the plugin's. */
  readonly provider: string | null
  readonly source: SettledCell['source']
  readonly cost: number
  readonly requests: readonly string[]
}

/** What cells of one call have in common, as one object. */
function sharedDetails(
  { asked, runId, at, shared }: Teller,
  { provider, source, cost, requests }: Told,
): Readonly<Record<string, Json>> {
  const ofCall = shared.get(requests) ?? new Map<string, Readonly<Record<string, Json>>>()
  shared.set(requests, ofCall)
  const key = `${source} ${cost} ${provider ?? ''}`
  const known = ofCall.get(key)
  if (known !== undefined) return known
  const { plugin, part, fill, unit } = asked
  const details: Readonly<Record<string, Json>> = {
    plugin: `${plugin.id}@${plugin.version}`,
    part: part.id,
    provider: provider ?? part.provider ?? plugin.facts.name,
    connection: fill.connectionId,
    run: runId,
    at,
    cached: source === 'cache',
    ...(cost > 0 && { cost: { unit, amount: cost } }),
    ...(requests.length > 0 && { requests: requests.slice(0, mostRequests) }),
  }
  ofCall.set(key, details)
  return details
}
