import type { Json } from '@opslayer/core/values'
import type { GridColumn, GridRow } from '@opslayer/react/grid'
import { mixedColumns, mixedRow } from '../../../e2e/page/mixed-rows.ts'

/** What every grid is given: the same cells, and for those that know only texts, the same texts. */
export interface BenchData {
  readonly columns: readonly GridColumn[]
  /** With states and formats of cells, which ours shows and the others leave out. */
  readonly rows: readonly GridRow[]
  /** The text of a cell, as ours shows it. */
  text(row: number, column: number): string
  /** Rows as plain records, for grids that want those. */
  readonly records: readonly Readonly<Record<string, Json>>[]
  write(row: number, column: number, text: string): void
  /** How often a grid has written a cell. */
  readonly writes: number
  /** When a grid last wrote one, on the page's clock. */
  readonly wroteAt: number | null
  noteWrite(): void
}

const values = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-11-20T12:00:00Z') }

const states = ['queued', 'running', 'done', 'failed', 'skipped', 'stale'] as const

/** What computed columns and rules of formatting add: on every twelfth row a state, on every tenth a format. */
function looks(n: number): Pick<GridRow, 'statuses' | 'formats'> {
  const state = states[(n / 12) % states.length]
  return {
    ...(n % 12 === 0 && state !== undefined && { statuses: { industry: { state, reason: 'No e-mail' } } }),
    ...(n % 10 === 3 && { formats: { cells: { amount: { tint: 'green' as const, bold: true } } } }),
  }
}

export function benchData(rowCount: number, columnCount: number): BenchData {
  const columns = mixedColumns(columnCount).map((column): GridColumn => ({ ...column, width: column.width ?? 120 }))
  const rows = Array.from({ length: rowCount }, (_, n): GridRow => ({ ...mixedRow(n, columns), ...looks(n) }))
  let writes = 0
  let wroteAt: number | null = null
  const records = rows.map(({ cells }) => cells as Record<string, Json>)
  return {
    columns,
    rows,
    records,
    text(row, place) {
      const column = columns[place]
      const value = column === undefined ? null : (records[row]?.[column.key] ?? null)
      return column === undefined || value === null ? '' : column.type.format(value, column.settings, values)
    },
    get writes() {
      return writes
    },
    get wroteAt() {
      return wroteAt
    },
    noteWrite() {
      writes += 1
      wroteAt = performance.now()
    },
    write(row, place, text) {
      this.noteWrite()
      const [record, key] = [records[row] as Record<string, Json> | undefined, columns[place]?.key]
      if (record !== undefined && key !== undefined) record[key] = text
    },
  }
}
