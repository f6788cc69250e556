import { useData } from '../data/data-context.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import { queryKeys } from '../data/query-keys.ts'
import { useMay } from '../data/use-may.ts'
import { useRowMutations } from '../data/use-rows.ts'
import type { GridHost } from '../grid/controller/grid-core.ts'
import type { RemoteRows } from '../grid-state/remote-rows.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { useUndoNotices } from '../rows/use-undo-notices.ts'
import { useNotices } from '../ui/notice-queue.ts'
import type { TableView } from '../views/use-table-view.ts'
import { withColumn } from '../views/view-columns.ts'
import { useRemovalNotice } from './use-removal-notice.ts'

export interface GridHostOptions {
  readonly view: TableView
  readonly rows: RemoteRows | null
  onOpenRow(rowId: string): void
  onCommandMenu(): void
}

/** What a table does for its grid, and what else its parts share with it. */
export interface TableGridHost extends GridHost {
  onUndo(): void
  onRedo(): void
  deleteRow(rowId: string): Promise<void>
}

export function useGridHost({ view, rows, onOpenRow, onCommandMenu }: GridHostOptions): TableGridHost {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const dialogs = useDialogs()
  const mayDefine = useMay('definitions.write')
  const { undo, redo, together } = useUndoNotices({ table: view.table, onOpenRow })
  const tellRemoved = useRemovalNotice({ table: view.table, onOpenRow })
  const mutations = useRowMutations(view.table.id)
  const { definition, table } = view
  const { client, queryClient } = useData()
  const pastedValues = { values: useValueContext(), types: useColumnTypes() }
  // What is read before the end would show rows that are gone.
  const thenRefresh = (done: Promise<void>) => void done.then(() => rows?.refresh())
  return {
    onOpenRow,
    onCommandMenu,
    onUndo: () => thenRefresh(undo()),
    onRedo: () => thenRefresh(redo()),
    onNotice({ kind, text, canUndo, operations = 1 }) {
      if (operations > 1) together(operations)
      notices.show({
        kind: kind === 'error' ? 'error' : 'info',
        text,
        ...(canUndo === true && { action: { label: translate('tool.undo'), run: () => thenRefresh(undo()) } }),
      })
    },
    onSort: (column, dir) =>
      view.change({
        sorts: [{ column, dir }, ...definition.sorts.filter((sort) => sort.column !== column)].slice(0, 5),
      }),
    onGroup: (column) => {
      if (definition.groupBy.length < 3 && !definition.groupBy.some((level) => level.column === column))
        view.change({ groupBy: [...definition.groupBy, { column }] })
    },
    onHideColumn: (column) => view.change(withColumn(table.columns, definition, column, { visible: false })),
    ...(mayDefine &&
      dialogs.has('add-column') && { onAddColumn: () => dialogs.open('add-column', { tableId: table.id }) }),
    ...(mayDefine && {
      async onAddPasted(pasted) {
        const { addPastedColumns } = await import('./add-pasted-columns.ts')
        const made = await addPastedColumns(client, table.id, pasted, pastedValues)
        for (const queryKey of [queryKeys.inTable(table.id), queryKeys.tables, queryKeys.undo]) {
          void queryClient.invalidateQueries({ queryKey })
        }
        return made
      },
    }),
    async deleteRow(rowId) {
      try {
        await mutations.delete.mutateAsync([rowId])
        tellRemoved(1, null)
      } catch (error) {
        tellRemoved(0, error)
      }
    },
  }
}
