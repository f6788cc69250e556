import * as z from 'zod'
import type { Actor } from '../catalog/actor.ts'
import { newOperationId } from '../catalog/new-id.ts'
import { checkInput } from '../errors/check-input.ts'
import { plainText } from '../values/plain-text.ts'
import type { Cause, ChangeKind, EntryHead, Operation, OperationRole } from './log-entry.ts'

/** The entries that one operation writes, over however many statements and transactions. */
export interface OperationLog {
  readonly operation: Operation
  /** The fixed part of the next entry. */
  entry(kind: ChangeKind, tableId: string): EntryHead
  /** Says that the last entry was really written (a statement that changes nothing writes none). */
  written(): void
  /** The operation's id, or null while nothing was written. */
  id(): string | null
}

/** What calls that write take beside their input. */
export interface WriteOptions {
  /** What led to the write, at most 20 steps; kept with the change, so that loops and echoes can be cut. */
  readonly cause?: Cause | undefined
}

const causeSchema = z.array(z.strictObject({ type: plainText(100).min(1), id: plainText(200).min(1) })).max(20)

/** What a caller says that led to its write. @throws OpsError `INVALID_INPUT` */
export function checkedCause({ cause }: WriteOptions): Cause | null {
  return cause === undefined ? null : checkInput(causeSchema, cause, ['cause'])
}

/** An undo or redo: the operation it takes back and, when it goes on after an interruption, its own id. */
export interface Reverting {
  readonly role: Exclude<OperationRole, 'do'>
  readonly target: string
  readonly resumed?: string | undefined
}

export function startOperation(actor: Actor, options: WriteOptions = {}, reverting?: Reverting): OperationLog {
  const operation: Operation = {
    id: reverting?.resumed ?? newOperationId(),
    role: reverting?.role ?? 'do',
    target: reverting?.target ?? null,
    cause: checkedCause(options),
  }
  return logOf(operation, actor, reverting?.resumed !== undefined)
}

/** An operation that is under way, of a run say: whether it has written yet is asked of the log itself. */
export function continueOperation(actor: Actor, id: string, cause: Cause | null): OperationLog {
  return logOf({ id, role: 'do', target: null, cause }, actor, true)
}

function logOf(operation: Operation, actor: Actor, begun: boolean): OperationLog {
  let any = begun
  return {
    operation,
    entry: (kind, tableId) => ({ operation, head: !any, kind, tableId, actor }),
    written: () => {
      any = true
    },
    id: () => (any ? operation.id : null),
  }
}

/** The same operation, its entries saying that they have taken back the entry `seq`. */
export function revertingEntry(log: OperationLog, seq: string): OperationLog {
  return { ...log, entry: (kind, tableId) => ({ ...log.entry(kind, tableId), reverts: seq }) }
}
