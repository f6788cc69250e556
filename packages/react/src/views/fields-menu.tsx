import { useState } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { ViewDefinition } from '../data/client/views-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { SortableList } from './sortable-list.tsx'
import { type ArrangedColumn, arrangedColumns } from './view-columns.ts'

/** Columns that a view pins at one side at most. */
const mostPinned = 20

export interface FieldsMenuProps {
  readonly columns: readonly TableColumn[]
  readonly value: Pick<ViewDefinition, 'columns' | 'pinned'>
  onChange(changes: Partial<Pick<ViewDefinition, 'columns' | 'pinned'>>): void
}

/** Which columns a view shows, in which order, and how many stay in sight. */
export function FieldsMenu({ columns, value, onChange }: FieldsMenuProps) {
  const { translate, locale } = useOpsContext()
  const [search, setSearch] = useState('')
  const all = arrangedColumns(columns, value)
  const wanted = search.trim().toLocaleLowerCase(locale)
  const shown = all.filter(({ column }) => column.name.toLocaleLowerCase(locale).includes(wanted))
  const setVisible = (isWanted: (each: ArrangedColumn) => boolean | null) =>
    onChange({
      columns: all.map((each) => {
        const visible = isWanted(each)
        return visible === null ? each.entry : { ...each.entry, visible }
      }),
    })
  const line = ({ column, isVisible }: ArrangedColumn) => (
    <span className="ops-field-toggle">
      <Switch
        label={column.name}
        checked={isVisible}
        onChange={(visible) => setVisible((each) => (each.column.id === column.id ? visible : null))}
      />
    </span>
  )
  return (
    <div className="ops-panel ops-panel-narrow">
      <TextField
        kind="search"
        label={translate('field.search')}
        isLabelHidden
        placeholder={translate('field.search')}
        value={search}
        onChange={setSearch}
      />
      <div className="ops-panel-scroll">
        {wanted === '' ? (
          <SortableList
            items={all}
            idOf={({ column }) => column.id}
            nameOf={({ column }) => column.name}
            onMove={(moved) => onChange({ columns: moved.map(({ entry }) => entry) })}
            renderItem={line}
          />
        ) : (
          <ul className="ops-sortable">
            {shown.map((each) => (
              <li key={each.column.id} className="ops-sortable-line">
                {line(each)}
              </li>
            ))}
          </ul>
        )}
      </div>
      <NumberField
        label={translate('field.frozen')}
        isInteger
        min={0}
        max={mostPinned}
        value={value.pinned.left}
        onChange={(left) => onChange({ pinned: { ...value.pinned, left: left ?? 0 } })}
      />
      <div className="ops-panel-foot">
        <Button look="quiet" size="small" onClick={() => setVisible(() => true)}>
          {translate('field.show-all')}
        </Button>
        <Button look="quiet" size="small" onClick={() => setVisible((each) => each === all[0])}>
          {translate('field.hide-all')}
        </Button>
      </div>
    </div>
  )
}
