import { useState } from 'react'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useTable, useTableMutations } from '../data/use-tables.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ServerFault } from './default-section.tsx'

export interface TableSettingsDialogProps extends DialogState {
  readonly tableId: string
}

/** The name and the description of a table. */
export default function TableSettingsDialog({ tableId, ...state }: TableSettingsDialogProps) {
  const { translate } = useOpsContext()
  const table = useTable(tableId).data
  if (table !== undefined) return <SettingsForm key={table.id} table={table} {...state} />
  return (
    <Dialog {...state} title={translate('table.settings')}>
      <Skeleton lines={3} label={translate('table.settings')} />
    </Dialog>
  )
}

function SettingsForm({ table, open, onOpenChange }: DialogState & { readonly table: OpsTableInfo }) {
  const { translate } = useOpsContext()
  const { update } = useTableMutations()
  const [name, setName] = useState(table.name)
  const [description, setDescription] = useState(table.description)
  const faults = fieldFaults(update.error === null ? null : opsFault(update.error), ['changes'])
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={translate('table.settings')}
      isUnsaved={name !== table.name || description !== table.description}
      onSubmit={() =>
        update.mutate({ tableId: table.id, changes: { name, description } }, { onSuccess: () => onOpenChange(false) })
      }
      footer={
        <>
          <ServerFault text={faults.beside(['name'], ['description'])} />
          <CancelButton />
          <Button look="main" type="submit" isBusy={update.isPending} disabled={name.trim() === ''}>
            {translate('column.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={translate('table.name')}
        value={name}
        onChange={setName}
        error={faults.at('name')}
        maxLength={100}
      />
      <TextField
        label={translate('form.optional', { label: translate('column.description') })}
        kind="multiline"
        value={description}
        onChange={setDescription}
        error={faults.at('description')}
      />
    </Dialog>
  )
}
