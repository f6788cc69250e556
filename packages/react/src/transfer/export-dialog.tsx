import { useState } from 'react'
import type { Filter, Sort } from '../data/client/views-calls.ts'
import { useData } from '../data/data-context.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Select } from '../ui/select.tsx'
import { DownloadButton } from './download-button.tsx'
import { type ExportChoice, exportPath } from './export-path.ts'

export interface ExportDialogProps extends DialogState {
  readonly tableId: string
  /** The view that is on the screen. @default none */
  readonly viewId?: string
  /** As the screen has it, beyond the view. */
  readonly filter?: Filter
  readonly sort?: readonly Sort[]
}

/** A table, or what is on the screen of it, as a file. */
export default function ExportDialog({ tableId, viewId, filter, sort, open, onOpenChange }: ExportDialogProps) {
  const { translate, locale, timeZone } = useOpsContext()
  const { uploads } = useData()
  const isNarrowed = viewId !== undefined || filter !== undefined
  const [choice, setChoice] = useState<ExportChoice>({
    format: 'csv',
    values: 'raw',
    delimiter: ',',
    rows: isNarrowed ? 'view' : 'all',
  })
  const shown = { tableId, viewId, filter, sort, locale, timeZone }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={translate('export.title')}
      footer={
        <>
          <CancelButton />
          {uploads === null ? null : (
            <DownloadButton
              look="main"
              uploads={uploads}
              path={exportPath(shown, choice)}
              onDone={() => onOpenChange(false)}
            >
              {translate('export.download')}
            </DownloadButton>
          )}
        </>
      }
    >
      <div className="ops-section">
        <span className="ops-field-label">{translate('export.format')}</span>
        <SegmentedControl
          label={translate('export.format')}
          value={choice.format}
          onChange={(format) => setChoice({ ...choice, format })}
          choices={[
            { value: 'csv', label: 'CSV' },
            { value: 'xlsx', label: 'Excel' },
            { value: 'tsv', label: 'TSV' },
            { value: 'jsonl', label: 'JSON Lines' },
          ]}
        />
      </div>
      {choice.format === 'csv' ? (
        <Select
          label={translate('import.delimiter')}
          value={choice.delimiter}
          onChange={(delimiter) => setChoice({ ...choice, delimiter })}
          choices={[
            { value: ',', label: translate('import.comma') },
            { value: ';', label: translate('import.semicolon') },
          ]}
        />
      ) : null}
      {isNarrowed ? (
        <div className="ops-section">
          <span className="ops-field-label">{translate('export.rows')}</span>
          <SegmentedControl
            label={translate('export.rows')}
            value={choice.rows}
            onChange={(rows) => setChoice({ ...choice, rows })}
            choices={[
              { value: 'view', label: translate('export.view') },
              { value: 'all', label: translate('export.all') },
            ]}
          />
        </div>
      ) : null}
      <div className="ops-section">
        <span className="ops-field-label">{translate('export.values')}</span>
        <SegmentedControl
          label={translate('export.values')}
          value={choice.values}
          onChange={(values) => setChoice({ ...choice, values })}
          choices={[
            { value: 'raw', label: translate('export.raw') },
            { value: 'formatted', label: translate('export.formatted') },
          ]}
        />
        <p className="ops-soft">{translate(choice.values === 'raw' ? 'export.raw-help' : 'export.formatted-help')}</p>
      </div>
      {uploads === null ? <p className="ops-report">{translate('import.no-uploads')}</p> : null}
    </Dialog>
  )
}
