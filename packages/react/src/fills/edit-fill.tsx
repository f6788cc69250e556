import { useState } from 'react'
import type { ColumnFill, TableColumn } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useTable } from '../data/use-tables.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { fillDraftOf, fillInput } from './fill-draft.ts'
import { FillForm, fillFormPaths } from './fill-form.tsx'
import { isPartChanged, missingInPart } from './part-draft.ts'
import type { ChosenPart } from './use-add-fill.tsx'

/** The plugin and part that fill a column; null while they are not known or where they are gone. */
export function useFillPart(fill: ColumnFill | null): ChosenPart | null {
  const plugin = usePlugins().data?.find(({ id }) => id === fill?.plugin)
  const part = plugin?.columnTypes.find(({ id }) => id === fill?.part)
  return plugin === undefined || part === undefined ? null : { plugin, part }
}

export interface EditFillOptions extends ChosenPart {
  readonly tableId: string
  readonly column: TableColumn
  readonly fill: ColumnFill
  onSaved(): void
}

/** The form of a column that a plugin fills, and saving it. */
export function useEditFill({ tableId, column, fill, plugin, part, onSaved }: EditFillOptions) {
  const { translate } = useOpsContext()
  const columns = useTable(tableId).data?.columns ?? []
  const { update } = useColumnMutations(tableId)
  const [draft, setDraft] = useState(() => fillDraftOf(column.name, fill, part))
  const faults = fieldFaults(update.error === null ? null : opsFault(update.error), ['changes'])
  const isWhole = missingInPart(draft, part, plugin).length === 0
  const before = fillDraftOf(column.name, fill, part)
  return {
    canSave: isWhole && draft.name.trim() !== '' && JSON.stringify(draft) !== JSON.stringify(before),
    isUnsaved: isPartChanged(draft, before),
    isBusy: update.isPending,
    fault: faults.beside(...fillFormPaths),
    save(): void {
      const changes = { name: draft.name.trim(), fill: fillInput(plugin.id, part, draft) }
      update.mutate({ columnId: column.id, changes }, { onSuccess: onSaved })
    },
    content: (
      <div className="ops-column-form">
        {fill.fault === null ? null : (
          <p className="ops-report" data-kind="error" role="alert">
            {translate('fill.fault', { reason: fill.fault })}
          </p>
        )}
        <FillForm
          tableId={tableId}
          columns={columns.filter(({ id }) => id !== column.id)}
          plugin={plugin}
          part={part}
          draft={draft}
          onChange={setDraft}
          faults={faults}
        />
        <p className="ops-soft">{translate('fill.edit-stale')}</p>
      </div>
    ),
  }
}
