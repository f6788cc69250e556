import { ArrowLeftToLine, ArrowRightToLine, ListFilter, Pencil, Trash2 } from 'lucide'
import { useMemo, useRef, useState } from 'react'
import { useTellDeleted } from '../columns/use-tell-deleted.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { useMay } from '../data/use-may.ts'
import { type GridMenuContext, useOpsContext } from '../provider/ops-context.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { MenuEntry, MenuSections } from '../ui/menu-entry.ts'
import { useNotices } from '../ui/notice-queue.ts'
import type { TableView } from '../views/use-table-view.ts'

export interface ColumnMenuOptions {
  readonly view: TableView
  /** Begins a condition on a column. */
  onFilter(columnId: string): void
}

interface InUse {
  readonly columnId: string
  readonly name: string
  readonly reason: string
}

/** Adds to the menu of the grid's columns what the grid alone cannot do: filter, edit, insert, delete. */
export function useColumnMenu({ view, onFilter }: ColumnMenuOptions) {
  const ops = useOpsContext()
  const { translate } = ops
  const dialogs = useDialogs()
  const notices = useNotices()
  const mayDefine = useMay('definitions.write')
  const mutations = useColumnMutations(view.table.id)
  const tellDeleted = useTellDeleted(view.table.id)
  const [inUse, setInUse] = useState<InUse | null>(null)

  const remove = async (columnId: string, name: string, force: boolean) => {
    try {
      await mutations.delete.mutateAsync({ columnId, force })
      setInUse(null)
      tellDeleted({ id: columnId, name })
    } catch (error) {
      const { code, message } = opsFault(error)
      if (code === 'COLUMN_IN_USE') setInUse({ columnId, name, reason: message })
      else notices.show({ kind: 'error', text: message })
    }
  }

  const sectionsFor = ({ column }: GridMenuContext, sections: MenuSections): MenuSections => {
    const { id, name } = column
    const tableId = view.table.id
    const place = view.table.columns.findIndex((each) => each.id === id)
    const opens = (dialog: string, entry: Omit<MenuEntry, 'run'>, props: object): readonly MenuEntry[] =>
      dialogs.has(dialog) ? [{ ...entry, run: () => dialogs.open(dialog, { tableId, ...props }) }] : []
    return [
      [{ id: 'filter', label: translate('column.filter'), icon: ListFilter, run: () => onFilter(id) }],
      ...sections,
      ...(mayDefine
        ? [
            [
              ...opens(
                'edit-column',
                { id: 'edit-column', label: translate('column.edit'), icon: Pencil },
                { columnId: id },
              ),
              ...opens(
                'add-column',
                { id: 'insert-left', label: translate('column.insert-left'), icon: ArrowLeftToLine },
                { place },
              ),
              ...opens(
                'add-column',
                { id: 'insert-right', label: translate('column.insert-right'), icon: ArrowRightToLine },
                { place: place + 1 },
              ),
            ],
            [
              {
                id: 'delete-column',
                label: translate('column.delete'),
                icon: Trash2,
                isDangerous: true,
                run: () => void remove(id, name, false),
              },
            ],
          ]
        : []),
    ].filter((section) => section.length > 0)
  }

  const latest = useRef(sectionsFor)
  latest.current = sectionsFor
  const context = useMemo(
    () => ({
      ...ops,
      menus: {
        ...ops.menus,
        column: (sections: MenuSections, at: GridMenuContext) => {
          const ours = latest.current(at, sections)
          return ops.menus.column?.(ours, at) ?? ours
        },
      },
    }),
    [ops],
  )
  return {
    /** For the grid and what is below it. */
    context,
    dialog:
      inUse === null ? null : (
        <ConfirmDialog
          open
          onOpenChange={() => setInUse(null)}
          title={translate('column.in-use', { name: inUse.name })}
          text={translate('column.in-use-text', { reason: inUse.reason })}
          confirmLabel={translate('column.delete-anyway')}
          isDangerous
          onConfirm={() => void remove(inUse.columnId, inUse.name, true)}
        />
      ),
  }
}
