/** A value of a cell in the model: text, number or empty. */
export type ModelValue = string | number | null

export interface ModelColumn {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly kind: 'text' | 'number'
  readonly unique: boolean
}

export interface ModelRow {
  readonly id: string
  readonly version: number
  /** By column id, hidden columns included. */
  readonly cells: ReadonlyMap<string, ModelValue>
  /** Original text of what did not fit, by column id. */
  readonly warnings: ReadonlyMap<string, string>
}

/** A table at one moment: its live columns and its rows, in order. */
export interface ModelState {
  readonly columns: readonly ModelColumn[]
  readonly rows: readonly ModelRow[]
}

interface Done {
  readonly before: ModelState
  readonly after: ModelState
  /** Rows whose version it raised. */
  readonly touched: ReadonlySet<string>
}

/** A row in the trash: as its latest deletion left it, and the deletion's number. */
export interface TrashedRow {
  readonly row: ModelRow
  readonly deletion: number
}

/** A table in memory with a linear history: what the real one is compared with. */
export interface TableModel {
  readonly state: ModelState
  readonly trash: ReadonlyMap<string, TrashedRow>
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Notes what an operation made of the table. One that changed nothing is none. */
  commit(after: ModelState, touched?: ReadonlySet<string>): void
  undo(): void
  redo(): void
}

export function createTableModel(initial: ModelState): TableModel {
  let state = initial
  const undoable: Done[] = []
  const redoable: Done[] = []
  const trash = new Map<string, TrashedRow>()
  let deletions = 0

  function become(next: ModelState): void {
    const present = new Set(next.rows.map(({ id }) => id))
    deletions += 1
    for (const row of state.rows) if (!present.has(row.id)) trash.set(row.id, { row, deletion: deletions })
    for (const id of present) trash.delete(id)
    state = next
  }

  /** Cells and order as they were; versions go on: up for rows written again, as they were deleted for rows that return. */
  function goTo(target: ModelState, touched: ReadonlySet<string>): void {
    const present = new Map(state.rows.map((row) => [row.id, row]))
    const rows = target.rows.map((row) => {
      const now = present.get(row.id)
      if (now === undefined) return { ...row, version: trash.get(row.id)?.row.version ?? row.version }
      return { ...row, version: now.version + (touched.has(row.id) ? 1 : 0) }
    })
    become({ columns: target.columns, rows })
  }

  return {
    get state() {
      return state
    },
    trash,
    get canUndo() {
      return undoable.length > 0
    },
    get canRedo() {
      return redoable.length > 0
    },
    commit(after, touched = new Set()) {
      undoable.push({ before: state, after, touched })
      redoable.length = 0
      become(after)
    },
    undo() {
      const done = undoable.pop()
      if (done === undefined) throw new Error('nothing to undo')
      goTo(done.before, done.touched)
      redoable.push(done)
    },
    redo() {
      const done = redoable.pop()
      if (done === undefined) throw new Error('nothing to redo')
      goTo(done.after, done.touched)
      undoable.push(done)
    },
  }
}
