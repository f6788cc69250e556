import { CalendarClock, Zap } from 'lucide'
import { useState } from 'react'
import type { ActionEstimate, ActionRequest } from '../data/client/actions-calls.ts'
import type { OpsActionPart, OpsPlugin } from '../data/client/plugins-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useActionEstimate, useActionMutations } from '../data/use-actions.ts'
import { useMay } from '../data/use-may.ts'
import { useTable } from '../data/use-tables.ts'
import { costText } from '../fills/cost-text.ts'
import { isPartChanged } from '../fills/part-draft.ts'
import { PartFields } from '../fills/part-fields.tsx'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { BudgetLeft } from '../runs/estimate-figures.tsx'
import { Facts } from '../runs/facts.tsx'
import { ScheduleForm } from '../schedules/schedule-form.tsx'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Form } from '../ui/form.tsx'
import { FormInPlace } from '../ui/form-in-place.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useFormInPlace } from '../ui/use-form-in-place.ts'
import { type ActionRows, actionRequest, scheduledAction, startAction } from './action-draft.ts'

export interface ActionFormProps {
  readonly tableId: string
  readonly plugin: OpsPlugin
  readonly part: OpsActionPart
  readonly rows: ActionRows
  onStarted(runId: string): void
}

/** With what an action is done, for how many rows, at what cost; it begins once people have confirmed that. */
export function ActionForm({ tableId, plugin, part, rows, onStarted }: ActionFormProps) {
  const columns = useTable(tableId).data?.columns
  const { translate } = useOpsContext()
  if (columns === undefined) return <Skeleton lines={4} label={translate('action.choose')} />
  return (
    <LoadedForm tableId={tableId} plugin={plugin} part={part} rows={rows} columns={columns} onStarted={onStarted} />
  )
}

type Columns = NonNullable<ReturnType<typeof useTable>['data']>['columns']

function LoadedForm(props: ActionFormProps & { readonly columns: Columns }) {
  const { tableId, plugin, part, rows, columns, onStarted } = props
  const { translate } = useOpsContext()
  const { start } = useActionMutations(tableId)
  const [draft, setDraft] = useState(() => startAction(part, columns))
  // What a schedule has taken over is kept by it.
  const [kept, setKept] = useState(draft)
  useUnsaved(isPartChanged(draft, kept))
  const [asks, setAsks] = useState(false)
  const scheduling = useFormInPlace()
  const maySchedule = useMay('schedules')
  const request = actionRequest(plugin, part, draft, rows)
  const estimate = useActionEstimate(tableId, request)
  const failed = start.error ?? estimate.error
  const faults = fieldFaults(failed === null ? null : opsFault(failed), ['request'])
  const beside = faults.beside(['settings'], ['inputs'], ['output'], ['connectionId'])
  const count = request === null ? 0 : (estimate.data?.rows ?? 0)
  const writable = columns.filter(({ formula, locked }) => formula === null && !locked)
  return (
    <>
      <Form
        className="ops-column-form"
        onSubmit={() => {
          if (request !== null && count > 0) setAsks(true)
        }}
      >
        <PartFields
          plugin={plugin}
          kind="actions"
          part={part}
          table={{ id: tableId, columns }}
          draft={draft}
          onChange={(changes) => setDraft({ ...draft, ...changes })}
          faults={faults}
        />
        {part.output.fields.length === 0 ? null : (
          <fieldset className="ops-group-field">
            <legend className="ops-field-label">{translate('action.writes')}</legend>
            {part.output.fields.map(({ key, label }) => (
              <Combobox
                key={key}
                label={translate('form.optional', { label })}
                canClear
                placeholder={translate('action.nowhere')}
                value={draft.output[key] ?? null}
                onChange={(column) => setDraft({ ...draft, output: { ...draft.output, [key]: column } })}
                choices={writable.map((column) => ({ value: column.key, label: column.name }))}
                error={faults.at('output', key)}
              />
            ))}
          </fieldset>
        )}
        {request === null ? (
          <p className="ops-soft">{translate('action.look')}</p>
        ) : estimate.data === undefined ? (
          failed === null ? (
            <Skeleton lines={3} label={translate('run.estimating')} />
          ) : null
        ) : (
          <Figures estimate={estimate.data} plugin={plugin.id} part={part} />
        )}
        {beside === null ? null : (
          <p className="ops-report" data-kind="error" role="alert">
            {translate.said(beside)}
          </p>
        )}
        {scheduling.isOpen ? null : (
          <div className="ops-run-buttons">
            <Button look="main" type="submit" icon={Zap} disabled={count === 0}>
              {translate('action.start', { name: part.name, count })}
            </Button>
            {maySchedule ? (
              <Button
                icon={CalendarClock}
                disabled={request === null}
                ref={scheduling.buttonRef}
                onClick={scheduling.open}
              >
                {translate('action.schedule')}
              </Button>
            ) : null}
            <CancelButton />
          </div>
        )}
      </Form>
      {scheduling.isOpen && request !== null ? (
        <FormInPlace onClose={scheduling.close}>
          <ScheduleForm
            fixed={{ value: part.id, label: part.name, what: scheduledAction(tableId, request) }}
            onDone={() => {
              setKept(draft)
              scheduling.close()
            }}
          />
        </FormInPlace>
      ) : null}
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        name={part.name}
        estimate={estimate.data}
        isBusy={start.isPending}
        onConfirm={() => request !== null && begin(request)}
      />
    </>
  )

  function begin(wanted: ActionRequest): void {
    start.mutate(wanted, {
      onSuccess: ({ id }) => onStarted(id),
      onError: () => setAsks(false),
    })
  }
}

interface FiguresProps {
  readonly estimate: ActionEstimate
  readonly plugin: string
  readonly part: OpsActionPart
}

function Figures({ estimate, plugin, part }: FiguresProps) {
  const { translate, locale } = useOpsContext()
  const { rows, skipped, calls, cost } = estimate
  const number = new Intl.NumberFormat(locale)
  return (
    <>
      <Facts
        facts={[
          [translate('action.for-rows'), number.format(rows)],
          ...(skipped > 0 ? [[translate('action.left-out'), number.format(skipped)] as const] : []),
          [translate('action.calls'), number.format(calls)],
          [
            translate('run.cost'),
            cost === null || cost.amount === 0
              ? translate('run.cost-free')
              : translate('run.cost-most', { cost: costText(cost, locale, translate) }),
          ],
        ]}
      />
      {cost === null ? null : <BudgetLeft cost={cost} plugin={plugin} />}
      <p className="ops-soft">{translate(part.idempotency === 'at-most-once' ? 'action.once' : 'action.undoable')}</p>
    </>
  )
}

interface ConfirmProps {
  readonly open: boolean
  onOpenChange(open: boolean): void
  readonly name: string
  readonly estimate: ActionEstimate | undefined
  readonly isBusy: boolean
  onConfirm(): void
}

function Confirm({ name, estimate, ...state }: ConfirmProps) {
  const { translate, locale } = useOpsContext()
  const cost = estimate?.cost ?? null
  const count = estimate?.rows ?? 0
  return (
    <ConfirmDialog
      {...state}
      title={translate('action.confirm', { name, count })}
      text={
        cost === null || cost.amount === 0
          ? translate('action.confirm-free')
          : translate('action.confirm-cost', { cost: costText(cost, locale, translate) })
      }
      confirmLabel={translate('action.start', { name, count })}
    />
  )
}
