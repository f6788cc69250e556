import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { openHeld } from '../connections/oauth/fresh-connection.ts'
import type { OpsError } from '../errors/ops-error.ts'
import type { Outcome } from '../plugin/cell-outcome.ts'
import type { OpenRun } from '../runs/run-kind.ts'
import type { CellSelection } from '../store/filled/claim-cells.ts'
import type { CellAsRead } from '../store/filled/read-inputs.ts'
import type { CellOutcomeWrite } from '../store/filled/write-outcomes.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { ValueContext } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import { type Answers, ask } from './ask.ts'
import { askTask, paidFor, takesTask, type VendorTask } from './ask-task.ts'
import { type AskedPart, askedPart } from './asked-part.ts'
import { findCached } from './cache.repository.ts'
import { checkedOutcome } from './checked-outcome.ts'
import { type CellsInHand, cellsInHand } from './in-hand.ts'
import { inputsHash, type Question, questionOf } from './question.ts'
import { readWindow, type WindowInputs } from './window-inputs.ts'

/** What became of a window of cells, before it is written. */
export interface Gathered {
  readonly outcomes: readonly CellOutcomeWrite[]
  /** Answers to be kept for equal questions. */
  readonly answers: readonly { readonly key: string; readonly outcome: Json }[]
  /** Cells that the plugin was asked for. */
  readonly asked: number
  readonly fromCache: number
  /** Beyond what counted as spent already. */
  readonly spent: number
  /** Cells that were handed in to the task just now, and count as spent from here on. */
  readonly submitted: number
  readonly tookMs: number
  /** What keeps the run from going on; cells without an outcome were not asked for. */
  readonly stop: OpsError | null
  /** Work at the vendor that the rest of the window waits for; null for none. */
  readonly task: VendorTask | null
  /** When to look at it again, in milliseconds. */
  readonly waitMs: number
  /** What of the window is asked for after this, one by one; null where it was taken whole. */
  readonly rest: CellsInHand['rest']
}

const nothing: Gathered = {
  outcomes: [],
  answers: [],
  asked: 0,
  fromCache: 0,
  spent: 0,
  submitted: 0,
  tookMs: 0,
  stop: null,
  task: null,
  waitMs: 0,
  rest: null,
}

interface Window {
  readonly columnId: string
  /** Which cells the run is for, where those of the window are not marked as running; null where they are. */
  readonly selection: Omit<CellSelection, 'column'> | null
  readonly window: readonly string[]
  /** The window as it was read when it was taken. undefined: it is read. */
  readonly foreseen: WindowInputs | undefined
  /** What the window waits for. null: it is asked for by calls. */
  readonly task: VendorTask | null
  /** Not null where cells are asked for one by one. */
  readonly alone: { readonly deferred: readonly string[] } | null
  readonly signal: AbortSignal
  readonly suspect: () => Promise<void>
}

/** Obtains the cells of a window: from what was answered before, else from the plugin. Writes nothing. */
export async function gatherWindow(
  env: ConnectionEnv,
  session: OrgSession,
  run: Pick<OpenRun<unknown, unknown>, 'id' | 'tableId' | 'takeovers'>,
  { columnId, selection, window, foreseen, task, alone, signal, suspect }: Window,
): Promise<Gathered> {
  if (window.length === 0) return nothing
  const since = performance.now()
  const taken = { columnId, selection, window }
  const { column, rows, context, held } = foreseen ?? (await readWindow(session, run.tableId, taken))
  const asked = await askedPart(column, session.plugins)
  const isOneTask = task !== null && (task.stage !== 'submit' || takesTask(asked, rows.length))
  const inHand = cellsInHand(asked, rows, { window, alone, takeovers: run.takeovers, isTask: isOneTask })
  const stuck = task === null || inHand.stuck === null ? inHand.stuck : paidFor(task, inHand.stuck)
  if (stuck === null && inHand.rows.length > 0 && (alone !== null || run.takeovers > 0)) await suspect()
  const questions = await Promise.all(
    inHand.rows.map(async (row) =>
      stuck === null ? await questionOf(asked, row) : { rowId: row.id, inputs: row.inputs, settled: stuck },
    ),
  )
  const keys = questions.flatMap((question) =>
    'asked' in question && question.cacheKey !== null ? [question.cacheKey] : [],
  )
  const cached: ReadonlyMap<string, Json> =
    keys.length === 0
      ? new Map()
      : await session.read({}, ({ tx, org }) => findCached(tx.db, org.orgId, [...new Set(keys)]))
  const open = questions.flatMap((question) =>
    'asked' in question && !(question.cacheKey !== null && cached.has(question.cacheKey)) ? [question] : [],
  )
  const distinct = distinctQuestions(open)
  const cells = [...distinct.values()]
  const isTask = stuck === null && task !== null && (task.stage !== 'submit' || takesTask(asked, cells.length))
  const calls = { runId: run.id, signal }
  const isHeld = held !== null && !isTask && cells.length > 0
  // What is wrong with it the calls tell, which then read it themselves.
  const known = isHeld ? await openHeld(env, session.orgId, held).catch(() => undefined) : undefined
  const answers = isTask
    ? await askTask(env, session, asked, cells, { ...calls, task })
    : { ...(await ask(env, session, asked, cells, { ...calls, known })), task: null, waitMs: 0 }
  // What cells are from is known as long as they are: also if the process ends once they are stored.
  if (cells.length > 0) await env.logged(session.orgId)
  const cellOf = new Map(rows.map(({ id, cell }) => [id, cell]))
  const teller = { asked, column, context, runId: run.id, at: env.now().toISOString(), cellOf, shared: new Map() }
  const settled = questions.flatMap((question) => settle(teller, question, { cached, distinct, answers }))
  const paid = task?.paid ?? 0
  const isSubmittedNow = task !== null && task.paid === null && answers.task !== null && answers.task.paid !== null
  return {
    outcomes: settled.map(({ write }) => write),
    answers: settled.flatMap(({ keep }) => keep ?? []),
    asked: answers.outcomes.size,
    fromCache: settled.filter(({ source }) => source === 'cache').length,
    spent: settled.reduce((all, { source, cost }) => all + (source === 'plugin' ? cost - paid : 0), 0),
    submitted: isSubmittedNow ? cells.length - answers.outcomes.size : 0,
    tookMs: isTask ? 0 : performance.now() - since,
    stop: answers.stop,
    task: answers.task,
    waitMs: answers.waitMs,
    rest: inHand.rest,
  }
}

type OpenQuestion = Extract<Question, { readonly asked: object }>

/** Equal questions of a window are asked once. */
function distinctQuestions(open: readonly OpenQuestion[]): ReadonlyMap<string, OpenQuestion> {
  const distinct = new Map<string, OpenQuestion>()
  for (const question of open) {
    const key = question.cacheKey ?? question.rowId
    if (!distinct.has(key)) distinct.set(key, question)
  }
  return distinct
}

interface Teller {
  readonly asked: AskedPart
  readonly column: ColumnDefinition
  readonly context: ValueContext
  readonly runId: string
  readonly at: string
  readonly cellOf: ReadonlyMap<string, CellAsRead | null>
  /** What was told of several cells alike, by the requests of their call. */
  readonly shared: Map<readonly string[], Map<string, Readonly<Record<string, Json>>>>
}

interface Sources {
  readonly cached: ReadonlyMap<string, Json>
  readonly distinct: ReadonlyMap<string, OpenQuestion>
  readonly answers: Pick<Answers, 'outcomes' | 'requests' | 'acted'>
}

interface Settled {
  readonly write: CellOutcomeWrite
  readonly cost: number
  readonly source: 'itself' | 'cache' | 'plugin'
  readonly keep?: { readonly key: string; readonly outcome: Json }
}

/** What becomes of one cell; nothing where its question was not asked. */
function settle(
  teller: Teller,
  question: Question,
  { cached, distinct, answers: { outcomes, requests, acted } }: Sources,
): readonly Settled[] {
  const { asked, column, context } = teller
  if ('settled' in question) {
    const outcome = checkedOutcome(question.settled, column, context)
    const cost = outcome.status === 'failed' ? (outcome.cost ?? 0) : 0
    return [{ write: writeOf(teller, question, outcome, { source: 'itself', cost }), cost, source: 'itself' }]
  }
  const { cacheKey, rowId } = question
  const known = cacheKey === null ? undefined : cached.get(cacheKey)
  if (known !== undefined) {
    const outcome = checkedOutcome(known, column, context)
    return [{ write: writeOf(teller, question, outcome, { source: 'cache', cost: 0 }), cost: 0, source: 'cache' }]
  }
  const first = distinct.get(cacheKey ?? rowId)
  if (first === undefined || !outcomes.has(first.rowId)) return []
  const outcome = checkedOutcome(outcomes.get(first.rowId), column, context)
  if (first.rowId !== rowId) {
    return [{ write: writeOf(teller, question, outcome, { source: 'cache', cost: 0 }), cost: 0, source: 'cache' }]
  }
  const cost = costOf(asked, outcome, acted.has(rowId))
  const write = writeOf(teller, question, outcome, { source: 'plugin', cost, requests: requests.get(rowId) })
  const isKept = cacheKey !== null && outcome.status === 'done'
  return [
    { write, cost, source: 'plugin', ...(isKept && { keep: { key: cacheKey, outcome: outcome as unknown as Json } }) },
  ]
}

/** Codes of cells of which the plugin has said nothing that can be kept. */
const unread: ReadonlySet<string> = new Set(['NO_ANSWER', 'PLUGIN_FAILED', 'VALUE_TOO_LARGE'])

/**
 * What an answer has cost.
 *
 * @param acted whether the vendor may have acted: then an answer that could not be kept costs as much as another one
 */
export function costOf({ part, perItem }: AskedPart, outcome: Outcome<Json>, acted: boolean): number {
  if (part.cost === undefined) return 0
  if (outcome.status !== 'skipped' && outcome.cost !== undefined) return outcome.cost
  if (outcome.status === 'done' || part.cost.whenFailed === true) return perItem
  return acted && outcome.status === 'failed' && unread.has(outcome.code) ? perItem : 0
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
  }: { readonly source: Settled['source']; readonly cost: number; readonly requests?: readonly string[] | undefined },
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
  readonly source: Settled['source']
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
