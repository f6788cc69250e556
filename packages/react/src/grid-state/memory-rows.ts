import type { Json } from '@opslayer/core/values'
import type { GridRow } from './grid-row.ts'
import type { RowGroup } from './lines.ts'
import type { RefusedEdit, RowEdit, RowSource, SourceChange } from './row-source.ts'

export interface MemoryRowsOptions {
  /** Groups in the order of the rows. @default none */
  readonly groups?: readonly RowGroup[]
  /** Names a new row. @default `new-1`, `new-2` … */
  readonly newId?: () => string
}

/** Rows held in memory: for previews, tests, and tables that the host keeps itself. */
export interface MemoryRows extends RowSource {
  readonly write: (edits: readonly RowEdit[]) => Promise<readonly RefusedEdit[]>
  readonly append: (rows: readonly Readonly<Record<string, Json>>[]) => Promise<readonly string[]>
  readonly remove: (rowIds: readonly string[]) => Promise<void>
  /** Replaces all rows. */
  setRows(rows: readonly GridRow[], groups?: readonly RowGroup[]): void
  /** Puts rows in at a place, as another user would. */
  insertAt(at: number, rows: readonly GridRow[]): void
  /** The rows as they are now. */
  all(): readonly GridRow[]
}

export function memoryRows(initial: readonly GridRow[], options: MemoryRowsOptions = {}): MemoryRows {
  let rows = [...initial]
  let groups = options.groups
  let places: Map<string, number> | null = null
  let made = 0
  const listeners = new Set<(change: SourceChange) => void>()
  const newId = options.newId ?? (() => `new-${++made}`)
  const tell = (change: SourceChange) => {
    for (const listener of listeners) listener(change)
  }
  const indexOf = (rowId: string) => {
    places ??= new Map(rows.map(({ id }, index) => [id, index]))
    return places.get(rowId)
  }
  const splice = (at: number, removed: number, inserted: readonly GridRow[]) => {
    rows = [...rows.slice(0, at), ...inserted, ...rows.slice(at + removed)]
    places = null
    tell({ kind: 'splice', at, removed, inserted: inserted.length })
  }

  return {
    get count() {
      return rows.length
    },
    get groups() {
      return groups
    },
    row: (index) => rows[index],
    indexOf,
    show: () => {},
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load: async (first, last) => rows.slice(first, last + 1),
    async summarise(aggregates) {
      const { aggregateCells } = await import('./aggregate-cells.ts')
      const cellsOf = (columnKey: string) => rows.map(({ cells }) => cells[columnKey] ?? null)
      const values = aggregates.map(({ columnKey, aggregate }) => aggregateCells(cellsOf(columnKey), aggregate))
      return { count: rows.length, values }
    },
    async write(edits) {
      const refused: RefusedEdit[] = []
      for (const { rowId, cells } of edits) {
        const index = indexOf(rowId)
        const row = index === undefined ? undefined : rows[index]
        if (index === undefined || row === undefined) {
          refused.push({ rowId, reason: 'The row is gone.' })
          continue
        }
        const warnings = Object.fromEntries(Object.entries(row.warnings ?? {}).filter(([key]) => !(key in cells)))
        rows[index] = { ...row, version: row.version + 1, cells: { ...row.cells, ...cells }, warnings }
        tell({ kind: 'rows', first: index, last: index })
      }
      return refused
    },
    async append(cells) {
      const added = cells.map((values): GridRow => ({ id: newId(), version: 1, cells: values }))
      splice(rows.length, 0, added)
      return added.map(({ id }) => id)
    },
    async remove(rowIds) {
      const gone = new Set(rowIds)
      const at = rows.findIndex(({ id }) => gone.has(id))
      if (at === -1) return
      const end = rows.findLastIndex(({ id }) => gone.has(id)) + 1
      splice(
        at,
        end - at,
        rows.slice(at, end).filter(({ id }) => !gone.has(id)),
      )
    },
    setRows(next, nextGroups) {
      rows = [...next]
      groups = nextGroups
      places = null
      tell({ kind: 'reset' })
    },
    insertAt: (at, added) => splice(at, 0, added),
    all: () => rows,
  }
}
