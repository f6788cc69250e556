import { createHash } from 'node:crypto'
import * as z from 'zod'
import { callPart } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { plainText } from '../connections/name-schema.ts'
import { partInWords, whereCalled } from '../connections/part-in-words.ts'
import { collectSentCalls, type SentCalls } from '../connections/sent-calls.ts'
import { toOpsError } from '../db/database-errors.ts'
import { OpsError } from '../errors/ops-error.ts'
import { isHttpError, mayHaveActed } from '../http/http-error.ts'
import type { AnyActionPart } from '../plugin/action-part.ts'
import { boundedJson } from '../plugin/bounded-json.ts'
import { outcomesByKey } from '../plugin/outcomes-by-key.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import { PluginError } from '../plugin/plugin-error.ts'
import { validate } from '../plugin/validate.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { Json } from '../values/json.ts'
import type { ActionBatch } from './action-input.ts'
import { outcomeUnknown, type SettledRow } from './action-rows.repository.ts'
import type { RowsInHand } from './rows-in-hand.ts'

/** What became of the rows of a batch. */
export interface CalledRows {
  readonly settled: readonly SettledRow[]
  /** Rows for which the vendor certainly did nothing yet, and may later. */
  readonly again: readonly string[]
  /** Why. */
  readonly reason: PluginError | undefined
  /** What of the batch is called for after this, row by row; null where it was taken whole. */
  readonly rest: RowsInHand['rest']
}

/** An action with what it is called by. */
export interface ActionCall {
  readonly plugin: AnyPlugin
  readonly part: AnyActionPart
  readonly connectionId: string | null
  readonly settings: unknown
  readonly costPerRow: number | null
  readonly runId: string
  readonly signal: AbortSignal
}

const timeoutMs = 60_000

/** Calls the vendor for the rows of a batch. Rows fail alone. */
export async function callRows(
  env: ConnectionEnv,
  session: OrgSession,
  call: ActionCall,
  batch: ActionBatch,
): Promise<CalledRows> {
  const { part } = call
  const checked = await Promise.all(
    batch.rows.map(async ({ id, inputs }) => ({ id, checked: await validate(part.inputs, inputs) })),
  )
  const skipped = checked.flatMap(({ id, checked: { ok } }) =>
    ok ? [] : [settledRow(id, { state: 'skipped', message: say('An input is empty, or not what the action takes.') })],
  )
  const rows = checked.flatMap(({ id, checked: one }) =>
    one.ok ? [{ key: id, inputs: one.value, idempotencyKey: keyOf(session.orgId, call.runId, id) }] : [],
  )
  if (rows.length === 0) return { settled: skipped, again: [], reason: undefined, rest: null }
  const called =
    part.batch !== undefined && (part.row === undefined || rows.length > 1)
      ? await callTogether(env, session, call, batch.id, rows)
      : await callEach(env, session, call, rows)
  return { ...called, settled: [...skipped, ...called.settled] }
}

interface Row {
  readonly key: string
  readonly inputs: object
  readonly idempotencyKey: string
}

async function callEach(
  env: ConnectionEnv,
  session: OrgSession,
  call: ActionCall,
  rows: readonly Row[],
): Promise<CalledRows> {
  const { part, settings } = call
  const ended = await Promise.all(
    rows.map(async ({ key, inputs, idempotencyKey }) => {
      const sent = collectSentCalls()
      try {
        const outcome = await callPart(env, session, partCall(call, sent), async (ctx) => {
          if (part.row === undefined) throw new OpsError('INTERNAL', 'An action was not checked.')
          return await part.row(ctx, { inputs, settings, idempotencyKey })
        })
        return { settled: [await settledBy(call, key, outcome, sent)], again: [], reason: undefined }
      } catch (error) {
        return afterError(call, [key], error, sent)
      }
    }),
  )
  return {
    settled: ended.flatMap(({ settled }) => settled),
    again: ended.flatMap(({ again }) => again),
    reason: ended.find(({ reason }) => reason !== undefined)?.reason,
    rest: null,
  }
}

async function callTogether(
  env: ConnectionEnv,
  session: OrgSession,
  call: ActionCall,
  batchId: string,
  rows: readonly Row[],
): Promise<CalledRows> {
  const { part, settings, runId } = call
  const keys = rows.map(({ key }) => key)
  const idempotencyKey = keyOf(session.orgId, runId, batchId)
  const sent = collectSentCalls()
  try {
    const outcomes = await callPart(env, session, partCall(call, sent), async (ctx) => {
      const answered = await part.batch?.run(ctx, { rows, settings, idempotencyKey })
      return outcomesByKey(answered, rows.length)
    })
    const settled = await Promise.all(keys.map((key) => settledBy(call, key, outcomes.get(key), sent)))
    return { settled, again: [], reason: undefined, rest: null }
  } catch (error) {
    return afterError(call, keys, error, sent)
  }
}

function partCall({ plugin, connectionId, part, runId, signal }: ActionCall, { note }: SentCalls) {
  return {
    plugin,
    connectionId,
    part: partInWords.action(part.id),
    runId,
    signal,
    timeoutMs: part.timeoutMs ?? timeoutMs,
    onCall: note,
  }
}

const outcomeSchema = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('done'), value: z.unknown(), cost: z.number().min(0).max(1_000_000).optional() }),
  z.looseObject({
    status: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    cost: z.number().min(0).max(1_000_000).optional(),
  }),
  z.looseObject({ status: z.literal('skipped'), reason: z.string() }),
])

/** What is kept of what an action gives for a row, in characters. */
const mostOutput = 100_000

/** A row by the outcome that the plugin gave. */
async function settledBy(
  { part, costPerRow }: ActionCall,
  id: string,
  given: unknown,
  sent: SentCalls,
): Promise<SettledRow> {
  const paid = sent.mayHaveActed() ? costPerRow : null
  if (given === undefined) {
    const message = say('The action said nothing of this row.')
    return settledRow(id, { state: 'failed', code: 'NO_OUTCOME', message, cost: paid })
  }
  const outcome = outcomeSchema.safeParse(given)
  if (!outcome.success) {
    const message = say('The action gave no outcome.')
    return settledRow(id, { state: 'failed', code: 'PLUGIN_FAILED', message, cost: paid })
  }
  const { data } = outcome
  if (data.status === 'skipped') return settledRow(id, { state: 'skipped', message: data.reason })
  if (data.status === 'failed') {
    const cost = data.cost ?? (part.cost?.whenFailed === true ? costPerRow : null)
    return settledRow(id, { state: 'failed', code: data.code, message: data.message, cost })
  }
  const cost = data.cost ?? costPerRow
  const output = data.value === null ? undefined : await validate(part.output, data.value)
  // The vendor has acted: what it said of it is another matter.
  if (output !== undefined && !output.ok)
    return settledRow(id, { state: 'done', message: say('What came back is not what the action is to give.'), cost })
  const text = boundedJson(output?.value ?? null, mostOutput)
  if (text === undefined)
    return settledRow(id, {
      state: 'done',
      message: say('What came back is too large, or no JSON: it is not kept.'),
      cost,
    })
  return settledRow(id, { state: 'done', output: JSON.parse(text) as Json, cost })
}

/** Refusals after which the vendor certainly did nothing. */
const undone: ReadonlySet<string> = new Set(['CREDENTIALS_REFUSED', 'QUOTA_EXHAUSTED', 'RATE_LIMITED'])

/** Rows whose call threw: tried again, failed, or unknown where trying again might act twice. */
function afterError(
  { part, signal, costPerRow }: ActionCall,
  ids: readonly string[],
  thrown: unknown,
  sent: SentCalls,
): CalledRows {
  signal.throwIfAborted()
  const error = toOpsError(thrown)
  const isUndone = undone.has(error.code) || (isHttpError(error) && error.effect === 'none')
  const isPassing = error instanceof PluginError && (undone.has(error.code) || error.code === 'VENDOR_UNAVAILABLE')
  const isRepeatable = part.idempotency !== 'at-most-once'
  if (isPassing && (isUndone || isRepeatable)) return { settled: [], again: ids, reason: error, rest: null }
  const { message } = error
  const isRefused = error.code === 'VENDOR_REFUSED' || error.code === 'URL_REFUSED'
  const code = isRepeatable || isRefused ? error.code : outcomeUnknown
  // The vendor may have charged for what it did not answer.
  const cost = mayHaveActed(error, sent) ? costPerRow : null
  const settled = ids.map((id) => settledRow(id, { state: 'failed', code, message, cost }))
  return { settled, again: [], reason: undefined, rest: null }
}

/** Rows whose call was cut off with its process: nobody knows what the vendor did. */
export function unknownRows({ costPerRow: cost }: Pick<ActionCall, 'costPerRow'>, { rows }: ActionBatch): CalledRows {
  const message = say('The process was ended while the vendor was called. Look there before you try it again.')
  const settled = rows.map(({ id }) => settledRow(id, { state: 'failed', code: outcomeUnknown, message, cost }))
  return { settled, again: [], reason: undefined, rest: null }
}

/** Rows over which processes have ended too often. */
export function stuckRows({ plugin, part }: ActionCall, { rows }: ActionBatch): CalledRows {
  const message = say(
    '{where}: the processes that called it ended or stood still, again and again. Look at the vendor before you try it again.',
    { where: whereCalled(plugin.id, partInWords.action(part.id)) },
  )
  const settled = rows.map(({ id }) => settledRow(id, { state: 'failed', code: 'PLUGIN_STUCK', message }))
  return { settled, again: [], reason: undefined, rest: null }
}

/** Rows that are given up. */
export function failedBy(ids: readonly string[], { code, message }: OpsError): readonly SettledRow[] {
  return ids.map((id) => settledRow(id, { state: 'failed', code, message }))
}

function settledRow(id: string, row: Partial<SettledRow> & Pick<SettledRow, 'state'>): SettledRow {
  const { state, code = null, message = null, output = null, cost = null } = row
  return {
    id,
    state,
    code: code === null ? null : plainText(code, 60),
    message: message === null ? null : plainText(message, 1_000),
    output,
    cost,
  }
}

/** The same whenever this row of this run is tried again, and tells nobody which row it is. */
function keyOf(orgId: string, runId: string, what: string): string {
  return createHash('sha256')
    .update(JSON.stringify([orgId, runId, what]))
    .digest('base64url')
    .slice(0, 32)
}
