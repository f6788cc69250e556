import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import type { DialogState } from './dialog.tsx'
import { FloatingContent, useFloating } from './layer.tsx'
import { useControlTexts } from './use-control-texts.ts'

export interface ConfirmDialogProps extends DialogState {
  readonly title: ReactNode
  /** What happens, and whether it can be taken back. */
  readonly text: ReactNode
  /** What the button does, as a verb: "Delete column". */
  readonly confirmLabel: string
  /** What the other one says. @default "Cancel" */
  readonly cancelLabel?: string
  readonly isDangerous?: boolean
  readonly isBusy?: boolean
  onConfirm(): void
  readonly children?: ReactNode
}

/** Asks before something that people would regret. Only its buttons and Escape close it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, text, confirmLabel, isDangerous = false, isBusy = false, onConfirm } = props
  const translate = useControlTexts()
  const floating = useFloating()
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <AlertDialog.Portal {...floating}>
        <AlertDialog.Backdrop className="ops-modal-backdrop" />
        <AlertDialog.Viewport className="ops-modal-place">
          <AlertDialog.Popup className="ops-modal" data-size="small">
            <div className="ops-modal-body ops-modal-ask">
              <AlertDialog.Title className="ops-modal-title">{title}</AlertDialog.Title>
              <AlertDialog.Description className="ops-modal-description">{text}</AlertDialog.Description>
              <FloatingContent>{props.children}</FloatingContent>
            </div>
            <div className="ops-modal-foot">
              <AlertDialog.Close render={<Button>{props.cancelLabel ?? translate('dialog.cancel')}</Button>} />
              <Button look={isDangerous ? 'danger' : 'main'} isBusy={isBusy} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
