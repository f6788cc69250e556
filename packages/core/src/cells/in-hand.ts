import { failed, type Outcome } from '../plugin/cell-outcome.ts'
import type { RowInputs } from '../store/filled/read-inputs.ts'
import type { AskedPart } from './asked-part.ts'

/** Takeovers in a row after which a plugin is not asked for what is in hand: it may be what ends the processes. */
const mostTakeovers = 4

/** What of a window is asked for now. */
export interface CellsInHand {
  readonly rows: readonly RowInputs[]
  /** Ids of the rows that come after it, one by one. */
  readonly later: readonly string[]
  /** What becomes of cells over which processes have ended too often; null to ask for them. */
  readonly stuck: Outcome<never> | null
}

/**
 * Takes a window whole, until a process ends or stands still over it: then its cells are asked for one by one, in their
 * order, so that the one which does it is found, and fails alone. The cells of a task are one piece of work.
 */
export function cellsInHand(
  { plugin, part }: AskedPart,
  rows: readonly RowInputs[],
  { takeovers, alone, isTask }: { readonly takeovers: number; readonly alone: boolean; readonly isTask: boolean },
): CellsInHand {
  const stuck =
    takeovers < mostTakeovers
      ? null
      : failed(
          'PLUGIN_STUCK',
          `Plugin "${plugin.id}", column "${part.id}": the processes that asked it ended or stood still, ${mostTakeovers} times in a row.`,
        )
  if (isTask || (!alone && takeovers === 0)) return { rows, later: [], stuck }
  const [first, ...later] = [...rows].sort((a, b) => Number(BigInt(a.id) - BigInt(b.id)))
  return { rows: first === undefined ? [] : [first], later: later.map(({ id }) => id), stuck }
}
