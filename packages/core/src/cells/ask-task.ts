import * as z from 'zod'
import { callPart } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { partInWords } from '../connections/part-in-words.ts'
import { collectSentCalls } from '../connections/sent-calls.ts'
import { callbackUrls } from '../connections/webhooks/hook-url.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import { isOutOfTurn } from '../http/http-error.ts'
import { failed, type Outcome } from '../plugin/cell-outcome.ts'
import type { TaskRun } from '../plugin/column-part.ts'
import { outcomesByKey } from '../plugin/outcomes-by-key.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { Json } from '../values/json.ts'
import { type Answers, type AskedCell, defaultTimeoutMs, isDatabaseAway, stopsRun } from './ask.ts'
import type { AskedPart } from './asked-part.ts'
import { outcomeOfError } from './checked-outcome.ts'
import { checkedProgress, checkedSubmission, checkedTaskPage } from './task-answers.ts'

/** Work at the vendor that a window waits for, as the checkpoint keeps it. */
export const taskSchema = z.strictObject({
  stage: z.enum(['submit', 'poll', 'collect']),
  /** The same whenever the submission is tried again. */
  key: z.string(),
  /** What finds the task again, as the plugin gave it. */
  state: z.json() as z.ZodType<Json>,
  /** The vendor's name for it, by which a webhook wakes the run. */
  ref: z.string().nullable(),
  cursor: z.string().nullable(),
  /** By the host's clock, in milliseconds. */
  submittedAt: z.number(),
  /** What counts as spent on each of its cells since it was submitted; null before. */
  paid: z.number().nullable().default(null),
})

export type VendorTask = z.infer<typeof taskSchema>

/** What came of looking after a task. */
export interface TaskAnswers extends Answers {
  /** The task as it is now; null once it is over. */
  readonly task: VendorTask | null
  /** When to look again, in milliseconds; 0: at once. */
  readonly waitMs: number
}

const defaultPollMs = 10_000
const defaultGiveUpMs = 86_400_000

/** Whether a part takes so many cells as a task. */
export function takesTask({ part, settings }: AskedPart, cells: number): boolean {
  const { task } = part
  return task !== undefined && cells >= (task.minCells ?? 1) && (task.when?.(settings) ?? true)
}

/** Brings a task one stage on: submits it, asks how it stands, collects a page of what it gave. */
export async function askTask(
  env: ConnectionEnv,
  session: OrgSession,
  asked: AskedPart,
  cells: readonly AskedCell[],
  { runId, signal, task }: { readonly runId: string; readonly signal: AbortSignal; readonly task: VendorTask },
): Promise<TaskAnswers> {
  const sent = collectSentCalls()
  const requests = new Map(cells.map(({ rowId }) => [rowId, sent.ids]))
  const { plugin, part, fill, settings } = asked
  const way = part.task
  if (way === undefined)
    throw new OpsError('PLUGIN_FAILED', say('"{part}" no longer takes tasks.', { part: part.name }))
  const call = {
    plugin,
    connectionId: fill.connectionId,
    part: partInWords.column(part.id),
    runId,
    signal,
    timeoutMs: part.timeoutMs ?? defaultTimeoutMs,
    onCall: sent.note,
  }
  const stage = { way, cells, settings, task, perItem: asked.perItem, now: env.now().getTime() }
  const ended = async (): Promise<StageEnd> => {
    try {
      const { stage: now } = task
      const callbackUrl = now === 'submit' ? await callbackUrls(env, session, plugin, fill.connectionId) : undefined
      return await callPart(env, session, call, (ctx) => bringOn(ctx, stage, callbackUrl))
    } catch (error) {
      signal.throwIfAborted()
      if (!isOpsError(error) || isDatabaseAway(error)) throw error
      if (stopsRun(error)) return { outcomes: new Map(), stop: error, task, waitMs: 0 }
      if (isOutOfTurn(error, sent)) {
        return { outcomes: new Map(), stop: null, task, waitMs: error.retryAfterMs ?? defaultPollMs }
      }
      // The vendor may be back: what was submitted is paid for.
      if (error.retryable && task.stage !== 'submit' && !isOld(stage)) {
        return { outcomes: new Map(), stop: null, task, waitMs: way.pollEveryMs ?? defaultPollMs }
      }
      const outcome = outcomeOfError(error, { sent, perItem: asked.perItem })
      return allOf(cells, paidFor(task, outcome))
    }
  }
  const isSubmitted = task.stage !== 'submit'
  const end = await ended()
  const acted = new Set(isSubmitted || sent.mayHaveActed() ? cells.map(({ rowId }) => rowId) : [])
  return { ...end, requests, acted }
}

type StageEnd = Omit<TaskAnswers, 'requests' | 'acted'>

/** A task with what its functions are given. */
interface Stage {
  // biome-ignore lint/suspicious/noExplicitAny: the parameters of a part are invariant; only `any` accepts every part
  readonly way: TaskRun<any, any, any, any>
  readonly cells: readonly AskedCell[]
  readonly settings: object
  readonly task: VendorTask
  /** What one cell costs. */
  readonly perItem: number
  /** By the host's clock. */
  readonly now: number
}

async function bringOn(
  ctx: PluginContext,
  stage: Stage,
  callbackUrl: ((webhook: string) => string | undefined) | undefined,
): Promise<StageEnd> {
  switch (stage.task.stage) {
    case 'submit':
      return await submit(ctx, stage, callbackUrl ?? (() => undefined))
    case 'poll':
      return await poll(ctx, stage)
    case 'collect':
      return await collect(ctx, stage)
    default:
      return stage.task.stage satisfies never
  }
}

async function submit(
  ctx: PluginContext,
  { way, cells, settings, task, perItem, now }: Stage,
  callbackUrl: (webhook: string) => string | undefined,
): Promise<StageEnd> {
  const given = await way.submit(ctx, {
    cells: questionsOf(cells),
    settings,
    idempotencyKey: task.key,
    callbackUrl,
  })
  const { state, ref, outcomes } = checkedSubmission(given)
  const submitted = { ...task, stage: 'poll' as const, state, ref, submittedAt: now, paid: perItem }
  return {
    outcomes: outcomesByKey(outcomes, cells.length),
    stop: null,
    task: submitted,
    waitMs: way.pollEveryMs ?? defaultPollMs,
  }
}

async function poll(ctx: PluginContext, stage: Stage): Promise<StageEnd> {
  const { way, cells, settings, task } = stage
  const progress = checkedProgress(await way.poll(ctx, { state: task.state, settings }))
  if (progress.status === 'failed') {
    const { code, message, retryable, cost } = progress
    const given = failed(code, message, { retryable, ...(cost !== undefined && { cost }) })
    return allOf(cells, paidFor(task, given))
  }
  const state = progress.state ?? task.state
  if (progress.status === 'finished') {
    return await collect(ctx, { ...stage, task: { ...task, stage: 'collect', state } })
  }
  if (isOld(stage)) return allOf(cells, paidFor(task, lost))
  const waitMs = Math.max(1_000, progress.afterMs ?? way.pollEveryMs ?? defaultPollMs)
  return { outcomes: new Map(), stop: null, task: { ...task, state }, waitMs }
}

async function collect(ctx: PluginContext, stage: Stage): Promise<StageEnd> {
  const { way, cells, settings, task } = stage
  // Pages without end are no results either.
  if (isOld(stage) && task.cursor !== null) return allOf(cells, paidFor(task, lost))
  const cursor = task.cursor ?? undefined
  const page = checkedTaskPage(
    await way.collect(ctx, { state: task.state, cells: questionsOf(cells), settings, cursor }),
  )
  const outcomes = outcomesByKey(page.outcomes, cells.length)
  const { nextCursor } = page
  if (nextCursor !== undefined && nextCursor !== task.cursor) {
    return { outcomes, stop: null, task: { ...task, stage: 'collect', cursor: nextCursor }, waitMs: 0 }
  }
  for (const { rowId } of cells) if (!outcomes.has(rowId)) outcomes.set(rowId, undefined)
  return { outcomes, stop: null, task: null, waitMs: 0 }
}

function questionsOf(cells: readonly AskedCell[]) {
  return cells.map(({ rowId, asked }) => ({ key: rowId, inputs: asked }))
}

const lost = failed('TASK_LOST', say('The vendor has not finished the task in the time that it may take.'), {
  retryable: true,
})

/** What was submitted is paid for, whatever becomes of it, unless it is said to cost something else. */
export function paidFor({ paid }: VendorTask, outcome: Outcome<never>): Outcome<never> {
  return outcome.status === 'failed' && paid !== null ? { cost: paid, ...outcome } : outcome
}

function isOld({ way, task, now }: Stage): boolean {
  return now - task.submittedAt > (way.giveUpAfterMs ?? defaultGiveUpMs)
}

function allOf(cells: readonly AskedCell[], outcome: unknown): StageEnd {
  return { outcomes: new Map(cells.map(({ rowId }) => [rowId, outcome])), stop: null, task: null, waitMs: 0 }
}
