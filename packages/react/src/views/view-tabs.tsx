import { ArrowLeft, ArrowRight, ChevronDown, Copy, Lock, Pencil, Plus, Trash2, User, Users } from 'lucide'
import { useState } from 'react'
import type { OpsView } from '../data/client/views-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useViewMutations } from '../data/use-views.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { useNotices } from '../ui/notice-queue.ts'
import { NameDialog } from './name-dialog.tsx'
import { allRowsId, type TableView } from './use-table-view.ts'

export interface ViewTabsProps {
  readonly view: TableView
}

type Asked = { readonly kind: 'new' } | { readonly kind: 'rename'; readonly of: OpsView }

/** The views of a table side by side, with a menu for the one that is shown. */
export function ViewTabs({ view: shown }: ViewTabsProps) {
  const { translate } = useOpsContext()
  const [asked, setAsked] = useState<Asked | null>(null)
  const mutations = useViewMutations(shown.table.id)
  const nameOf = ({ id, name }: OpsView) => (id === allRowsId ? translate('view.all-rows') : name)
  return (
    <nav className="ops-views" aria-label={translate('view.list')}>
      <ul className="ops-views-list">
        {shown.views.map((view) => (
          <li key={view.id} className="ops-view" data-current={view.id === shown.view.id || undefined}>
            <button
              type="button"
              className="ops-view-name"
              aria-current={view.id === shown.view.id ? 'true' : undefined}
              onClick={() => shown.choose(view.id)}
            >
              <KindIcon view={view} />
              <span>{nameOf(view)}</span>
              {view.id === shown.view.id && shown.isChanged ? (
                <span className="ops-view-changed" title={translate('view.changed')} />
              ) : null}
            </button>
            {view.id === shown.view.id && shown.canMake ? (
              <ViewMenu shown={shown} name={nameOf(view)} onRename={() => setAsked({ kind: 'rename', of: view })} />
            ) : null}
          </li>
        ))}
      </ul>
      {shown.canMake ? (
        <IconButton icon={Plus} label={translate('view.new')} onClick={() => setAsked({ kind: 'new' })} />
      ) : null}
      {asked === null ? null : (
        <NameDialog
          open
          onOpenChange={(open) => open || setAsked(null)}
          title={translate(asked.kind === 'new' ? 'view.new' : 'view.rename')}
          confirmLabel={translate(asked.kind === 'new' ? 'view.create' : 'view.rename')}
          hasKind={asked.kind === 'new'}
          {...(asked.kind === 'rename' && { name: asked.of.name })}
          onConfirm={async (name, kind) => {
            if (asked.kind === 'new') await shown.saveAs(name, kind)
            else await mutations.update.mutateAsync({ viewId: asked.of.id, changes: { name } })
          }}
        />
      )}
    </nav>
  )
}

function KindIcon({ view }: { readonly view: OpsView }) {
  const icon = view.kind === 'personal' ? User : view.kind === 'system' && view.id !== allRowsId ? Lock : null
  return icon === null ? null : <Icon icon={icon} size={13} />
}

interface ViewMenuProps {
  readonly shown: TableView
  readonly name: string
  onRename(): void
}

function ViewMenu({ shown, name, onRename }: ViewMenuProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const mutations = useViewMutations(shown.table.id)
  const { view, views } = shown
  const isOwn = view.id !== allRowsId && view.kind !== 'system'
  // The view of all rows stays first and does not count.
  const place = views.indexOf(view) - 1
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => notices.show({ kind: 'error', text: opsFault(error).message }))
  const remove = async () => {
    await mutations.delete.mutateAsync(view.id)
    shown.choose(allRowsId)
    notices.show({
      kind: 'done',
      text: translate('view.deleted', { name: view.name }),
      action: { label: translate('tool.undo'), run: () => void attempt(mutations.restore.mutateAsync(view.id)) },
    })
  }
  const duplicate = async () => shown.choose((await mutations.duplicate.mutateAsync({ viewId: view.id })).id)
  const move = (to: number) => () => void attempt(mutations.move.mutateAsync({ viewId: view.id, place: to }))
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
      ...(place > 0 ? [{ id: 'left', label: translate('view.move-left'), icon: ArrowLeft, run: move(place - 1) }] : []),
      ...(place < views.length - 2
        ? [{ id: 'right', label: translate('view.move-right'), icon: ArrowRight, run: move(place + 1) }]
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
      sections={(isOwn ? own : [[copy]]).filter((section) => section.length > 0)}
    />
  )
}
