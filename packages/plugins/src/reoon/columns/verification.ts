import { failed, type Outcome, PluginError, type TaskProgress } from '@opslayer/core/plugin'
import * as z from 'zod'
import { get, part, post, powerTimeoutMs } from '../api.ts'
import { bulkResult, createdTask, taskAnswer, type VerificationStatus, verificationAnswer } from '../schemas.ts'
import { verdict } from '../verdict.ts'

const settings = z.object({
  mode: z.enum(['quick', 'power']).default('power').meta({
    title: 'Mode',
    description: 'Power asks the mail server about the mailbox, for up to a minute; quick looks at the domain alone.',
  }),
})

const inputs = z.object({ email: z.string().trim().min(3).max(320).meta({ title: 'E-mail address' }) })

const taskState = z.object({ taskId: z.string() })

const day = 86_400_000

/** Whether an e-mail address can be written to. */
export const verification = part.columnType({
  id: 'verification',
  name: 'Verify e-mail',
  description: 'Tells whether an e-mail address can be written to.',
  category: 'verify',
  settings,
  inputs,
  value: {
    type: 'dropdown',
    settings: {
      options: [
        { id: 'safe', name: 'Safe', color: 'green' },
        { id: 'valid', name: 'Valid', color: 'lime' },
        { id: 'catch_all', name: 'Catch-all', color: 'amber' },
        { id: 'role_account', name: 'Role account', color: 'amber' },
        { id: 'unknown', name: 'Unknown', color: 'gray' },
        { id: 'inbox_full', name: 'Inbox full', color: 'orange' },
        { id: 'invalid', name: 'Invalid', color: 'red' },
        { id: 'disabled', name: 'Disabled', color: 'red' },
        { id: 'disposable', name: 'Disposable', color: 'purple' },
        { id: 'spamtrap', name: 'Spam trap', color: 'brown' },
      ],
    },
  },
  cost: { unit: 'credit', perItem: 1 },
  cache: { ttlMs: 30 * day, key: ({ email }, { mode }) => `${mode} ${email.toLowerCase()}` },
  timeoutMs: 300_000,

  cell: async (ctx, question) => {
    const { mode } = question.settings
    const query = { email: question.inputs.email, mode }
    const init = mode === 'power' ? { timeoutMs: powerTimeoutMs } : {}
    const answer = await get(ctx, '/verify', query, verificationAnswer, init)
    if (sameAddress(answer.email, question.inputs.email)) return verdict(answer)
    throw new PluginError('VENDOR_ANSWER_INVALID', 'Reoon answered about another address than the one asked about.')
  },

  // Always in power mode. Smaller lists are refused.
  task: {
    minCells: 10,
    maxCells: 50_000,
    when: ({ mode }) => mode === 'power',
    pollEveryMs: 10_000,
    submit: async (ctx, { cells }) => {
      const emails = [...new Set(cells.map((cell) => addressKey(cell.inputs.email)))]
      const { task_id: taskId } = await post(
        ctx,
        '/create-bulk-verification-task/',
        { name: `opslayer ${ctx.now().toISOString().slice(0, 10)}`.slice(0, 25), emails },
        createdTask,
      )
      return { state: { taskId }, ref: taskId }
    },
    poll: async (ctx, { state }) => progressOf(await readTask(ctx, state)),
    collect: async (ctx, { state, cells }) => {
      const { results } = await readTask(ctx, state)
      const byAddress = new Map(Object.entries(results ?? {}).map(([address, result]) => [addressKey(address), result]))
      return {
        outcomes: cells.map(({ key, inputs }) => [key, resultOf(byAddress.get(addressKey(inputs.email)))] as const),
      }
    },
  },
})

/** Reoon gives addresses back in its own spelling. */
function addressKey(email: string): string {
  return email.trim().toLowerCase()
}

function sameAddress(a: string, b: string): boolean {
  return addressKey(a) === addressKey(b)
}

async function readTask(ctx: Parameters<typeof get>[0], state: unknown): Promise<z.output<typeof taskAnswer>> {
  const { taskId } = taskState.parse(state)
  const init = { timeoutMs: 120_000 }
  return await get(ctx, '/get-result-bulk-verification-task/', { task_id: taskId }, taskAnswer, init)
}

function progressOf({ status, progress_percentage: percent }: z.output<typeof taskAnswer>): TaskProgress {
  if (status === 'completed') return { status: 'finished' }
  if (status === 'waiting' || status === 'running') {
    return { status: 'running', ...(typeof percent === 'number' && { progress: percent / 100 }) }
  }
  const gone = status === 'file_not_found'
  const message = gone
    ? 'Reoon no longer has the list; it keeps results for a while only.'
    : `Reoon could not work on the list (“${status.slice(0, 40)}”).`
  return { status: 'failed', code: gone ? 'TASK_GONE' : 'TASK_FAILED', message, retryable: true }
}

/** Addresses that Reoon takes for none are left out of the results. */
function resultOf(result: unknown): Outcome<VerificationStatus> {
  if (result === undefined) {
    return failed('LEFT_OUT', 'Reoon left the address out of its results, as it does with what is no address.')
  }
  const parsed = bulkResult.safeParse(result)
  return parsed.success ? verdict(parsed.data) : failed('ANSWER_INVALID', 'Reoon answered in another shape.')
}
