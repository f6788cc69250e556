import * as z from 'zod'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { withPlugin } from '../connections/with-plugin.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import { failed } from '../plugin/cell-outcome.ts'
import type { TaskProgress, TaskRun, TaskSubmission } from '../plugin/column-part.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { Json } from '../values/json.ts'
import { type Answers, type AskedCell, stopsRun } from './ask.ts'
import type { AskedPart } from './asked-part.ts'
import { outcomeOfError } from './checked-outcome.ts'

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
const defaultTimeoutMs = 60_000

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
  const { plugin, part, fill, settings } = asked
  const way = part.task
  if (way === undefined) throw new OpsError('PLUGIN_FAILED', `"${part.name}" no longer takes tasks.`)
  const timeoutMs = part.timeoutMs ?? defaultTimeoutMs
  const call = { plugin, connectionId: fill.connectionId, part: `column "${part.id}"`, runId, signal, timeoutMs }
  try {
    return await withPlugin(env, session, call, async (ctx) => {
      const now = env.now().getTime()
      switch (task.stage) {
        case 'submit':
          return await submit(ctx, way, cells, settings, task, now)
        case 'poll':
          return await poll(ctx, way, cells, settings, task, now)
        case 'collect':
          return await collect(ctx, way, cells, settings, task)
        default:
          return task.stage satisfies never
      }
    })
  } catch (error) {
    signal.throwIfAborted()
    if (!isOpsError(error)) throw error
    if (stopsRun(error)) return { outcomes: new Map(), stop: error, task, waitMs: 0 }
    // The vendor may be back: what was submitted is paid for.
    if (error.retryable && task.stage !== 'submit' && !isOld(way, task, env.now().getTime())) {
      return { outcomes: new Map(), stop: null, task, waitMs: way.pollEveryMs ?? defaultPollMs }
    }
    return allOf(cells, outcomeOfError(error))
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the parameters of a part are invariant; only `any` accepts every part
type AnyTaskRun = TaskRun<any, any, any, any>

async function submit(
  ctx: PluginContext,
  way: AnyTaskRun,
  cells: readonly AskedCell[],
  settings: object,
  task: VendorTask,
  now: number,
): Promise<TaskAnswers> {
  const submission: TaskSubmission<unknown> = await way.submit(ctx, {
    cells: questionsOf(cells),
    settings,
    idempotencyKey: task.key,
    callbackUrl: () => {
      throw new OpsError('UNSUPPORTED', 'Tasks are asked about by poll; there is no address for their end.')
    },
  })
  const { state, ref = null, outcomes = [] } = submission
  const submitted = { ...task, stage: 'poll' as const, state: state as Json, ref, submittedAt: now }
  return { outcomes: new Map(outcomes), stop: null, task: submitted, waitMs: way.pollEveryMs ?? defaultPollMs }
}

async function poll(
  ctx: PluginContext,
  way: AnyTaskRun,
  cells: readonly AskedCell[],
  settings: object,
  task: VendorTask,
  now: number,
): Promise<TaskAnswers> {
  const progress: TaskProgress = await way.poll(ctx, { state: task.state, settings })
  if (progress.status === 'failed') {
    return allOf(cells, failed(progress.code, progress.message, { retryable: progress.retryable }))
  }
  const state = (progress.state ?? task.state) as Json
  if (progress.status === 'finished')
    return await collect(ctx, way, cells, settings, { ...task, stage: 'collect', state })
  if (isOld(way, task, now)) {
    return allOf(
      cells,
      failed('TASK_LOST', 'The vendor has not finished the task in the time that it may take.', { retryable: true }),
    )
  }
  const waitMs = Math.max(1_000, progress.afterMs ?? way.pollEveryMs ?? defaultPollMs)
  return { outcomes: new Map(), stop: null, task: { ...task, state }, waitMs }
}

async function collect(
  ctx: PluginContext,
  way: AnyTaskRun,
  cells: readonly AskedCell[],
  settings: object,
  task: VendorTask,
): Promise<TaskAnswers> {
  const cursor = task.cursor ?? undefined
  const page = await way.collect(ctx, { state: task.state, cells: questionsOf(cells), settings, cursor })
  const outcomes = new Map<string, unknown>(page.outcomes)
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

function isOld(way: AnyTaskRun, { submittedAt }: VendorTask, now: number): boolean {
  return now - submittedAt > (way.giveUpAfterMs ?? defaultGiveUpMs)
}

function allOf(cells: readonly AskedCell[], outcome: unknown): TaskAnswers {
  return { outcomes: new Map(cells.map(({ rowId }) => [rowId, outcome])), stop: null, task: null, waitMs: 0 }
}
