import { partInWords, whereCalled } from '../connections/part-in-words.ts'
import { failed, type Outcome } from '../plugin/cell-outcome.ts'
import { isGivenUpWhole, suspicionOf } from '../runs/suspicion.ts'
import { say } from '../sentences/say.ts'
import type { RowInputs } from '../store/filled/read-inputs.ts'
import type { AskedPart } from './asked-part.ts'

/** Where a window stands. */
interface WindowState {
  /** Rows of the window in the order in which they are asked for. */
  readonly window: readonly string[]
  /** Whether they are asked for one by one; then those are named that have been put behind the others. */
  readonly alone: { readonly deferred: readonly string[] } | null
  readonly takeovers: number
  readonly isTask: boolean
}

/** What of a window is asked for now. */
export interface CellsInHand {
  readonly rows: readonly RowInputs[]
  /** The rest, which is asked for one by one; null where the window is taken whole. */
  readonly rest: { readonly later: readonly string[]; readonly deferred: readonly string[] } | null
  /** What becomes of cells over which processes have ended too often; null to ask for them. */
  readonly stuck: Outcome<never> | null
}

/**
 * Takes a window whole, until a process ends or stands still over it: then its cells are asked for one by one, so that the one
 * which does it is found, and fails alone. The cells of a task are one piece of work.
 */
export function cellsInHand(
  asked: AskedPart,
  rows: readonly RowInputs[],
  { window, alone, takeovers, isTask }: WindowState,
): CellsInHand {
  if (isTask) return { rows, rest: null, stuck: isGivenUpWhole(takeovers) ? stuckOutcome(asked) : null }
  if (alone === null && takeovers === 0) return { rows, rest: null, stuck: null }
  const places = new Map(window.map((id, place) => [id, place]))
  const [first, ...others] = [...rows].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
  const deferred = alone?.deferred ?? []
  const later = others.map(({ id }) => id)
  if (first === undefined) return { rows: [], rest: { later, deferred }, stuck: null }
  const suspicion = suspicionOf(takeovers, deferred.includes(first.id))
  if (suspicion === 'defer') {
    return { rows: [], rest: { later: [...later, first.id], deferred: [...deferred, first.id] }, stuck: null }
  }
  return { rows: [first], rest: { later, deferred }, stuck: suspicion === 'give-up' ? stuckOutcome(asked) : null }
}

function stuckOutcome({ plugin, part }: AskedPart): Outcome<never> {
  return failed(
    'PLUGIN_STUCK',
    say('{where}: the processes that asked it for this ended or stood still, again and again.', {
      where: whereCalled(plugin.id, partInWords.column(part.id)),
    }),
    { retryable: true },
  )
}
