import type { ConnectionEnv } from '../connections/connection-env.ts'
import { openHeld } from '../connections/oauth/fresh-connection.ts'
import type { OpsError } from '../errors/ops-error.ts'
import type { OpenRun } from '../runs/run-kind.ts'
import type { CellSelection } from '../store/filled/claim-cells.ts'
import type { CellOutcomeWrite } from '../store/filled/write-outcomes.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { Json } from '../values/json.ts'
import { ask } from './ask.ts'
import { askTask, paidFor, takesTask, type VendorTask } from './ask-task.ts'
import { askedPart } from './asked-part.ts'
import { findCached } from './cache.repository.ts'
import { type CellsInHand, cellsInHand } from './in-hand.ts'
import { cacheKeysOf, questionOf, unknownQuestions } from './question.ts'
import { settledCell } from './settled-cell.ts'
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
  const keys = cacheKeysOf(questions)
  const cached: ReadonlyMap<string, Json> =
    keys.length === 0 ? new Map() : await session.read({}, ({ tx, org }) => findCached(tx.db, org.orgId, keys))
  const unknown = unknownQuestions(questions, cached)
  const cells = [...unknown.values()]
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
  const settled = questions.flatMap((question) => settledCell(teller, question, { cached, unknown, answers }) ?? [])
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
