import { createUnsavedEdits, longestAnswerMs, type UnsavedEdits } from '../grid-state/unsaved-edits.ts'
import { answerWithin } from '../grid-state/write-queue.ts'

/** What users have typed into tables and the server does not have yet, whichever tables and views are on the screen. */
export interface UnsavedTables {
  of(tableId: string): UnsavedEdits
  /**
   * Does what may concern any of the user's work, such as an undo: after all writes that were made before, and before all
   * that are made meanwhile, in whichever table. It is done once, answered or not.
   *
   * @throws UnansweredError where it was not answered in time
   */
  inTurn<Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer>
  /** Gives up what is not saved. */
  dispose(): void
}

/** Meanwhile the browser asks before the page is left. @param options.onceMs how long what is done once may go unanswered */
export function createUnsavedTables({ onceMs = longestAnswerMs } = {}): UnsavedTables {
  const tables = new Map<string, UnsavedEdits>()
  /** Ends with the last work of all tables. */
  let turn: Promise<void> = Promise.resolve()
  const isUnsaved = () => [...tables.values()].some(({ size }) => size > 0)
  // Browsers keep pages for the way back only while nothing of this kind listens.
  const hold = () => {
    if (isUnsaved()) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  }
  return {
    of(tableId) {
      const known = tables.get(tableId)
      if (known !== undefined) return known
      const made = createUnsavedEdits({ onceMs })
      made.follow({ onEdits: hold })
      made.hold(turn).catch(() => {}) // Nobody waits for a table that was just opened.
      tables.set(tableId, made)
      return made
    },
    async inTurn(work) {
      const over = Promise.withResolvers<void>()
      const before = [turn, ...[...tables.values()].map((edits) => edits.hold(over.promise))]
      turn = turn.then(() => over.promise)
      try {
        await Promise.all(before)
        return await answerWithin(onceMs, null, work)
      } finally {
        over.resolve()
      }
    },
    dispose() {
      for (const edits of tables.values()) edits.dispose()
      tables.clear()
      hold()
    },
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
