import { Plus } from 'lucide'
import { useState } from 'react'
import type { OpsView } from '../data/client/views-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useViewMutations } from '../data/use-views.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { NameDialog } from './name-dialog.tsx'
import { SortableArea } from './sortable-area.tsx'
import { allRowsId, type TableView } from './use-table-view.ts'
import { ViewMenu } from './view-menu.tsx'
import { inOrder, isMovable } from './view-order.ts'
import { ViewTab } from './view-tab.tsx'

export interface ViewTabsProps {
  readonly view: TableView
}

type Asked = { readonly kind: 'new' } | { readonly kind: 'rename'; readonly of: OpsView }

/** The views of a table side by side, dragged into another order, with a menu for the one that is shown. */
export function ViewTabs({ view: shown }: ViewTabsProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [order, setOrder] = useState<readonly string[] | null>(null)
  const mutations = useViewMutations(shown.table.id)
  const views = inOrder(shown.views, order)
  const nameOf = ({ id, name }: OpsView) => (id === allRowsId ? translate('view.all-rows') : name)
  const named = (id: string) => {
    const view = views.find((each) => each.id === id)
    return view === undefined ? id : nameOf(view)
  }
  const move = async (ids: readonly string[], viewId: string) => {
    setOrder(ids)
    try {
      // The view of all rows stays first and does not count.
      await mutations.move.mutateAsync({ viewId, place: Math.max(0, ids.indexOf(viewId) - 1) })
    } catch (error) {
      notices.show({ kind: 'error', text: opsFault(error).message })
    } finally {
      setOrder(null)
    }
  }
  const moveTo = (viewId: string, place: number) => {
    const others = views.map(({ id }) => id).filter((id) => id !== viewId)
    void move(others.toSpliced(place, 0, viewId), viewId)
  }
  return (
    <nav className="ops-views" aria-label={translate('view.list')}>
      <SortableArea
        ids={views.map(({ id }) => id)}
        nameOf={named}
        direction="across"
        hasKeys={false}
        onMove={(ids, moved) => void move(ids, moved)}
      >
        <ul className="ops-views-list">
          {views.map((view) => {
            const isCurrent = view.id === shown.view.id
            return (
              <ViewTab
                key={view.id}
                view={view}
                name={nameOf(view)}
                isCurrent={isCurrent}
                isChanged={isCurrent && shown.isChanged}
                canMove={shown.canMake && isMovable(view)}
                onChoose={() => shown.choose(view.id)}
              >
                {isCurrent && shown.canMake ? (
                  <ViewMenu
                    shown={shown}
                    name={nameOf(view)}
                    onRename={() => setAsked({ kind: 'rename', of: view })}
                    onMove={(place) => moveTo(view.id, place)}
                  />
                ) : null}
              </ViewTab>
            )
          })}
        </ul>
      </SortableArea>
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
