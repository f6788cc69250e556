import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { useKeptFailure } from '../ui/use-kept-failure.ts'

export interface NotLoadedLineProps {
  onRetry(): void
  /** Why its code could not be loaded. */
  readonly error: unknown
}

/** A line in place of a field whose code could not be loaded: offers to try again, or to reload the page where no try helps. */
export function NotLoadedLine({ onRetry, error }: NotLoadedLineProps) {
  const { translate } = useOpsContext()
  const isKept = useKeptFailure(error)
  return (
    <p className="ops-filter-fault" role="alert">
      {translate('part.not-loaded')} {isKept ? `${translate('dialog.needs-reload')} ` : null}
      <Button size="small" onClick={isKept ? () => location.reload() : onRetry}>
        {translate(isKept ? 'dialog.reload' : 'dialog.retry')}
      </Button>
    </p>
  )
}
