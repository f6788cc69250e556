import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  horizontalListSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { type ReactNode, useMemo } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'

export interface SortableAreaProps {
  /** In their order. */
  readonly ids: readonly string[]
  /** What screen readers call it. */
  nameOf(id: string): string
  /** @default 'down' */
  readonly direction?: 'down' | 'across'
  /** Whether Space and the arrow keys move things; not where Space does something else. @default true */
  readonly hasKeys?: boolean
  onMove(ids: readonly string[], moved: string): void
  readonly children: ReactNode
}

/** A mouse that moves less than this clicks, in px; a finger that rests less than this scrolls, in ms. */
const [clickPx, scrollMs] = [4, 250]

/** Where things are dragged into another order: by mouse, by a finger that rests first, or by Space and the arrow keys. */
export function SortableArea({ ids, nameOf, direction = 'down', hasKeys = true, onMove, children }: SortableAreaProps) {
  const { translate } = useOpsContext()
  const mouse = useSensor(MouseSensor, { activationConstraint: { distance: clickPx } })
  const touch = useSensor(TouchSensor, { activationConstraint: { delay: scrollMs, tolerance: 8 } })
  const keyboard = useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates })
  const sensors = useSensors(mouse, touch, hasKeys ? keyboard : null)
  const accessibility = useMemo(() => {
    const name = (id: string | number) => nameOf(String(id))
    const announcements: Announcements = {
      onDragStart: ({ active }) => translate('list.picked-up', { name: name(active.id) }),
      onDragOver: ({ active, over }) =>
        over === null
          ? undefined
          : translate('list.over', {
              name: name(active.id),
              place: ids.indexOf(String(over.id)) + 1,
              count: ids.length,
            }),
      onDragEnd: ({ active, over }) =>
        translate('list.dropped', { name: name(active.id), place: ids.indexOf(String((over ?? active).id)) + 1 }),
      onDragCancel: ({ active }) => translate('list.left', { name: name(active.id) }),
    }
    return { announcements, screenReaderInstructions: { draggable: translate('list.how') } }
  }, [ids, nameOf, translate])
  const move = ({ active, over }: DragEndEvent) => {
    if (over === null || over.id === active.id) return
    const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over.id))]
    if (from >= 0 && to >= 0) onMove(arrayMove([...ids], from, to), String(active.id))
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={move} accessibility={accessibility}>
      <SortableContext
        items={[...ids]}
        strategy={direction === 'down' ? verticalListSortingStrategy : horizontalListSortingStrategy}
      >
        {children}
      </SortableContext>
    </DndContext>
  )
}
