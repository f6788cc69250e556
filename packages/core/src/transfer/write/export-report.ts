/** What became of an export. */
export interface ExportReport {
  readonly rows: number
  /** Length of the file. */
  readonly bytes: number
  /** Characters that the encoding does not have and that became `?`; always 0 in UTF-8 and UTF-16. */
  readonly replacedCharacters: number
  /** Cells that were cut to the 32,767 characters that a cell of Excel holds; always 0 in other formats. */
  readonly cutCells: number
}

/** The report while the file is written. */
export type ExportTally = { -readonly [Member in keyof ExportReport]: ExportReport[Member] }

export function newTally(): ExportTally {
  return { rows: 0, bytes: 0, replacedCharacters: 0, cutCells: 0 }
}
