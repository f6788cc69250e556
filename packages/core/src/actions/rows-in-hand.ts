import type { AnyActionPart } from '../plugin/action-part.ts'
import type { ActionBatch } from './action-input.ts'

/** Takeovers in a row after which a plugin is not called for what is in hand: it may be what ends the processes. */
const mostTakeovers = 4

/** What of a batch is called for now. */
export interface RowsInHand {
  readonly batch: ActionBatch
  /** Rows that come after it, one by one. */
  readonly later: ActionBatch['rows']
  /** Whether processes have ended over it too often. */
  readonly isStuck: boolean
}

/**
 * Takes a batch whole, until a process ends or stands still over it: then its rows are called for one by one, so that the
 * one which does it fails alone. Rows that share the key of a batch stay together: the vendor may have acted by that key.
 */
export function rowsInHand(
  { idempotency, batch: together }: AnyActionPart,
  batch: ActionBatch,
  takeovers: number,
): RowsInHand {
  const isStuck = takeovers >= mostTakeovers
  const isWhole = !batch.alone && takeovers === 0
  if (isWhole || (together !== undefined && idempotency !== 'idempotent')) return { batch, later: [], isStuck }
  const [first, ...later] = batch.rows
  return { batch: { ...batch, rows: first === undefined ? [] : [first] }, later, isStuck }
}
