import { CellSample } from '../cells/cell-sample.tsx'
import type { CellPreview, CellsPreview } from '../data/client/cells-calls.ts'
import type { OpsColumnPart } from '../data/client/plugins-calls.ts'
import type { FillInput } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFirstRows } from '../formula/use-formula-check.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { costText } from './cost-text.ts'
import { useFillPreview } from './use-fill-preview.ts'

export interface FillPreviewProps {
  readonly tableId: string
  readonly part: OpsColumnPart
  readonly name: string
  /** Null while the form is not whole. */
  readonly fill: FillInput | null
}

/**
 * The first three rows as they would be. What is known without asking is shown at once; the plugin is asked only when
 * people say so, who are told the cost.
 */
export function FillPreview({ tableId, part, name, fill }: FillPreviewProps) {
  const { translate } = useOpsContext()
  const firstRows = useFirstRows(tableId).data
  const rowIds = (firstRows ?? []).map(({ id }) => id)
  const { preview, isAsked, fault, isAsking, ask } = useFillPreview(tableId, fill, rowIds)
  const isEmpty = firstRows !== undefined && rowIds.length === 0
  return (
    <section className="ops-preview" aria-label={translate('column.preview')}>
      <h3 className="ops-preview-title">{translate('fill.preview')}</h3>
      {isEmpty ? (
        <p className="ops-soft">{translate('fill.preview-none')}</p>
      ) : preview === null ? (
        <p className="ops-soft">{translate('fill.preview-incomplete')}</p>
      ) : (
        <div className="ops-sheet-frame" aria-live="polite">
          <div className="ops-sheet-head">{name.trim() === '' ? part.name : name}</div>
          {preview.rows.map((row) => (
            <PreviewLine key={row.rowId} row={row} preview={preview} />
          ))}
        </div>
      )}
      {preview === null || fill === null ? null : (
        <AskPart part={part} preview={preview} isAsked={isAsked} isAsking={isAsking} onAsk={ask} />
      )}
      {fault === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(opsFault(fault).message)}
        </p>
      )}
    </section>
  )
}

function PreviewLine({ row, preview }: { readonly row: CellPreview; readonly preview: CellsPreview }) {
  const { translate } = useOpsContext()
  const asked = Object.values(row.inputs)
    .filter((value) => value !== null && value !== '')
    .map(String)
    .join(' · ')
  return (
    <div className="ops-sheet-cell ops-fill-line">
      <span className="ops-soft ops-fill-input">{asked}</span>
      {row.status === 'done' ? (
        <span className="ops-fill-answer">
          <CellSample type={preview.type} settings={preview.settings} value={row.value} />
          {row.cached ? <span className="ops-soft">{translate('fill.known')}</span> : null}
        </span>
      ) : row.status === 'open' ? (
        <span className="ops-soft">{translate('fill.open')}</span>
      ) : (
        <span className={row.status === 'failed' ? 'ops-result-error' : 'ops-soft'}>
          {translate.said(row.message ?? '')}
        </span>
      )}
    </div>
  )
}

interface AskPartProps {
  readonly part: OpsColumnPart
  readonly preview: CellsPreview
  readonly isAsked: boolean
  readonly isAsking: boolean
  onAsk(): void
}

function AskPart({ part, preview, isAsked, isAsking, onAsk }: AskPartProps) {
  const { translate, locale } = useOpsContext()
  const { provider } = part
  const { cost, canAsk, rows } = preview
  const open = rows.filter(({ status }) => status === 'open').length
  const amount = cost === null || cost.amount === 0 ? null : costText(cost, locale, translate)
  if (isAsked) {
    return amount === null ? null : <p className="ops-soft">{translate('fill.asked-cost', { cost: amount })}</p>
  }
  if (!canAsk) return <p className="ops-soft">{translate('fill.preview-lists', { provider })}</p>
  if (open === 0) return null
  return (
    <div className="ops-fill-ask">
      <Button size="small" isBusy={isAsking} onClick={onAsk}>
        {translate('fill.ask', { count: open })}
      </Button>
      <p className="ops-soft">
        {amount === null
          ? translate('fill.ask-free', { provider })
          : translate('fill.ask-cost', { provider, cost: amount })}
      </p>
    </div>
  )
}
