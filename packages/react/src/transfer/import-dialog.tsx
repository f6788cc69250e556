import { ArrowLeft } from 'lucide'
import { useData } from '../data/data-context.ts'
import { useMay } from '../data/use-may.ts'
import { useRun } from '../data/use-runs.ts'
import { useTable } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { TextField } from '../ui/text-field.tsx'
import { CheckPart } from './check-part.tsx'
import { ChooseFile } from './choose-file.tsx'
import { FormatPart } from './format-part.tsx'
import { MappingPart } from './mapping-part.tsx'
import { leftOut } from './plan-edits.ts'
import { RunPart } from './run-part.tsx'
import { SettingsPart } from './settings-part.tsx'
import { type ImportWork, useImport } from './use-import.ts'

export interface ImportDialogProps extends DialogState {
  /** Where the rows go. @default a table that is made for the file */
  readonly tableId?: string
  /** Called once the import is over, with the table that it went to. */
  onDone?(table: { readonly id: string }): void
}

/** Brings a file into a table: choose, map, look, run. */
export default function ImportDialog({ tableId, open, onOpenChange, onDone }: ImportDialogProps) {
  const { translate } = useOpsContext()
  const { uploads } = useData()
  const mayImport = useMay('import')
  const work = useImport(tableId)
  const { state } = work
  const run = useRun(state.step === 'running' ? state.runId : null).data
  const isOver = run?.state === 'done' || run?.state === 'cancelled'
  const canGoBack = ['mapping', 'checking', 'checked', 'rereading', 'reading', 'uploading'].includes(state.step)
  const close = () => {
    onOpenChange(false)
    if (isOver && run?.tableId != null) onDone?.({ id: run.tableId })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      size="large"
      title={translate('import.title')}
      description={translate(isOver ? 'import.step-over' : `import.step-${state.step}`)}
      before={
        canGoBack ? (
          <IconButton icon={ArrowLeft} label={translate('dialog.back')} onClick={() => work.send({ type: 'back' })} />
        ) : null
      }
      footer={<Foot work={work} isOver={isOver} onClose={close} />}
    >
      {uploads === null ? (
        <p className="ops-report" data-kind="warning">
          {translate('import.no-uploads')}
        </p>
      ) : mayImport ? (
        <Body work={work} tableId={tableId} />
      ) : (
        <p className="ops-report" data-kind="warning">
          {translate('import.not-allowed')}
        </p>
      )}
    </Dialog>
  )
}

function Body({ work, tableId }: { readonly work: ImportWork; readonly tableId: string | undefined }) {
  const { translate } = useOpsContext()
  const { state } = work
  switch (state.step) {
    case 'choose':
      return <ChooseFile fault={state.fault} onChoose={work.choose} />
    case 'uploading':
      return <ProgressLine share={state.share} label={state.name} text={state.name} />
    case 'reading':
      return (
        <ProgressLine share={null} label={translate('import.step-reading')} text={translate('import.step-reading')} />
      )
    case 'mapping':
    case 'rereading':
    case 'checking':
      return <Mapping work={work} tableId={tableId} />
    case 'checked':
    case 'starting':
      return (
        <>
          {state.step === 'checked' && state.fault !== null ? <Fault text={state.fault} /> : null}
          <CheckPart check={state.check} />
        </>
      )
    case 'running':
      return <RunPart runId={state.runId} />
    default:
      return state satisfies never
  }
}

function Mapping({ work, tableId }: { readonly work: ImportWork; readonly tableId: string | undefined }) {
  const { translate } = useOpsContext()
  const { state, send } = work
  if (state.step !== 'mapping' && state.step !== 'rereading' && state.step !== 'checking') return null
  const { plan, proposal, settings } = state
  const left = leftOut(proposal, plan)
  return (
    <>
      {state.step === 'mapping' && state.fault !== null ? <Fault text={state.fault} /> : null}
      {plan.target.kind === 'new' ? (
        <TextField
          label={translate('import.table-name')}
          value={plan.target.name}
          onChange={(name) => send({ type: 'plan-changed', plan: { ...plan, target: { kind: 'new', name } } })}
          maxLength={100}
        />
      ) : null}
      <FormatPart
        format={plan.format}
        sheets={proposal.sheets}
        isDisabled={state.step !== 'mapping'}
        onChange={work.reread}
      />
      <p className="ops-soft">{proposal.evidence.slice(0, 3).join(' ')}</p>
      {proposal.warnings.map((warning) => (
        <p key={warning} className="ops-report" data-kind="warning">
          {warning}
        </p>
      ))}
      <Columns tableId={tableId} work={work} />
      {left.length === 0 ? null : (
        <p className="ops-soft">{translate('import.left-columns', { count: left.length })}</p>
      )}
      {plan.target.kind === 'existing' ? <Rules work={work} tableId={plan.target.tableId} /> : null}
      {plan.target.kind === 'new' ? (
        <SettingsPart
          plan={plan}
          columns={[]}
          settings={settings}
          onChange={(next) => send({ type: 'settings-changed', settings: next })}
        />
      ) : null}
    </>
  )
}

function Columns({ tableId, work }: { readonly tableId: string | undefined; readonly work: ImportWork }) {
  return tableId === undefined ? <MappingOf work={work} columns={[]} /> : <MappingIn work={work} tableId={tableId} />
}

function MappingIn({ tableId, work }: { readonly tableId: string; readonly work: ImportWork }) {
  return <MappingOf work={work} columns={useTable(tableId).data?.columns ?? []} />
}

function MappingOf({
  work,
  columns,
}: {
  readonly work: ImportWork
  readonly columns: Parameters<typeof MappingPart>[0]['columns']
}) {
  const { state, send } = work
  if (!('plan' in state)) return null
  return (
    <MappingPart
      proposal={state.proposal}
      plan={state.plan}
      columns={columns}
      onChange={(plan) => send({ type: 'plan-changed', plan })}
    />
  )
}

function Rules({ tableId, work }: { readonly tableId: string; readonly work: ImportWork }) {
  const columns = useTable(tableId).data?.columns ?? []
  const { state, send } = work
  if (!('plan' in state)) return null
  return (
    <SettingsPart
      plan={state.plan}
      columns={columns}
      settings={state.settings}
      onChange={(settings) => send({ type: 'settings-changed', settings })}
    />
  )
}

function Fault({ text }: { readonly text: string }) {
  return (
    <p className="ops-report" data-kind="error" role="alert">
      {text}
    </p>
  )
}

function Foot({ work, isOver, onClose }: { readonly work: ImportWork; readonly isOver: boolean; onClose(): void }) {
  const { translate } = useOpsContext()
  const { state } = work
  switch (state.step) {
    case 'mapping':
    case 'rereading':
    case 'checking':
      return (
        <Button
          look="main"
          isBusy={state.step !== 'mapping'}
          disabled={state.plan.columns.length === 0}
          onClick={work.check}
        >
          {translate('import.look')}
        </Button>
      )
    case 'checked':
    case 'starting':
      return (
        <Button look="main" isBusy={state.step === 'starting'} onClick={work.start}>
          {translate('import.start', { count: state.check.created + state.check.updated })}
        </Button>
      )
    case 'running':
      return (
        <Button look={isOver ? 'main' : 'plain'} onClick={onClose}>
          {translate(isOver ? 'import.close' : 'import.go-on')}
        </Button>
      )
    default:
      return null
  }
}
