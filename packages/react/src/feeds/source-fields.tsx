import type { ReactNode } from 'react'
import type { OpsPlugin, OpsSourcePart } from '../data/client/plugins-calls.ts'
import type { SourceChoice } from '../data/client/sources-calls.ts'
import type { PartDraft } from '../fills/part-draft.ts'
import { PartFields } from '../fills/part-fields.tsx'
import type { FieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Select } from '../ui/select.tsx'
import { SourceRecords } from './source-records.tsx'

/** What becomes of rows whose record is gone at the vendor. */
export type GoneRows = 'keep' | 'delete'

/** A part of a plugin that records are read from. */
export interface Source {
  readonly plugin: OpsPlugin
  readonly part: OpsSourcePart
}

export interface SourceFieldsProps extends Source {
  readonly draft: PartDraft
  onChange(draft: PartDraft): void
  readonly gone: GoneRows
  onGone(gone: GoneRows): void
  /** What its first records are read by. Null while the form is not whole. */
  readonly choice: SourceChoice | null
  readonly faults: FieldFaults
  /** Fields that only one of the forms has; their faults are not shown beside the others. */
  readonly ownPaths: readonly string[]
  /** Those fields. */
  readonly children: ReactNode
}

/** How a feed reads its source: by which connection, with which settings, and what its first records are. */
export function SourceFields(props: SourceFieldsProps) {
  const { plugin, part, draft, onChange, gone, onGone, choice, faults, ownPaths, children } = props
  const { translate } = useOpsContext()
  const beside = faults.beside(['settings'], ['connectionId'], ...ownPaths.map((path) => [path]))
  return (
    <>
      <p className="ops-soft">{part.description}</p>
      <PartFields
        plugin={plugin}
        kind="sources"
        part={part}
        draft={draft}
        onChange={(changes) => onChange({ ...draft, ...changes })}
        faults={faults}
      />
      {children}
      <Select
        label={translate('feeds.gone')}
        value={gone}
        onChange={onGone}
        choices={[
          { value: 'keep', label: translate('feeds.gone-keep') },
          { value: 'delete', label: translate('feeds.gone-delete') },
        ]}
      />
      <SourceRecords choice={choice} columns={part.columns} />
      {beside === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(beside)}
        </p>
      )}
    </>
  )
}
