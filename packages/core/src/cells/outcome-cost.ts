import type { Outcome } from '../plugin/cell-outcome.ts'
import type { Json } from '../values/json.ts'
import type { AskedPart } from './asked-part.ts'

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
