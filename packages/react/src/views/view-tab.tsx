import { useSortable } from '@dnd-kit/sortable'
import { Lock, User } from 'lucide'
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react'
import type { OpsView } from '../data/client/views-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { allRowsId } from './use-table-view.ts'

export interface ViewTabProps {
  readonly view: OpsView
  readonly name: string
  readonly isCurrent: boolean
  /** Whether it has changes that are not saved. */
  readonly isChanged: boolean
  readonly canMove: boolean
  onChoose(): void
  /** Its menu. */
  readonly children: ReactNode
}

/** One view: a click shows it, dragging moves it. Without a mouse its menu moves it. */
export function ViewTab({ view, name, isCurrent, isChanged, canMove, onChoose, children }: ViewTabProps) {
  const { translate } = useOpsContext()
  const { listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: view.id,
    disabled: !canMove,
  })
  const tab = useRef<HTMLLIElement | null>(null)
  useEffect(() => {
    if (isCurrent) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isCurrent])
  const style: CSSProperties = {
    ...(transform !== null && { transform: `translate3d(${Math.round(transform.x)}px, 0, 0)` }),
    ...(transition !== undefined && { transition }),
  }
  return (
    <li
      ref={(node) => {
        setNodeRef(node)
        tab.current = node
      }}
      className="ops-view"
      data-current={isCurrent || undefined}
      data-dragged={isDragging || undefined}
      style={style}
    >
      <button
        type="button"
        className="ops-view-name"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={onChoose}
        {...(canMove && listeners)}
      >
        <KindIcon view={view} />
        <span>{name}</span>
        {isChanged ? <span className="ops-view-changed" title={translate('view.changed')} /> : null}
      </button>
      {children}
    </li>
  )
}

function KindIcon({ view }: { readonly view: OpsView }) {
  const icon = view.kind === 'personal' ? User : view.kind === 'system' && view.id !== allRowsId ? Lock : null
  return icon === null ? null : <Icon icon={icon} size={13} />
}
