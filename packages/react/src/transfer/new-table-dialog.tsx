import { Copy, FileUp, Table2 } from 'lucide'
import { useState } from 'react'
import { useData } from '../data/data-context.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import { opsFault } from '../data/ops-fault.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useTableMutations, useTables } from '../data/use-tables.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useLeave } from '../ui/unsaved.ts'

export interface NewTableDialogProps extends DialogState {
  /** Called with the table that was made. */
  onDone?(table: { readonly id: string }): void
}

type Way = 'blank' | 'copy'

/** Makes a table: an empty one, one from a file, or one like another. */
export default function NewTableDialog({ open, onOpenChange, onDone }: NewTableDialogProps) {
  const { translate } = useOpsContext()
  const { queryClient } = useData()
  const dialogs = useDialogs()
  const tables = useTables().data ?? []
  const { create, duplicate } = useTableMutations()
  const [way, setWay] = useState<Way>('blank')
  const [name, setName] = useState('')
  const [source, setSource] = useState<string | null>(null)
  const [hasRows, setHasRows] = useState(true)
  const failed = create.error ?? duplicate.error
  const faults = fieldFaults(failed === null ? null : opsFault(failed))
  const isMade = create.isSuccess || duplicate.isSuccess
  const made = ({ id }: { readonly id: string }) => {
    queryClient.setQueryData(queryKeys.newTable, id)
    onOpenChange(false)
    onDone?.({ id })
  }
  const save = () => {
    if (way === 'blank') {
      const columns = [{ name: translate('new-table.first-column'), type: 'text' }]
      create.mutate({ name, columns }, { onSuccess: made })
    } else if (source !== null) duplicate.mutate({ tableId: source, name, rows: hasRows }, { onSuccess: made })
  }
  const fault = faults.beside(['name'])
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={translate('new-table.title')}
      givesFocusBack={() => !isMade}
      isUnsaved={name !== '' && !isMade}
      onSubmit={save}
      footer={
        <>
          {fault === null ? null : (
            <p className="ops-field-error" role="alert">
              {translate.said(fault)}
            </p>
          )}
          <CancelButton />
          <Button
            look="main"
            type="submit"
            isBusy={create.isPending || duplicate.isPending}
            disabled={name.trim() === '' || (way === 'copy' && source === null)}
          >
            {translate('new-table.make')}
          </Button>
        </>
      }
    >
      <div className="ops-ways">
        <button type="button" className="ops-way" aria-pressed={way === 'blank'} onClick={() => setWay('blank')}>
          <Icon icon={Table2} />
          <span>{translate('new-table.blank')}</span>
        </button>
        <FromFile
          onChoose={() => {
            onOpenChange(false)
            dialogs.open('import', { onDone })
          }}
        />
        <button
          type="button"
          className="ops-way"
          aria-pressed={way === 'copy'}
          disabled={tables.length === 0}
          onClick={() => setWay('copy')}
        >
          <Icon icon={Copy} />
          <span>{translate('new-table.copy')}</span>
        </button>
      </div>
      <TextField
        label={translate('table.name')}
        value={name}
        onChange={setName}
        error={faults.at('name')}
        maxLength={100}
        placeholder={translate('new-table.example')}
      />
      {way === 'copy' ? (
        <>
          <Combobox
            label={translate('new-table.source')}
            value={source}
            onChange={(next) => {
              setSource(next)
              const found = tables.find(({ id }) => id === next)
              if (name === '' && found !== undefined) setName(translate('new-table.copy-of', { name: found.name }))
            }}
            choices={tables.map((table) => ({ value: table.id, label: table.name }))}
          />
          <Switch label={translate('new-table.rows')} checked={hasRows} onChange={setHasRows} />
        </>
      ) : null}
    </Dialog>
  )
}

/** Leaves for another dialog. */
function FromFile({ onChoose }: { onChoose(): void }) {
  const { translate } = useOpsContext()
  const leave = useLeave()
  return (
    <button type="button" className="ops-way" onClick={() => leave(onChoose)}>
      <Icon icon={FileUp} />
      <span>{translate('new-table.file')}</span>
    </button>
  )
}
