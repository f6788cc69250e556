import { opsFault } from '../data/ops-fault.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { NotRead } from '../ui/not-read.tsx'

export interface ClosedTableProps {
  /** Why the table cannot be shown. */
  readonly error: Error
  onRetry(): void
}

const words = { NOT_FOUND: 'table.not-found', FORBIDDEN: 'table.forbidden', OFFLINE: 'table.offline' } as const

/** Stands where a table cannot be shown, and says what to do. */
export function ClosedTable({ error, onRetry }: ClosedTableProps) {
  const { translate } = useOpsContext()
  const { code } = opsFault(error)
  const known = Object.entries(words).find(([each]) => each === code)?.[1]
  return (
    <div className="ops-root ops-table">
      <NotRead
        title={translate('table.closed')}
        error={error}
        {...(known !== undefined && { text: translate(known) })}
        onRetry={onRetry}
      />
    </div>
  )
}
