import type { RowEdit } from './row-source.ts'

/** One thing that the user did, with the way back. */
export interface UndoStep {
  /** What it was, for the menu and the message. */
  readonly what: string
  readonly forward: readonly RowEdit[]
  readonly back: readonly RowEdit[]
}

/** What can be taken back here, for sources that keep no history of their own. */
export interface UndoStack {
  push(step: UndoStep): void
  /** The step to take back, which can then be brought back; null if there is none. */
  undo(): UndoStep | null
  redo(): UndoStep | null
}

const maxSteps = 100

export function createUndoStack(): UndoStack {
  const done: UndoStep[] = []
  let undone: UndoStep[] = []
  const move = (from: UndoStep[], to: UndoStep[]): UndoStep | null => {
    const step = from.pop()
    if (step === undefined) return null
    to.push(step)
    return step
  }
  return {
    push(step) {
      done.push(step)
      if (done.length > maxSteps) done.shift()
      undone = []
    },
    undo: () => move(done, undone),
    redo: () => move(undone, done),
  }
}
