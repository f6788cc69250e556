import { callPart } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import type { FreshConnection } from '../connections/oauth/fresh-connection.ts'
import { partInWords } from '../connections/part-in-words.ts'
import { collectSentCalls } from '../connections/sent-calls.ts'
import type { OpsError } from '../errors/ops-error.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { isOutOfTurn } from '../http/http-error.ts'
import { outcomesByKey } from '../plugin/outcomes-by-key.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import { PluginError } from '../plugin/plugin-error.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { AskedPart } from './asked-part.ts'
import { outcomeOfError } from './checked-outcome.ts'

/** One cell on its way to the plugin. */
export interface AskedCell {
  readonly rowId: string
  readonly asked: object
}

/** What came of asking: outcomes as the plugin gave them, and what stops the run. */
export interface Answers {
  /** By row; cells that were not asked, because the run stops, are missing. */
  readonly outcomes: ReadonlyMap<string, unknown>
  /** By row: ids in the API log of the requests that went out for it, and for those asked with it. */
  readonly requests: ReadonlyMap<string, readonly string[]>
  /** Rows for which the vendor may have acted. */
  readonly acted: ReadonlySet<string>
  /** Credentials that are refused, a quota that is used up, or `RATE_LIMITED` where the rest has to wait for its turn. */
  readonly stop: OpsError | null
}

/** Calls of one window that are under way at once, where the vendor's limits allow. */
const callsAtOnce = 10

/** Of one call, in milliseconds. */
export const defaultTimeoutMs = 60_000

/** Asks a plugin for cells, each call apart: what one throws is its cells' alone, unless it concerns them all. */
export async function ask(
  env: ConnectionEnv,
  session: OrgSession,
  asked: AskedPart,
  cells: readonly AskedCell[],
  {
    runId,
    signal,
    known,
  }: {
    readonly runId: string
    readonly signal: AbortSignal
    /** The part's connection, if it was read just now: for the calls that begin at once. */
    readonly known?: FreshConnection | undefined
  },
): Promise<Answers> {
  const { plugin, part, fill, settings } = asked
  const outcomes = new Map<string, unknown>()
  const requests = new Map<string, readonly string[]>()
  const acted = new Set<string>()
  let begun = 0
  let stop: OpsError | null = null
  let away: OpsError | null = null
  let turn: Turn | null = null
  const call = {
    plugin,
    connectionId: fill.connectionId,
    part: partInWords.column(part.id),
    runId,
    signal,
    timeoutMs: part.timeoutMs ?? defaultTimeoutMs,
  }
  const guarded = async (some: readonly AskedCell[], work: (ctx: PluginContext) => Promise<void>): Promise<void> => {
    if (stop !== null || away !== null || turn !== null || signal.aborted) return
    const sent = collectSentCalls()
    for (const { rowId } of some) requests.set(rowId, sent.ids)
    try {
      begun += 1
      const ofCall = { onCall: sent.note, known: begun > callsAtOnce ? undefined : known }
      await callPart(env, session, { ...call, ...ofCall }, work)
    } catch (error) {
      if (signal.aborted) return
      if (isOpsError(error) && isDatabaseAway(error)) away = error
      else if (isOpsError(error) && stopsRun(error)) stop = error
      else if (isOutOfTurn(error, sent)) turn ??= turnOf(error)
      else for (const { rowId } of some) outcomes.set(rowId, outcomeOfError(error, { sent, perItem: asked.perItem }))
    } finally {
      if (sent.mayHaveActed()) for (const { rowId } of some) acted.add(rowId)
    }
  }
  const { batch, cell } = part
  const calls =
    batch === undefined
      ? cells.map(
          (one) => () =>
            guarded([one], async (ctx) => {
              outcomes.set(one.rowId, await cell?.(ctx, { inputs: one.asked, settings }))
            }),
        )
      : chunks(cells, batch.maxCells).map(
          (some) => () =>
            guarded(some, async (ctx) => {
              const questions = some.map(({ rowId, asked: inputs }) => ({ key: rowId, inputs }))
              const given = outcomesByKey(await batch.run(ctx, { cells: questions, settings }), some.length)
              for (const { rowId } of some) outcomes.set(rowId, given.get(rowId))
            }),
        )
  await atOnce(calls, callsAtOnce)
  signal.throwIfAborted()
  if (away !== null) throw away
  return { outcomes, requests, acted, stop: stop ?? untilTurn(turn) }
}

/** When calls that did not go out have their turn. */
interface Turn {
  readonly about: string
  /** By `performance.now()`. */
  readonly at: number
}

/** Where nobody says when. */
const defaultTurnMs = 1_000

function turnOf({ message, retryAfterMs = defaultTurnMs }: PluginError): Turn {
  return { about: message, at: performance.now() + retryAfterMs }
}

/** Others of the window took their time meanwhile. */
function untilTurn(turn: Turn | null): OpsError | null {
  if (turn === null) return null
  return new PluginError('RATE_LIMITED', turn.about, { retryAfterMs: Math.max(0, turn.at - performance.now()) })
}

/** What is no fault of a cell: the run goes on from its checkpoint once the database is back. */
export function isDatabaseAway({ code }: OpsError): boolean {
  return code === 'DATABASE_UNAVAILABLE' || code === 'EMBEDDED_RESTARTED'
}

/** What concerns every cell of the run alike. */
export function stopsRun({ code }: OpsError): boolean {
  return (
    code === 'CREDENTIALS_REFUSED' ||
    code === 'QUOTA_EXHAUSTED' ||
    code === 'NOT_FOUND' ||
    code === 'ENCRYPTION_KEY_MISSING'
  )
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const parts: T[][] = []
  for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size))
  return parts
}

async function atOnce(calls: readonly (() => Promise<void>)[], most: number): Promise<void> {
  const queue = calls.values()
  const work = async (): Promise<void> => {
    for (const call of queue) await call()
  }
  await Promise.all(Array.from({ length: Math.min(most, calls.length) }, work))
}
