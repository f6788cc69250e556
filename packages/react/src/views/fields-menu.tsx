import { useState } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { SortableList } from './sortable-list.tsx'
import { type FieldsOptions, useFields } from './use-fields.ts'
import type { ArrangedColumn } from './view-columns.ts'

/** Columns that a view pins at one side at most. */
const mostPinned = 20

export interface FieldsMenuProps extends FieldsOptions {}

/** Which columns a view shows, in which order, and how many stay in sight. */
export function FieldsMenu(props: FieldsMenuProps) {
  const { translate } = useOpsContext()
  const [search, setSearch] = useState('')
  const work = useFields(props)
  const line = ({ column, isVisible }: ArrangedColumn) => (
    <span className="ops-field-toggle">
      <Switch label={column.name} checked={isVisible} onChange={(visible) => work.show(column.id, visible)} />
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
        {search.trim() === '' ? (
          <SortableList
            items={work.fields}
            idOf={({ column }) => column.id}
            nameOf={({ column }) => column.name}
            onMove={work.arrange}
            renderItem={line}
          />
        ) : (
          <ul className="ops-sortable">
            {work.search(search).map((each) => (
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
        value={work.frozen}
        onChange={(count) => work.freeze(count ?? 0)}
      />
      <div className="ops-panel-foot">
        <Button look="quiet" size="small" onClick={work.showAll}>
          {translate('field.show-all')}
        </Button>
        <Button look="quiet" size="small" onClick={work.hideOthers}>
          {translate('field.hide-all')}
        </Button>
      </div>
    </div>
  )
}
