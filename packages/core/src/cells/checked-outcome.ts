import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { SentCalls } from '../connections/sent-calls.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { mayHaveActed } from '../http/http-error.ts'
import { boundedJson } from '../plugin/bounded-json.ts'
import { failed, type Outcome } from '../plugin/cell-outcome.ts'
import { PluginError } from '../plugin/plugin-error.ts'
import { say } from '../sentences/say.ts'
import type { ValueContext } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'

const mostRaw = 65_536
const mostValue = 1_000_000

/** An outcome that keeps the contract: what a plugin gives may be anything. */
export function checkedOutcome(
  given: unknown,
  { columnType, settings }: Pick<ColumnDefinition, 'columnType' | 'settings'>,
  context: ValueContext,
): Outcome<Json> {
  if (given === undefined) return failed('NO_ANSWER', say('The plugin gave no outcome for the cell.'))
  try {
    return readOutcome(given, columnType, settings, context)
  } catch {
    return wrong(say('gave what cannot be read'))
  }
}

function readOutcome(
  given: unknown,
  columnType: ColumnDefinition['columnType'],
  settings: ColumnDefinition['settings'],
  context: ValueContext,
): Outcome<Json> {
  if (typeof given !== 'object' || given === null || !('status' in given))
    return wrong(say('gave what is no outcome: use done(…), failed(…) or skipped(…)'))
  const outcome = given as Partial<Record<string, unknown>>
  switch (outcome.status) {
    case 'skipped':
      return { status: 'skipped', reason: textOf(outcome.reason, 500) }
    case 'failed':
      return {
        status: 'failed',
        code: textOf(outcome.code, 60),
        message: textOf(outcome.message, 500),
        retryable: outcome.retryable === true,
        ...provenance(outcome),
      }
    case 'done': {
      const { value = null } = outcome
      if (isHuge(value))
        return failed('VALUE_TOO_LARGE', say('The plugin gave a value of more than a million characters.'))
      const parsed = columnType.parse(value, settings, context)
      if (parsed.ok) return { status: 'done', value: parsed.value, ...provenance(outcome) }
      return wrong(say('gave what is no {type}: {reason}', { type: columnType.label, reason: parsed.reason }))
    }
    default:
      return wrong(say('gave the status "{status}"', { status: textOf(outcome.status, 20) }))
  }
}

function wrong(what: string): Outcome<Json> {
  return failed('PLUGIN_FAILED', say('The plugin {~what}.', { what }).slice(0, 500))
}

function textOf(value: unknown, most: number): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return text.slice(0, most).toWellFormed().replaceAll('\0', '\uFFFD')
}

function isHuge(value: unknown): boolean {
  if (typeof value === 'string') return value.length > mostValue
  return typeof value === 'object' && value !== null && boundedJson(value, mostValue) === undefined
}

function provenance(outcome: Partial<Record<string, unknown>>) {
  const { confidence, provider, cost, raw } = outcome
  const text = raw === undefined ? undefined : boundedJson(raw, mostRaw)
  return {
    ...(typeof confidence === 'number' && confidence >= 0 && confidence <= 1 && { confidence }),
    ...(typeof provider === 'string' && { provider: textOf(provider, 100) }),
    ...(typeof cost === 'number' && Number.isFinite(cost) && cost >= 0 && cost <= 1_000_000 && { cost }),
    ...(text !== undefined && { raw: JSON.parse(text.toWellFormed().replaceAll('\\u0000', '\\ufffd')) as Json }),
  }
}

/**
 * What a cell is told of an error that ended its call.
 *
 * @param sent requests that went out: where the vendor may have acted on one, the call costs as much as one that succeeds
 */
export function outcomeOfError(
  error: unknown,
  { sent, perItem }: { sent: SentCalls; perItem: number },
): Outcome<never> {
  if (!isOpsError(error)) return failed('PLUGIN_FAILED', say('The plugin failed.'))
  const status = error instanceof PluginError ? error.status : undefined
  // Only a refusal is told by its status: an answer of 200 that cannot be used is another matter.
  const code = status === undefined || status < 400 ? error.code : String(status)
  const isPaid = perItem > 0 && mayHaveActed(error, sent)
  const { retryable } = error
  return failed(code, error.message.slice(0, 500), { retryable, ...(isPaid && { cost: perItem }) })
}
