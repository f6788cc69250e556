import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/**
 * What a plugin gave for several cells or rows, by their keys: a `Map` or pairs, in any order.
 *
 * @param most keys that were asked for: who gives ever more is stopped
 * @throws OpsError `PLUGIN_FAILED` for what is no list of outcomes
 */
export function outcomesByKey(given: unknown, most: number): Map<string, unknown> {
  const outcomes = new Map<string, unknown>()
  if (given === undefined || given === null) return outcomes
  let entries = 0
  for (const entry of iterableOf(given)) {
    entries += 1
    if (entries > 2 * most) throw noOutcomes(say('for more than it was asked for'))
    if (!Array.isArray(entry)) throw noOutcomes(say('that are no pairs of key and outcome'))
    outcomes.set(String(entry[0]), entry[1])
  }
  return outcomes
}

function iterableOf(given: unknown): Iterable<unknown> {
  if (typeof given === 'object' && given !== null && Symbol.iterator in given) return given as Iterable<unknown>
  throw noOutcomes(say('that are no list'))
}

function noOutcomes(what: string): OpsError {
  return new OpsError('PLUGIN_FAILED', say('The plugin gave outcomes {~what}.', { what }))
}
