import type { Actor } from '../catalog/actor.ts'
import { newOperationId } from '../catalog/new-id.ts'
import type { Cause, ChangeKind, EntryHead, Operation } from './log-entry.ts'

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
  /** What led to the write; kept with the change, so that loops and echoes can be cut. */
  readonly cause?: Cause | undefined
}

export function startOperation(
  actor: Actor,
  options: WriteOptions & { readonly role?: 'undo' | 'redo'; readonly target?: string } = {},
): OperationLog {
  const operation: Operation = {
    id: newOperationId(),
    role: options.role ?? 'do',
    target: options.target ?? null,
    cause: options.cause ?? null,
  }
  let any = false
  return {
    operation,
    entry: (kind, tableId) => ({ operation, head: !any, kind, tableId, actor }),
    written: () => {
      any = true
    },
    id: () => (any ? operation.id : null),
  }
}
