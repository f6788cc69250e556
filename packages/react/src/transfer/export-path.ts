import type { Filter, Sort } from '../data/client/views-calls.ts'

/** What the user chose of an export. */
export interface ExportChoice {
  readonly format: 'csv' | 'tsv' | 'xlsx' | 'jsonl'
  readonly values: 'raw' | 'formatted'
  /** Of CSV. */
  readonly delimiter: ',' | ';'
  /** What is on the screen, or all rows and columns. */
  readonly rows: 'view' | 'all'
}

/** What is on the screen. */
export interface ShownTable {
  readonly tableId: string
  readonly viewId?: string | undefined
  readonly filter?: Filter | undefined
  readonly sort?: readonly Sort[] | undefined
  readonly locale: string
  readonly timeZone: string
}

/** The address of a file with the rows, below where `@opslayer/server` is mounted. */
export function exportPath(shown: ShownTable, choice: ExportChoice): string {
  const { tableId, viewId, filter, sort, locale, timeZone } = shown
  const { format, values, delimiter, rows } = choice
  const query = {
    format,
    values,
    ...(format === 'csv' && delimiter !== ',' && { delimiter }),
    ...(values === 'formatted' && { locale, timeZone }),
    ...(rows === 'view' && viewId !== undefined && { view: viewId }),
    ...(rows === 'view' && filter !== undefined && { filter }),
    ...(rows === 'view' && sort !== undefined && sort.length > 0 && { sort }),
  }
  return `/exports?input=${encodeURIComponent(JSON.stringify({ tableId, query }))}`
}
