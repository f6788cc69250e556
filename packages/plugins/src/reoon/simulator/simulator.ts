import { defineSimulator, type SimulatedAnswer } from '@opslayer/core/testing'
import { verdictFor } from './verdict-for.ts'

/** A list under way. */
interface BulkTask {
  readonly name: string
  readonly emails: readonly string[]
  readonly createdAt: number
}

export interface ReoonSeed {
  /** @default 'reoon-key' */
  readonly key?: string
  /** @default 600 */
  readonly dailyCredits?: number
  /** @default 100000 */
  readonly instantCredits?: number
  /** How long a list takes, in milliseconds of the simulator's clock; the first fifth it waits. @default 20000 */
  readonly taskMs?: number
  /** After which the results are gone. @default 30 days */
  readonly keptMs?: number
}

const error = (reason: string, status = 200): SimulatedAnswer => ({ status, json: { status: 'error', reason } })

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)

/**
 * Reoon's API v1 as the fact sheet has it: key in the query of a GET and in the body of the POST, errors with status
 * 200, five calls of `/verify` under way at most. Addresses force their verdict by what stands before the `@`:
 * `invalid@`, `catch_all@`, `disposable@`, `slow@` and so on; about 5 % of the others are `unknown`.
 */
export const reoonSimulator = defineSimulator({
  id: 'reoon',
  base: '/api/v1',
  state: (seed: ReoonSeed | undefined) => ({
    key: seed?.key ?? 'reoon-key',
    dailyCredits: seed?.dailyCredits ?? 600,
    instantCredits: seed?.instantCredits ?? 100_000,
    taskMs: seed?.taskMs ?? 20_000,
    keptMs: seed?.keptMs ?? 30 * 86_400_000,
    tasks: new Map<string, BulkTask>(),
  }),
  authorize: ({ request, state }) => {
    const key = request.method === 'GET' ? request.query.get('key') : bodyOf(request.json()).key
    if (typeof key !== 'string' || key === '') return error('API key not provided')
    return key === state.key ? undefined : error('Invalid API key or the API access is disabled')
  },
  limits: {
    threads: {
      maxInFlight: 5,
      counts: ({ path }) => path === '/verify',
      // Neither JSON nor a header that says when to come back.
      refuse: () => ({
        status: 429,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>429 Too Many Requests</title></head></html>',
      }),
    },
  },
  routes: {
    'GET /verify': async ({ request, state, bill }) => {
      const email = request.query.get('email') ?? ''
      const mode = request.query.get('mode')
      if (mode !== 'quick' && mode !== 'power') return error('Invalid mode')
      if (!spend(state, 1)) return error('Not enough credits', 402)
      bill.charge(1, `${mode} ${email}`)
      const answer = verdictFor(email, mode)
      if (email.startsWith('slow@')) await new Promise((resolve) => setTimeout(resolve, 200))
      return { json: answer }
    },
    'POST /create-bulk-verification-task/': ({ request, state, bill, clock }) => {
      const { emails, name } = bodyOf(request.json())
      if (!Array.isArray(emails) || emails.length < 10) return error('Minimum 10 emails are required', 400)
      if (emails.length > 50_000) return error('Maximum 50000 emails are allowed', 400)
      if (typeof name === 'string' && name.length > 25) return error('Name is too long', 400)
      const submitted = emails.map((email) => String(email).trim().toLowerCase())
      const unique = [...new Set(submitted)]
      const taken = unique.filter(isAddress)
      if (!spend(state, taken.length)) return error('Not enough credits', 402)
      bill.charge(taken.length, `bulk of ${taken.length}`)
      const id = 100_000 + state.tasks.size
      state.tasks.set(String(id), { name: String(name ?? ''), emails: taken, createdAt: clock.now() })
      return {
        status: 201,
        json: {
          status: 'success',
          task_id: id,
          count_submitted: submitted.length,
          count_duplicates_removed: submitted.length - unique.length,
          count_rejected_emails: unique.length - taken.length,
          count_processing: taken.length,
        },
      }
    },
    'GET /get-result-bulk-verification-task/': ({ request, state, clock }) => {
      const id = request.query.get('task_id') ?? ''
      const task = state.tasks.get(id)
      const age = task === undefined ? 0 : clock.now() - task.createdAt
      if (task === undefined || age > state.keptMs) return { json: { task_id: id, status: 'file_not_found' } }
      const part = Math.min(1, age / state.taskMs)
      const total = task.emails.length
      const standing = {
        task_id: id,
        name: task.name,
        status: part >= 1 ? 'completed' : part < 0.2 ? 'waiting' : 'running',
        count_total: total,
        count_checked: Math.floor(total * part),
        progress_percentage: Math.round(part * 1_000) / 10,
      }
      if (part < 1) return { json: standing }
      const results = Object.fromEntries(task.emails.map((email) => [email, verdictFor(email, 'power')]))
      return { json: { ...standing, results } }
    },
    'GET /check-account-balance/': ({ state }) => ({
      json: {
        api_status: 'active',
        remaining_daily_credits: state.dailyCredits,
        remaining_instant_credits: state.instantCredits,
        status: 'success',
      },
    }),
  },
})

function bodyOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null ? { ...json } : {}
}

/** Daily credits go first. */
function spend(state: { dailyCredits: number; instantCredits: number }, credits: number): boolean {
  if (credits > state.dailyCredits + state.instantCredits) return false
  const daily = Math.min(credits, state.dailyCredits)
  state.dailyCredits -= daily
  state.instantCredits -= credits - daily
  return true
}
