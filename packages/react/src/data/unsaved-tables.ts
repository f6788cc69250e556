import { createUnsavedEdits, type UnsavedEdits } from '../grid-state/unsaved-edits.ts'

/** What users have typed into tables and the server does not have yet, whichever tables and views are on the screen. */
export interface UnsavedTables {
  of(tableId: string): UnsavedEdits
  /** Gives up what is not saved. */
  dispose(): void
}

/** Meanwhile the browser asks before the page is left. */
export function createUnsavedTables(): UnsavedTables {
  const tables = new Map<string, UnsavedEdits>()
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
      const made = createUnsavedEdits()
      made.follow({ onEdits: hold })
      tables.set(tableId, made)
      return made
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
