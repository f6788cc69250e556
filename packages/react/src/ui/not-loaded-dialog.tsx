import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface NotLoadedDialogProps {
  /** @default true */
  readonly open?: boolean
  onClose(): void
  onRetry(): void
}

/** A window in place of a part whose code could not be loaded: says so and offers to try again. */
export function NotLoadedDialog({ open = true, onClose, onRetry }: NotLoadedDialogProps) {
  const { translate } = useOpsContext()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || onClose()}
      size="small"
      title={translate('part.not-loaded')}
      description={translate('dialog.not-loaded')}
      footer={
        <>
          <Button onClick={() => location.reload()}>{translate('dialog.reload')}</Button>
          <Button look="main" onClick={onRetry}>
            {translate('dialog.retry')}
          </Button>
        </>
      }
    />
  )
}
