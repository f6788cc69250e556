import type { TableColumn } from '../data/client/tables-calls.ts'
import { useTable } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { TextField } from '../ui/text-field.tsx'
import { FormatPart } from './format-part.tsx'
import type { ImportState } from './import-state.ts'
import { MappingPart } from './mapping-part.tsx'
import { leftOut } from './plan-edits.ts'
import { SettingsPart } from './settings-part.tsx'
import type { ImportWork } from './use-import.ts'

export interface MappingStepProps {
  readonly work: ImportWork
  readonly state: Extract<ImportState, { readonly step: 'mapping' | 'rereading' | 'checking' }>
}

/** How the file is read, where its columns go, and what becomes of its rows. */
export function MappingStep(props: MappingStepProps) {
  const { target } = props.state.plan
  return target.kind === 'new' ? <Decisions {...props} columns={[]} /> : <InTable {...props} tableId={target.tableId} />
}

function InTable({ tableId, ...props }: MappingStepProps & { readonly tableId: string }) {
  return <Decisions {...props} columns={useTable(tableId).data?.columns ?? []} />
}

function Decisions({ work, state, columns }: MappingStepProps & { readonly columns: readonly TableColumn[] }) {
  const { translate } = useOpsContext()
  const { send } = work
  const { plan, proposal, settings } = state
  const left = leftOut(proposal, plan)
  return (
    <>
      {state.step === 'mapping' && state.fault !== null ? <ImportFault text={state.fault} /> : null}
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
      <p className="ops-soft">{proposal.evidence.slice(0, 3).map(translate.said).join(' ')}</p>
      {proposal.warnings.map((warning) => (
        <p key={warning} className="ops-report" data-kind="warning">
          {translate.said(warning)}
        </p>
      ))}
      <MappingPart
        proposal={proposal}
        plan={plan}
        columns={columns}
        onChange={(next) => send({ type: 'plan-changed', plan: next })}
      />
      {left.length === 0 ? null : (
        <p className="ops-soft">{translate('import.left-columns', { count: left.length })}</p>
      )}
      <SettingsPart
        plan={plan}
        columns={columns}
        settings={settings}
        onChange={(next) => send({ type: 'settings-changed', settings: next })}
      />
    </>
  )
}

/** Why an import went no further. */
export function ImportFault({ text }: { readonly text: string }) {
  const { translate } = useOpsContext()
  return (
    <p className="ops-report" data-kind="error" role="alert">
      {translate.said(text)}
    </p>
  )
}
