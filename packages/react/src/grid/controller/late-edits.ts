import type { GridRow } from '../../grid-state/grid-row.ts'
import type { SourceChange } from '../../grid-state/row-source.ts'
import { spliceLine } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'

/** An edit of a row that is not loaded. */
export interface LateEdit {
  /** Where the row stands in its source. */
  readonly row: number
  /** The column's name and what was typed, for notices. */
  readonly name: string
  readonly text: string
  apply(row: GridRow): void
}

/** A row that could not be loaded is asked for again after so long. */
const retryMs = 2_000

/** Keeps what was typed into rows that are not loaded, and writes it once they are. */
export function lateEdits(core: GridCore) {
  const rows = new Map<LateEdit, number>()
  const sleepers = new Set<() => void>()
  let lifetime = new AbortController()

  /** Waits a while, or until rows arrive. */
  async function rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(wake, retryMs)
      function wake() {
        clearTimeout(timer)
        sleepers.delete(wake)
        resolve()
      }
      sleepers.add(wake)
    })
  }

  function refuse({ name, text }: LateEdit, reason: string): void {
    core.notify({ kind: 'error', text: core.translate()('edit.refused', { name, text: text.slice(0, 80), reason }) })
  }

  async function carryOut(edit: LateEdit, signal: AbortSignal): Promise<void> {
    for (let isTold = false; rows.has(edit); ) {
      const index = rows.get(edit) ?? edit.row
      try {
        const [row] = await core.source().load(index, index, signal)
        // Others may have moved it meanwhile.
        if (rows.get(edit) !== index) continue
        rows.delete(edit)
        if (row === undefined) refuse(edit, core.translate()('edit.row-gone'))
        else edit.apply(row)
      } catch (error) {
        if (signal.aborted) return
        if (!isTold) core.fail('edit.waits', error, { name: edit.name })
        isTold = true
        await rest()
      }
    }
  }

  return {
    add(edit: LateEdit): void {
      rows.set(edit, edit.row)
      void carryOut(edit, lifetime.signal)
    },
    follow(change: SourceChange): void {
      if (change.kind === 'rows') for (const wake of sleepers) wake()
      if (change.kind !== 'splice') return
      for (const [edit, row] of rows) rows.set(edit, spliceLine(row, change.at, change.removed, change.inserted))
    },
    /** Gives up what still waits, and says so. */
    stop(): void {
      lifetime.abort()
      lifetime = new AbortController()
      for (const edit of rows.keys()) refuse(edit, core.translate()('edit.closed'))
      rows.clear()
      for (const wake of sleepers) wake()
    },
  }
}
