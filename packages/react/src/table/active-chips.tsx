import { ArrowUpDown, Group, ListFilter } from 'lucide'
import type { Filter } from '../data/client/views-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { columnsByName, filterColumns } from '../filters/filter-columns.ts'
import { filterWords } from '../filters/filter-words.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import type { TableView } from '../views/use-table-view.ts'
import type { Tool } from './toolbar.tsx'

export interface ActiveChipsProps {
  readonly view: TableView
  onOpen(tool: Tool): void
  onSaveAs(): void
}

/** What the view does to the rows, a chip each, and what to do with changes that are not saved. */
export function ActiveChips({ view, onOpen, onSaveAs }: ActiveChipsProps) {
  const { translate } = useOpsContext()
  const context = useValueContext()
  const { definition, table } = view
  const columns = columnsByName(filterColumns(table.columns, useColumnTypes()), table.columns)
  const nameOf = (id: string) => table.columns.find((column) => column.id === id)?.name ?? id
  const parts = partsOf(definition.filter)
  if (parts.length === 0 && definition.sorts.length === 0 && definition.groupBy.length === 0 && !view.isChanged) {
    return null
  }
  const without = <Item,>(items: readonly Item[], item: Item) => items.filter((each) => each !== item)
  return (
    <div className="ops-chips">
      <ul className="ops-chips-list" aria-label={translate('tool.active')}>
        {parts.map((part) => (
          <li key={JSON.stringify(part)}>
            <Chip
              icon={ListFilter}
              tone="accent"
              onClick={() => onOpen('filter')}
              onRemove={() => view.change({ filter: joined(without(parts, part)) })}
              removeLabel={translate('filter.remove')}
            >
              {filterWords(part, columns, context, translate)}
            </Chip>
          </li>
        ))}
        {definition.sorts.map((sort) => (
          <li key={sort.column}>
            <Chip
              icon={ArrowUpDown}
              onClick={() => onOpen('sort')}
              onRemove={() => view.change({ sorts: without(definition.sorts, sort) })}
              removeLabel={translate('sort.remove')}
            >
              {`${nameOf(sort.column)} ${sort.dir === 'desc' ? '↓' : '↑'}`}
            </Chip>
          </li>
        ))}
        {definition.groupBy.map((level) => (
          <li key={level.column}>
            <Chip
              icon={Group}
              onClick={() => onOpen('group')}
              onRemove={() => view.change({ groupBy: without(definition.groupBy, level) })}
              removeLabel={translate('group.remove')}
            >
              {nameOf(level.column)}
            </Chip>
          </li>
        ))}
      </ul>
      {view.isChanged ? <Unsaved view={view} onSaveAs={onSaveAs} /> : null}
    </div>
  )
}

function Unsaved({ view, onSaveAs }: { readonly view: TableView; onSaveAs(): void }) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const save = () =>
    view.save().catch((error: unknown) => {
      const { code, message } = opsFault(error)
      notices.show({ kind: 'error', text: code === 'CONFLICT' ? translate('view.conflict') : message })
    })
  return (
    <div className="ops-unsaved">
      <Button look="quiet" size="small" onClick={() => view.reset()}>
        {translate('view.reset')}
      </Button>
      {view.canMake ? (
        <Button size="small" onClick={onSaveAs}>
          {translate('view.save-as')}
        </Button>
      ) : null}
      {view.canSave ? (
        <Button look="main" size="small" onClick={() => void save()}>
          {translate('view.save')}
        </Button>
      ) : null}
    </div>
  )
}

/** Conditions that can be taken out one by one. */
function partsOf(filter: Filter | null): readonly Filter[] {
  if (filter === null) return []
  return 'and' in filter ? filter.and : [filter]
}

function joined(parts: readonly Filter[]): Filter | null {
  const [only] = parts
  return only === undefined ? null : parts.length === 1 ? only : { and: parts }
}
