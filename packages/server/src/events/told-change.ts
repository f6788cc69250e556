import type { Access } from '@opslayer/core'
import type { LiveChange } from './live-event.ts'

/** What a client shows. */
interface Shown {
  readonly tableIds?: readonly string[] | undefined
  readonly columnIds?: readonly string[] | undefined
}

/** Whether a change is of a table, and of columns, that the client shows. */
export function isShownBy({ tableIds, columnIds }: Shown): (change: LiveChange) => boolean {
  const tables = tableIds === undefined ? undefined : new Set(tableIds)
  const shown = columnIds === undefined ? undefined : new Set(columnIds)
  return ({ tableId, kind, columns }) => {
    if (tables !== undefined && !tables.has(tableId)) return false
    const isOfCells = kind === 'rows-updated' || kind === 'rows-computed'
    return shown === undefined || columns === null || !isOfCells || columns.some((id) => shown.has(id))
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
