import type { Access } from '@opslayer/core'
import type { LiveChange } from './live-event.ts'

/** What a client shows. */
interface Shown {
  readonly tableIds?: readonly string[] | undefined
  readonly columnIds?: readonly string[] | undefined
  readonly windows?: readonly Window[] | undefined
}

interface Window {
  readonly tableId: string
  readonly rowIds: readonly string[]
  readonly placedBy: readonly string[]
}

/** What of a change concerns a client; undefined for nothing. */
export function shownChange({
  tableIds,
  columnIds,
  windows = [],
}: Shown): (change: LiveChange) => LiveChange | undefined {
  const tables = tableIds === undefined ? undefined : new Set(tableIds)
  const shown = columnIds === undefined ? undefined : new Set(columnIds)
  const onScreen = new Map(
    windows.map(({ tableId, rowIds, placedBy }) => [tableId, { rows: new Set(rowIds), placedBy: new Set(placedBy) }]),
  )
  return (change) => {
    const { tableId, kind, columns, rows } = change
    if (tables !== undefined && !tables.has(tableId)) return undefined
    const isOfCells = kind === 'rows-updated' || kind === 'rows-computed'
    if (!isOfCells || columns === null) return change
    const window = onScreen.get(tableId)
    if (window !== undefined && columns.some((id) => window.placedBy.has(id))) return change
    if (shown !== undefined && !columns.some((id) => shown.has(id))) return undefined
    if (window === undefined || rows === null) return change
    const seen = rows.filter((id) => window.rows.has(id))
    return seen.length === 0 ? undefined : { ...change, rows: seen }
  }
}

/**
 * What an actor may know of a change; undefined for nothing. Of a table of which only some rows are theirs they learn
 * that something changed, and their next read says what.
 */
export function toldChange(change: LiveChange, access: Access | undefined): LiveChange | undefined {
  const given = access?.table?.(change.tableId)
  if (given === null) return undefined
  if (given === undefined) return change
  const rows = given.rows === undefined ? change.rows : null
  const hidden = given.hidden ?? []
  if (hidden.length === 0 || change.columns === null) return { ...change, rows }
  // A column hidden by its key cannot be told from its id.
  if (!hidden.every((name) => name.startsWith('col_'))) return { ...change, rows, columns: null }
  const columns = change.columns.filter((id) => !hidden.includes(id))
  return columns.length === 0 ? undefined : { ...change, rows, columns }
}
