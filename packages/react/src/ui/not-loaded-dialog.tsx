import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { useKeptFailure } from './use-kept-failure.ts'

export interface NotLoadedDialogProps {
  /** @default true */
  readonly open?: boolean
  onClose(): void
  onRetry(): void
  /** Why its code could not be loaded. */
  readonly error: unknown
}

/** A window in place of a part whose code could not be loaded: offers to try again, or to reload the page where no try helps. */
export function NotLoadedDialog({ open = true, onClose, onRetry, error }: NotLoadedDialogProps) {
  const { translate } = useOpsContext()
  const isKept = useKeptFailure(error)
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || onClose()}
      size="small"
      title={translate('part.not-loaded')}
      description={translate(isKept ? 'dialog.needs-reload' : 'dialog.not-loaded')}
      footer={
        isKept ? (
          <>
            <Button onClick={onClose}>{translate('dialog.cancel')}</Button>
            <Button look="main" onClick={() => location.reload()}>
              {translate('dialog.reload')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => location.reload()}>{translate('dialog.reload')}</Button>
            <Button look="main" onClick={onRetry}>
              {translate('dialog.retry')}
            </Button>
          </>
        )
      }
    />
  )
}
