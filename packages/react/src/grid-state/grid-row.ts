import type { Json, OptionColor } from '@opslayer/core/values'

/** How far a computed cell is; a cell without a status is an ordinary value. */
export interface CellStatus {
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'skipped' | 'stale'
  /** Why it failed or was skipped: a short phrase for the cell itself. */
  readonly reason?: string | undefined
  /** The same as a sentence, shown when the cell is pointed at. */
  readonly message?: string | undefined
  /** Who supplied the value. */
  readonly provider?: string | undefined
}

/** A look given by conditional formatting: named colours and marks, which the theme decides the looks of. */
export interface CellFormat {
  readonly tint?: OptionColor | undefined
  readonly text?: OptionColor | undefined
  readonly bold?: boolean | undefined
  readonly italic?: boolean | undefined
  readonly strike?: boolean | undefined
}

/**
 * A row as the grid shows it; rows of the engine fit as they are. Immutable: a change of any cell is a new object.
 * All records go by column key.
 */
export interface GridRow {
  readonly id: string
  /** Grows with each change; an answer with a lower version is older than what is shown. */
  readonly version: number
  /** Stored values; null for an empty cell. */
  readonly cells: Readonly<Record<string, Json>>
  /** Texts that did not fit their column's type. */
  readonly warnings?: Readonly<Record<string, { readonly message: string; readonly original: string }>> | undefined
  readonly statuses?: Readonly<Record<string, CellStatus>> | undefined
  readonly formats?:
    | { readonly row?: CellFormat | undefined; readonly cells?: Readonly<Record<string, CellFormat>> | undefined }
    | undefined
}
