import type { Json, ValueContext } from '@opslayer/core/values'
import type { CellRange } from './cell-range.ts'
import type { TextMatrix } from './clipboard-text.ts'
import type { GridColumn } from './grid-column.ts'
import type { GridRow } from './grid-row.ts'
import type { RowEdit } from './row-source.ts'

/** A copied cell as it is stored, for pasting into a column of the same type without a way through text. */
export interface CopiedCell {
  readonly typeId: string
  readonly value: Json
}

export interface PasteInput {
  readonly texts: TextMatrix
  /** The cells behind the texts, if they were copied here. */
  readonly copied?: readonly (readonly CopiedCell[])[] | undefined
  /** All visible columns. */
  readonly columns: readonly GridColumn[]
  /** First column pasted into. */
  readonly left: number
  /** Columns to fill; the texts are repeated over them. */
  readonly width: number
  /** The rows pasted into, from top to bottom; null for one that is yet to be made. */
  readonly rows: readonly (GridRow | null)[]
  readonly values: ValueContext
}

/** A cell that the text does not fit into. */
export interface RefusedCell {
  /** Line of the pasted texts, from 0. */
  readonly line: number
  readonly column: string
  readonly text: string
  readonly reason: string
}

export interface PastePlan {
  readonly edits: readonly RowEdit[]
  /** Cells of rows to be made. */
  readonly added: readonly Readonly<Record<string, Json>>[]
  /** Cells that would be written. */
  readonly cells: number
  readonly refused: readonly RefusedCell[]
}

/** The cells that a paste covers: as large as the texts, or the selection if that is a multiple of them. */
export function pasteArea(texts: TextMatrix, selected: CellRange): { readonly height: number; readonly width: number } {
  const height = texts.length
  const width = widthOf(texts)
  const [selectedHeight, selectedWidth] = [selected.bottom - selected.top + 1, selected.right - selected.left + 1]
  return {
    height: selectedHeight > height && selectedHeight % height === 0 ? selectedHeight : height,
    width: selectedWidth > width && selectedWidth % width === 0 ? selectedWidth : width,
  }
}

/** Cells of the longest line; there may be more lines than a call can take arguments. */
function widthOf(texts: TextMatrix): number {
  return texts.reduce((width, line) => Math.max(width, line.length), 0)
}

/** Reads every text by its column's type and says what would be written and what does not fit. Writes nothing. */
export function planPaste(input: PasteInput): PastePlan {
  const { texts, copied, columns, rows, values } = input
  const textWidth = widthOf(texts)
  const width = Math.min(input.width, columns.length - input.left)
  const edits: RowEdit[] = []
  const added: Record<string, Json>[] = []
  const refused: RefusedCell[] = []
  let count = 0
  rows.forEach((row, line) => {
    const source = line % texts.length
    const cells: Record<string, Json> = {}
    for (let i = 0; i < width; i++) {
      const column = columns[input.left + i]
      const text = texts[source]?.[i % textWidth]
      if (column === undefined || text === undefined) continue
      const read = readCell(column, text, copied?.[source]?.[i % textWidth], values)
      if (!read.ok) refused.push({ line, column: column.name, text, reason: read.reason })
      else if (row === null ? read.value !== null : true) {
        cells[column.key] = read.value
        count += 1
      }
    }
    if (row === null) added.push(cells)
    else if (Object.keys(cells).length > 0) edits.push({ rowId: row.id, cells })
  })
  return { edits, added, cells: count, refused }
}

function readCell(column: GridColumn, text: string, copied: CopiedCell | undefined, values: ValueContext) {
  if (column.editable === false) return { ok: false, reason: 'the column cannot be edited' } as const
  if (copied !== undefined && copied.typeId === column.type.id) {
    const read = column.type.parse(copied.value, column.settings, values)
    if (read.ok) return read
  }
  return column.type.parse(text, column.settings, values)
}
