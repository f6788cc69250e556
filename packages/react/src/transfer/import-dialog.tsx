import { useData } from '../data/data-context.ts'
import { useMay } from '../data/use-may.ts'
import { useRun } from '../data/use-runs.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { BackButton } from '../ui/back-button.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { CheckPart } from './check-part.tsx'
import { ChooseFile } from './choose-file.tsx'
import { isDecided } from './import-state.ts'
import { ImportFault, MappingStep } from './mapping-step.tsx'
import { RunPart } from './run-part.tsx'
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
      isUnsaved={isDecided(state)}
      size="large"
      title={translate('import.title')}
      description={translate(isOver ? 'import.step-over' : `import.step-${state.step}`)}
      before={
        canGoBack ? (
          <BackButton onBack={() => work.send({ type: 'back' })} keepsChanges={state.step !== 'mapping'} />
        ) : null
      }
      footer={<Foot work={work} isOver={isOver} onClose={close} />}
    >
      {uploads === null ? (
        <p className="ops-report" data-kind="warning">
          {translate('import.no-uploads')}
        </p>
      ) : mayImport ? (
        <Body work={work} />
      ) : (
        <p className="ops-report" data-kind="warning">
          {translate('import.not-allowed')}
        </p>
      )}
    </Dialog>
  )
}

function Body({ work }: { readonly work: ImportWork }) {
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
      return <MappingStep work={work} state={state} />
    case 'checked':
    case 'starting':
      return (
        <>
          {state.step === 'checked' && state.fault !== null ? <ImportFault text={state.fault} /> : null}
          <CheckPart check={state.check} plan={state.plan} />
        </>
      )
    case 'running':
      return <RunPart runId={state.runId} />
    default:
      return state satisfies never
  }
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
          key="look"
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
        <Button key="start" look="main" isBusy={state.step === 'starting'} onClick={work.start}>
          {translate('import.start', { count: state.check.created + state.check.updated })}
        </Button>
      )
    case 'running':
      return (
        <Button key="close" look={isOver ? 'main' : 'plain'} onClick={onClose}>
          {translate(isOver ? 'import.close' : 'import.go-on')}
        </Button>
      )
    default:
      return null
  }
}
