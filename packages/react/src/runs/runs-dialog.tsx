import { useOpsContext } from '../provider/ops-context.ts'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { type WorkPage, WorkPanel } from './work-panel.tsx'

export interface RunsDialogProps extends DialogState {
  /** Whose runs are shown at first. @default those of all tables */
  readonly tableId?: string
  /** The run whose details are open at first. @default none */
  readonly runId?: string
  /** @default 'runs' */
  readonly page?: WorkPage
}

/** Runs, what they cost, and what starts them, over the page. */
export default function RunsDialog({ open, onOpenChange, ...panel }: RunsDialogProps) {
  const { translate } = useOpsContext()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={translate('runs.title')}>
      <WorkPanel {...panel} />
    </Dialog>
  )
}
