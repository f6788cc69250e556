import type { Json } from '@opslayer/core/values'
import type { CellRange } from '../../grid-state/cell-range.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import type { RowEdit } from '../../grid-state/row-source.ts'
import type { GridCore } from './grid-core.ts'

/** More cells are not written at once from here: the table's own bulk edits are for that. */
export const maxWrittenCells = 100_000

export function writing(core: GridCore) {
  const { store } = core

  /**
   * Writes, remembers the way back, and says what was refused. True if anything was written.
   *
   * @param sayRefused says why nothing was written. @default how many rows were refused
   */
  async function write(
    edits: readonly RowEdit[],
    before: readonly GridRow[],
    what: string,
    sayRefused?: (reason: string) => void,
  ): Promise<boolean> {
    const { write: send } = core.source()
    if (send === undefined || edits.length === 0) return false
    const rows = new Map(before.map((row) => [row.id, row]))
    const back = edits.map(({ rowId, cells }) => ({
      rowId,
      cells: Object.fromEntries(Object.keys(cells).map((key) => [key, rows.get(rowId)?.cells[key] ?? null])),
    }))
    const written = await attempt(edits, sayRefused)
    if (written === null) return false
    const isWritten = ({ rowId }: RowEdit) => written.has(rowId)
    core.undoStack.push({ what, forward: edits.filter(isWritten), back: back.filter(isWritten) })
    return written.size > 0
  }

  /** The rows that were written, or null if none was. */
  async function attempt(
    edits: readonly RowEdit[],
    sayRefused?: (reason: string) => void,
  ): Promise<ReadonlySet<string> | null> {
    const t = core.translate()
    try {
      const refused = (await core.source().write?.(edits)) ?? []
      if (refused.length > 0) {
        const reason = refused[0]?.reason ?? ''
        if (sayRefused !== undefined) sayRefused(reason)
        else core.notify({ kind: 'error', text: t('write.refused', { count: refused.length, reason }) })
      }
      const gone = new Set(refused.map(({ rowId }) => rowId))
      const written = new Set(edits.map(({ rowId }) => rowId).filter((id) => !gone.has(id)))
      return written.size === 0 ? null : written
    } catch (error) {
      core.fail('write.failed', error)
      return null
    }
  }

  /** The rows of a range, loaded where they are not; headings of groups left out. */
  async function rowsIn(range: CellRange, signal?: AbortSignal): Promise<readonly GridRow[]> {
    const { lines } = store.get()
    const rows: GridRow[] = []
    for (const { first, last } of lines.rowSpans(range.top, range.bottom)) {
      rows.push(...(await core.source().load(first, last, signal)))
    }
    return rows
  }

  /** Takes the last work back, or does it again: as the host does it, or by the grid's own stack. */
  async function travel(way: 'undo' | 'redo'): Promise<void> {
    const { onUndo, onRedo } = core.host()
    const hosts = way === 'undo' ? onUndo : onRedo
    if (hosts !== undefined) {
      hosts()
      return
    }
    const t = core.translate()
    const step = core.undoStack[way]()
    if (step === null) core.notify({ kind: 'info', text: t(`${way}.nothing`) })
    else if ((await attempt(way === 'undo' ? step.back : step.forward)) !== null)
      core.notify({ kind: 'info', text: t(`${way}.done`, { what: step.what }) })
  }

  return {
    write,
    rowsIn,
    /** Sets cells of the selection to what `valueAt` says; undefined leaves a cell alone. */
    async writeRange(range: CellRange, what: string, valueAt: (line: number, column: number) => Json | undefined) {
      const { layout } = store.get()
      const rows = await rowsIn(range).catch((error) => {
        core.fail('work.failed', error)
        return []
      })
      const edits = rows.map((row, i): RowEdit => {
        const cells: Record<string, Json> = {}
        for (let column = range.left; column <= range.right; column++) {
          const target = layout.columns[column]?.column
          const value = target === undefined || target.editable === false ? undefined : valueAt(i, column)
          if (target !== undefined && value !== undefined) cells[target.key] = value
        }
        return { rowId: row.id, cells }
      })
      const changed = edits.filter(({ cells }) => Object.keys(cells).length > 0)
      const isWritten = await write(changed, rows, what)
      return isWritten ? changed.reduce((sum, { cells }) => sum + Object.keys(cells).length, 0) : 0
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
  }
}
