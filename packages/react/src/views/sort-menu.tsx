import { Plus, X } from 'lucide'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { Sort } from '../data/client/views-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { canSortBy, columnChoices } from './column-choices.ts'
import { SortableList } from './sortable-list.tsx'

/** Sorts that a view takes at most. */
const mostSorts = 5

export interface SortMenuProps {
  readonly columns: readonly TableColumn[]
  readonly value: readonly Sort[]
  onChange(sorts: readonly Sort[]): void
}

/** The sorts of a view, the most important first. */
export function SortMenu({ columns, value, onChange }: SortMenuProps) {
  const { translate } = useOpsContext()
  const sortable = columns.filter(canSortBy)
  const free = sortable.filter(({ id }) => !value.some(({ column }) => column === id))
  const nameOf = ({ column }: Sort) => columns.find(({ id }) => id === column)?.name ?? column
  const change = (column: string, next: Sort) => onChange(value.map((sort) => (sort.column === column ? next : sort)))
  const next = free[0]
  return (
    <div className="ops-panel">
      {value.length === 0 ? <p className="ops-panel-none">{translate('sort.none')}</p> : null}
      <SortableList
        items={value}
        idOf={({ column }) => column}
        nameOf={nameOf}
        onMove={onChange}
        renderItem={(sort) => (
          <>
            <span className="ops-panel-grow">
              <Combobox
                label={translate('sort.column')}
                isLabelHidden
                value={sort.column}
                choices={columnChoices(
                  sortable.filter(({ id }) => id === sort.column || free.some((c) => c.id === id)),
                )}
                onChange={(column) => column !== null && change(sort.column, { ...sort, column })}
              />
            </span>
            <Select
              label={translate('sort.direction')}
              isLabelHidden
              value={sort.dir ?? 'asc'}
              onChange={(dir) => change(sort.column, { ...sort, dir })}
              choices={[
                { value: 'asc', label: translate('sort.ascending') },
                { value: 'desc', label: translate('sort.descending') },
              ]}
            />
            <IconButton
              icon={X}
              label={translate('sort.remove')}
              onClick={() => onChange(value.filter((other) => other !== sort))}
            />
          </>
        )}
      />
      <div className="ops-panel-foot">
        {next === undefined || value.length >= mostSorts ? null : (
          <Button look="quiet" size="small" icon={Plus} onClick={() => onChange([...value, { column: next.id }])}>
            {translate('sort.add')}
          </Button>
        )}
        {value.length === 0 ? null : (
          <Button look="quiet" size="small" onClick={() => onChange([])}>
            {translate('sort.clear')}
          </Button>
        )}
      </div>
    </div>
  )
}
