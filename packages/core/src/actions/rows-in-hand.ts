import type { AnyActionPart } from '../plugin/action-part.ts'
import { isGivenUpWhole, suspicionOf } from '../runs/suspicion.ts'
import type { ActionBatch } from './action-input.ts'

/** What of a batch is called for now. */
export interface RowsInHand {
  readonly batch: ActionBatch
  /** The rest, which is called for row by row; null where the batch is taken whole. */
  readonly rest: Pick<ActionBatch, 'rows' | 'alone'> | null
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
  if (together !== undefined && idempotency !== 'idempotent') {
    return { batch, rest: null, isStuck: isGivenUpWhole(takeovers) }
  }
  const { alone } = batch
  if (alone === null && takeovers === 0) return { batch, rest: null, isStuck: false }
  const [first, ...later] = batch.rows
  const deferred = alone?.deferred ?? []
  if (first === undefined) return { batch, rest: null, isStuck: false }
  const suspicion = suspicionOf(takeovers, deferred.includes(first.id))
  if (suspicion === 'defer') {
    const rest = { rows: [...later, first], alone: { deferred: [...deferred, first.id] } }
    return { batch: { ...batch, rows: [] }, rest, isStuck: false }
  }
  const rest = { rows: later, alone: { deferred } }
  return { batch: { ...batch, rows: [first] }, rest, isStuck: suspicion === 'give-up' }
}
