import type { TableView } from '../views/use-table-view.ts'

/** What the dialogs of a table are opened with: the view, or, while its changes are not saved, the rows as they are shown. */
export function dialogProps({ table, view, definition, isChanged }: TableView): object {
  const { filter, sorts } = definition
  return isChanged
    ? { tableId: table.id, sort: sorts, ...(filter !== null && { filter }) }
    : { tableId: table.id, viewId: view.id }
}
