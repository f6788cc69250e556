import type { TableColumn } from '../data/client/tables-calls.ts'
import { useOpsClient } from '../data/data-context.ts'
import { opsFault } from '../data/ops-fault.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueWords } from '../provider/value-words.ts'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { type ColumnDraft, draftOf, withType } from './column-draft.ts'
import { ServerFault } from './default-section.tsx'
import { typeChoices } from './type-choices.ts'

export interface RetypePartProps {
  readonly tableId: string
  readonly column: TableColumn
  readonly draft: ColumnDraft
  onChange(draft: ColumnDraft): void
}

/** The type of a column that people fill; for another one, what would become of its cells. */
export function RetypePart({ tableId, column, draft, onChange }: RetypePartProps) {
  const { translate } = useOpsContext()
  const types = useColumnTypes()
  const words = useValueWords()
  return (
    <>
      {column.typeFault === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(column.typeFault)}
        </p>
      )}
      <Select
        label={translate('column.type')}
        value={draft.type}
        onChange={(type) => {
          const settings = type === column.type ? draftOf(column, types).settings : undefined
          onChange(withType(draft, type, types, settings))
        }}
        choices={typeChoices(Object.values(types), words)}
        isDisabled={column.locked}
      />
      {draft.type === column.type ? null : <RetypeReport tableId={tableId} column={column} type={draft.type} />}
    </>
  )
}

function RetypeReport({
  tableId,
  column,
  type,
}: {
  readonly tableId: string
  readonly column: TableColumn
  readonly type: string
}) {
  const { translate } = useOpsContext()
  const client = useOpsClient()
  const report = useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'retype', column.id, type),
    queryFn: ({ signal }) =>
      client.columns.previewRetype.query({ tableId, columnId: column.id, to: { type } }, { signal }),
  })
  if (report.error !== null) return <ServerFault text={opsFault(report.error).message} />
  if (report.data === undefined) return <Skeleton lines={2} label={translate('retype.looking')} />
  const { converted, refused, samples } = report.data
  const texts = [...new Map(samples.map(({ original, reason }) => [original, reason]))]
  return (
    <div className="ops-report" role="status" data-kind={refused > 0 ? 'warning' : 'good'}>
      <p>
        {refused === 0
          ? translate('retype.all', { count: converted })
          : translate('retype.some', { count: converted, refused })}
      </p>
      {texts.length === 0 ? null : (
        <ul>
          {texts.slice(0, 5).map(([original, reason]) => (
            <li key={original}>{translate.said(reason)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
