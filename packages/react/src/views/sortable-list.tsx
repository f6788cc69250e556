import { useSortable } from '@dnd-kit/sortable'
import { GripVertical } from 'lucide'
import type { CSSProperties, ReactNode } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { SortableArea } from './sortable-area.tsx'

export interface SortableListProps<Item> {
  readonly items: readonly Item[]
  /** Unique in the list. */
  idOf(item: Item): string
  /** What screen readers call it. */
  nameOf(item: Item): string
  onMove(items: readonly Item[]): void
  renderItem(item: Item, place: number): ReactNode
}

/** A list whose lines are put into another order by their handles: dragged, or by Space and the arrow keys. */
export function SortableList<Item>({ items, idOf, nameOf, onMove, renderItem }: SortableListProps<Item>) {
  const byId = new Map(items.map((item) => [idOf(item), item]))
  const named = (id: string) => {
    const item = byId.get(id)
    return item === undefined ? id : nameOf(item)
  }
  return (
    <SortableArea
      ids={[...byId.keys()]}
      nameOf={named}
      onMove={(ids) => onMove(ids.flatMap((id) => byId.get(id) ?? []))}
    >
      <ul className="ops-sortable">
        {items.map((item, place) => (
          <SortableLine key={idOf(item)} id={idOf(item)} name={nameOf(item)}>
            {renderItem(item, place)}
          </SortableLine>
        ))}
      </ul>
    </SortableArea>
  )
}

interface SortableLineProps {
  readonly id: string
  readonly name: string
  readonly children: ReactNode
}

function SortableLine({ id, name, children }: SortableLineProps) {
  const { translate } = useOpsContext()
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
    attributes: { roleDescription: translate('list.kind') },
  })
  const style: CSSProperties = {
    ...(transform !== null && { transform: `translate3d(0, ${Math.round(transform.y)}px, 0)` }),
    ...(transition !== undefined && { transition }),
  }
  return (
    <li ref={setNodeRef} className="ops-sortable-line" data-dragged={isDragging || undefined} style={style}>
      <button
        type="button"
        ref={setActivatorNodeRef}
        className="ops-sortable-handle"
        {...attributes}
        {...listeners}
        aria-label={translate('list.move', { name })}
      >
        <Icon icon={GripVertical} size={14} />
      </button>
      {children}
    </li>
  )
}
