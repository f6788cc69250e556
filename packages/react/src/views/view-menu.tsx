import { ArrowLeft, ArrowRight, ChevronDown, Copy, Pencil, Trash2, User, Users } from 'lucide'
import { opsFault } from '../data/ops-fault.ts'
import { useViewMutations } from '../data/use-views.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { useNotices } from '../ui/notice-queue.ts'
import { allRowsId, type TableView } from './use-table-view.ts'
import { isMovable } from './view-order.ts'

export interface ViewMenuProps {
  readonly shown: TableView
  readonly name: string
  onRename(): void
  /** Puts the view at a place among the views, the first being that of all rows. */
  onMove(place: number): void
}

/** What can be done to the view that is shown. */
export function ViewMenu({ shown, name, onRename, onMove }: ViewMenuProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const mutations = useViewMutations(shown.table.id)
  const { view, views } = shown
  const place = views.indexOf(view)
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => notices.show({ kind: 'error', text: opsFault(error).message }))
  const remove = async () => {
    // Rows of a view that is gone cannot be read: it is left first.
    shown.choose(allRowsId)
    try {
      await mutations.delete.mutateAsync(view.id)
    } catch (error) {
      shown.choose(view.id)
      throw error
    }
    notices.show({
      kind: 'done',
      text: translate('view.deleted', { name: view.name }),
      action: { label: translate('tool.undo'), run: () => void attempt(mutations.restore.mutateAsync(view.id)) },
    })
  }
  const duplicate = async () => shown.choose((await mutations.duplicate.mutateAsync({ viewId: view.id })).id)
  const isShared = view.kind === 'shared'
  const share = () =>
    void attempt(mutations.update.mutateAsync({ viewId: view.id, changes: { kind: isShared ? 'personal' : 'shared' } }))
  const copy: MenuEntry = {
    id: 'duplicate',
    label: translate('view.duplicate'),
    icon: Copy,
    run: () => void attempt(duplicate()),
  }
  const own: readonly (readonly MenuEntry[])[] = [
    [
      { id: 'rename', label: translate('view.rename'), icon: Pencil, run: onRename },
      copy,
      {
        id: 'share',
        label: translate(isShared ? 'view.unshare' : 'view.share'),
        icon: isShared ? User : Users,
        run: share,
      },
    ],
    [
      ...(place > 1
        ? [{ id: 'left', label: translate('view.move-left'), icon: ArrowLeft, run: () => onMove(place - 1) }]
        : []),
      ...(place < views.length - 1
        ? [{ id: 'right', label: translate('view.move-right'), icon: ArrowRight, run: () => onMove(place + 1) }]
        : []),
    ],
    [
      {
        id: 'delete',
        label: translate('view.delete'),
        icon: Trash2,
        isDangerous: true,
        run: () => void attempt(remove()),
      },
    ],
  ]
  return (
    <Menu
      label={translate('view.menu', { name })}
      trigger={
        <button type="button" className="ops-view-menu" aria-label={translate('view.menu', { name })}>
          <Icon icon={ChevronDown} size={13} />
        </button>
      }
      sections={(isMovable(view) ? own : [[copy]]).filter((section) => section.length > 0)}
    />
  )
}
