import { Play } from 'lucide'
import { useState } from 'react'
import type { CellsRequest, WhichCells } from '../data/client/cells-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { Filter } from '../data/client/views-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useCellMutations, useCellsEstimate } from '../data/use-cells.ts'
import { useTable } from '../data/use-tables.ts'
import { unitText } from '../fills/cost-text.ts'
import { useFillPart } from '../fills/edit-fill.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { NumberField } from '../ui/number-field.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EstimateFigures } from './estimate-figures.tsx'

export interface RunColumnDialogProps extends DialogState {
  readonly tableId: string
  readonly columnId: string
  /** Only these rows. @default all */
  readonly rows?: readonly string[]
  /** What the rows on the screen satisfy: offered as a choice. @default none */
  readonly filter?: Filter
}

/** Says what a run over a column would ask for and cost, and starts it. */
export default function RunColumnDialog({ tableId, columnId, ...props }: RunColumnDialogProps) {
  const { translate } = useOpsContext()
  const column = useTable(tableId).data?.columns.find(({ id }) => id === columnId)
  if (column !== undefined) return <RunDialog {...props} tableId={tableId} column={column} />
  return (
    <Dialog {...props} title={translate('run.column')}>
      <Skeleton lines={5} label={translate('run.estimating')} />
    </Dialog>
  )
}

type Scope = 'all' | 'view' | 'rows'

interface RunDialogProps extends Omit<RunColumnDialogProps, 'columnId'> {
  readonly column: TableColumn
}

const states = ['empty', 'failed', 'stale', 'all'] as const satisfies readonly WhichCells[]

function RunDialog({ tableId, column, rows, filter, open, onOpenChange }: RunDialogProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const chosen = useFillPart(column.fill)
  const { run } = useCellMutations(tableId)
  const [which, setWhich] = useState<WhichCells>(rows === undefined ? 'empty' : 'all')
  const [scope, setScope] = useState<Scope>(rows !== undefined ? 'rows' : 'all')
  const [limit, setLimit] = useState<number | null>(null)
  const [maxCost, setMaxCost] = useState<number | null>(null)
  const request: CellsRequest = {
    which,
    ...(scope === 'rows' && rows !== undefined && { rows: [...rows] }),
    ...(scope === 'view' && filter !== undefined && { filter }),
  }
  const fault = column.fill?.fault ?? null
  const estimate = useCellsEstimate(tableId, column.id, request, open && fault === null)
  const figures = estimate.data
  const cells = figures === undefined ? null : Math.min(figures.rows, limit ?? figures.rows)
  const failed = run.error ?? estimate.error

  function start(): void {
    const caps = { ...(limit !== null && { limit }), ...(maxCost !== null && { maxCost }) }
    run.mutate(
      { columnId: column.id, request: { ...request, ...caps } },
      {
        onSuccess() {
          notices.show({ kind: 'done', text: translate('run.started', { name: column.name }) })
          onOpenChange(false)
        },
      },
    )
  }

  const scopes = [
    { value: 'all' as const, label: translate('run.scope-all') },
    ...(filter === undefined ? [] : [{ value: 'view' as const, label: translate('run.scope-view') }]),
    ...(rows === undefined
      ? []
      : [
          {
            value: 'rows' as const,
            label: translate('run.scope-rows', { count: rows.length }),
          },
        ]),
  ]
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={translate('run.named', { name: column.name })}
      description={chosen?.part.description}
      isUnsaved={limit !== null || maxCost !== null}
      onSubmit={() => cells !== null && cells > 0 && start()}
      footer={
        <>
          <CancelButton />
          <Button look="main" type="submit" icon={Play} isBusy={run.isPending} disabled={fault !== null || !cells}>
            {cells === null || cells === 0 ? translate('run.tool') : translate('run.start', { count: cells })}
          </Button>
        </>
      }
    >
      <div className="ops-column-form">
        {fault === null ? null : (
          <p className="ops-report" data-kind="error" role="alert">
            {translate('fill.fault', { reason: fault })}
          </p>
        )}
        <div className="ops-section">
          <span className="ops-field-label">{translate('run.which')}</span>
          <SegmentedControl
            label={translate('run.which')}
            value={which}
            onChange={setWhich}
            choices={states.map((value) => ({
              value,
              label: translate(value === 'failed' ? 'run.failed-cells' : `run.${value}`),
            }))}
          />
          <span className="ops-soft">{translate(`run.which-${which}`)}</span>
        </div>
        {scopes.length > 1 ? (
          <div className="ops-section">
            <span className="ops-field-label">{translate('run.scope')}</span>
            <SegmentedControl label={translate('run.scope')} value={scope} onChange={setScope} choices={scopes} />
          </div>
        ) : null}
        {figures === undefined ? (
          failed === null && fault === null ? (
            <Skeleton lines={4} label={translate('run.estimating')} />
          ) : null
        ) : (
          <EstimateFigures estimate={figures} plugin={column.fill?.plugin ?? ''} />
        )}
        {figures === undefined || figures.rows === 0 ? null : (
          <div className="ops-fill-limits">
            <NumberField
              label={translate('run.limit')}
              value={limit}
              onChange={setLimit}
              isInteger
              min={1}
              placeholder={translate('fill.no-limit')}
            />
            {figures.cost === null ? null : (
              <NumberField
                label={translate('run.max-cost', { unit: unitText(figures.cost.unit, translate) })}
                value={maxCost}
                onChange={setMaxCost}
                min={0}
                placeholder={translate('fill.no-limit')}
              />
            )}
          </div>
        )}
        {failed === null ? null : (
          <p className="ops-report" data-kind="error" role="alert">
            {translate.said(opsFault(failed).message)}
          </p>
        )}
      </div>
    </Dialog>
  )
}
