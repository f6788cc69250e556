import { useState } from 'react'
import { opsFault } from '../data/ops-fault.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { TextField } from '../ui/text-field.tsx'

/** Letters that a name has at most. */
const longestName = 200

export interface NameDialogProps extends DialogState {
  readonly title: string
  readonly confirmLabel: string
  readonly name?: string
  /** Asks who sees the view, too. */
  readonly hasKind?: boolean
  onConfirm(name: string, kind: 'personal' | 'shared'): Promise<void>
}

/** Asks for the name of a view or a table. */
export function NameDialog({
  title,
  confirmLabel,
  name: before = '',
  hasKind = false,
  onConfirm,
  ...state
}: NameDialogProps) {
  const { translate } = useOpsContext()
  const [name, setName] = useState(before)
  const [kind, setKind] = useState<'personal' | 'shared'>('personal')
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const confirm = async () => {
    if (name.trim() === '') return
    setBusy(true)
    try {
      await onConfirm(name.trim(), kind)
      state.onOpenChange(false)
    } catch (error) {
      setFault(opsFault(error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      {...state}
      size="small"
      title={title}
      isUnsaved={name !== before}
      onSubmit={() => void confirm()}
      footer={
        <>
          <CancelButton />
          <Button look="main" type="submit" isBusy={isBusy} disabled={name.trim() === ''}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <TextField
        label={translate('view.name')}
        value={name}
        maxLength={longestName}
        onChange={setName}
        {...(fault !== undefined && { error: fault })}
      />
      {hasKind ? (
        <SegmentedControl
          label={translate('view.kind')}
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'personal', label: translate('view.personal') },
            { value: 'shared', label: translate('view.shared') },
          ]}
        />
      ) : null}
    </Dialog>
  )
}
