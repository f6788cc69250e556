import { hasNoAnswer, isRefusedForNow } from './answer-faults.ts'
import type { GridRow } from './grid-row.ts'
import { createPendingEdits } from './pending-edits.ts'
import type { RowEdit } from './row-source.ts'
import { createWriteQueue, type WriteQueue, type WriteQueueOptions } from './write-queue.ts'

/** Edits of a table that are shown and not saved yet. They outlive the views that show its rows meanwhile. */
export interface UnsavedEdits extends Pick<WriteQueue, 'once' | 'hold'> {
  /** How many there are. */
  readonly size: number
  /** The row as the user has it. */
  apply(row: GridRow): GridRow
  /** Shows edits at once and sends them once all before them are through. @param by who writes, for followers */
  write<Answer>(
    edits: readonly RowEdit[],
    send: (signal: AbortSignal) => Promise<Answer>,
    by?: object | undefined,
  ): Promise<Answer>
  follow(follower: EditsFollower): () => void
  /** Gives up what is not saved. */
  dispose(): void
}

export interface EditsFollower {
  /** Edits of rows are shown from now on, or no longer. */
  readonly onEdits: (rowIds: readonly string[], by: object | undefined) => void
  /** A write waits to be sent again; null once one was answered. */
  readonly onFault?: (error: unknown) => void
}

/** Longer than a server works on one call, in ms. */
export const longestAnswerMs = 120_000

export type UnsavedEditsOptions = Partial<Omit<WriteQueueOptions, 'onFault'>>

export function createUnsavedEdits(options: UnsavedEditsOptions = {}): UnsavedEdits {
  const { isUnanswered = hasNoAnswer, isPassing = isRefusedForNow } = options
  const { retryMs = 2_000, answerMs = 20_000, onceMs = longestAnswerMs } = options
  const followers = new Set<EditsFollower>()
  const pending = createPendingEdits()
  const onFault = (error: unknown) => {
    for (const follower of followers) follower.onFault?.(error)
  }
  const queue = createWriteQueue({ isUnanswered, isPassing, onFault, retryMs, answerMs, onceMs })
  return {
    get size() {
      return pending.size
    },
    apply: pending.apply,
    async write(edits, send, by) {
      const rowIds = edits.map(({ rowId }) => rowId)
      const tell = () => {
        for (const follower of followers) follower.onEdits(rowIds, by)
      }
      const end = pending.begin(edits)
      tell()
      try {
        return await queue.push(send)
      } finally {
        end()
        tell()
      }
    },
    follow(follower) {
      followers.add(follower)
      return () => followers.delete(follower)
    },
    once: queue.once,
    hold: queue.hold,
    dispose: queue.dispose,
  }
}
