import { CellSample } from '../cells/cell-sample.tsx'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useTable } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { type FormulaCheckState, useFirstRows } from './use-formula-check.ts'

export interface FormulaResultsProps {
  readonly tableId: string
  readonly check: FormulaCheckState
  /** How results are shown. @default as their type is */
  readonly shown?: { readonly type: string; readonly settings: unknown }
}

/** Inputs that stand beside a result; more would not be read. */
const mostInputs = 2

/** What a formula gives for the first rows, beside what it reads. */
export function FormulaResults({ tableId, check, shown }: FormulaResultsProps) {
  const { translate } = useOpsContext()
  const table = useTable(tableId).data
  const rows = useFirstRows(tableId).data ?? []
  const columns = table?.columns ?? []
  const inputs = (
    check.reads.length > 0 ? columns.filter(({ key }) => check.reads.includes(key)) : columns.slice(0, 1)
  ).slice(0, mostInputs)
  if (rows.length === 0) return <p className="ops-soft">{translate('formula.no-rows')}</p>
  const { preview } = check
  return (
    <div className="ops-results">
      <table className="ops-sheet">
        <thead>
          <tr>
            {inputs.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{translate('formula.result')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const result = check.rows.find(({ rowId }) => rowId === row.id)
            return (
              <tr key={row.id}>
                {inputs.map((column) => (
                  <td key={column.id}>
                    <CellSample {...shownAs(column)} value={row.cells[column.key] ?? null} />
                  </td>
                ))}
                <td>
                  {result === undefined ? null : result.error !== null ? (
                    <span className="ops-result-error" title={translate.said(result.error.message)}>
                      {result.error.sign}
                    </span>
                  ) : (
                    <CellSample
                      type={shown?.type ?? check.columnType ?? 'text'}
                      settings={shown?.settings}
                      value={result.value}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {preview === null || preview.sampled === 0 ? null : (
        <p className="ops-soft">
          {preview.exact
            ? translate('formula.changes', { count: preview.changed, total: preview.total })
            : translate('formula.sampled', { count: preview.changed, sampled: preview.sampled, total: preview.total })}
        </p>
      )}
      {check.rows.some(({ error }) => error !== null) ? (
        <p className="ops-soft">
          {translate.said(check.rows.find(({ error }) => error !== null)?.error?.message ?? '')}
        </p>
      ) : null}
    </div>
  )
}

function shownAs({ type, settings }: TableColumn) {
  return { type, settings }
}
