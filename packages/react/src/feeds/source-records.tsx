import type { OpsSourcePart } from '../data/client/plugins-calls.ts'
import type { SourceChoice } from '../data/client/sources-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeedMutations } from '../data/use-feeds.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'

export interface SourceRecordsProps {
  /** Null while the form is not whole. */
  readonly choice: SourceChoice | null
  readonly columns: OpsSourcePart['columns']
}

/** The first three records of a source, read when people say so. */
export function SourceRecords({ choice, columns }: SourceRecordsProps) {
  const { translate } = useOpsContext()
  const { preview } = useFeedMutations()
  const { data, error, isPending } = preview
  return (
    <div className="ops-section">
      <div>
        <Button
          size="small"
          isBusy={isPending}
          disabled={choice === null}
          onClick={() => choice !== null && preview.mutate(choice)}
        >
          {translate('feeds.look')}
        </Button>
      </div>
      {error === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(opsFault(error).message)}
        </p>
      )}
      {data === undefined ? null : data.rows.length === 0 ? (
        <p className="ops-soft">{translate('feeds.look-none')}</p>
      ) : (
        <table className="ops-sheet">
          <thead>
            <tr>
              {columns.slice(0, 4).map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.slice(0, 3).map(({ key: record, cells }) => (
              <tr key={record}>
                {columns.slice(0, 4).map(({ key }) => (
                  <td key={key}>{String(cells[key] ?? '')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
