import type { ImportPlan, ImportSettings } from '../data/client/imports-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
import { Select } from '../ui/select.tsx'
import { matchableColumns, withMode } from './plan-edits.ts'

export interface SettingsPartProps {
  readonly plan: ImportPlan
  readonly columns: readonly TableColumn[]
  readonly settings: ImportSettings
  onChange(settings: ImportSettings): void
}

/** As many as the server takes. */
const mostMatched = 10

/** What becomes of rows that are there, of rows that come twice, and of cells that do not fit. */
export function SettingsPart({ plan, columns, settings, onChange }: SettingsPartProps) {
  const { translate } = useOpsContext()
  const matchable = matchableColumns(plan, columns)
  const best = matchable.find(({ type }) => type === 'email') ?? matchable.find(({ unique }) => unique) ?? matchable[0]
  const choices = matchable.map(({ id, name }) => ({ value: id, label: name }))
  const isMatched = settings.mode !== 'create'
  return (
    <div className="ops-import-choices">
      {matchable.length === 0 ? null : (
        <Select
          label={translate('import.mode')}
          value={settings.mode}
          onChange={(mode) => onChange(withMode(settings, mode, best?.id))}
          choices={(['create', 'upsert', 'update', 'skip'] as const).map((mode) => ({
            value: mode,
            label: translate(`import.mode-${mode}`),
          }))}
        />
      )}
      {isMatched ? (
        <>
          <MultiCombobox
            label={translate('import.match')}
            help={translate('import.match-help')}
            value={choices.filter(({ value }) => settings.match.includes(value))}
            // Without any column there is nothing to match by.
            onChange={(match) => match.length > 0 && onChange({ ...settings, match: match.slice(0, mostMatched) })}
            choices={choices}
          />
          <Select
            label={translate('import.duplicates')}
            value={settings.duplicates}
            onChange={(duplicates) => onChange({ ...settings, duplicates })}
            choices={(settings.mode === 'skip'
              ? (['merge', 'first'] as const)
              : (['merge', 'first', 'last'] as const)
            ).map((rule) => ({
              value: rule as ImportSettings['duplicates'],
              label: translate(`import.duplicates-${rule}`),
            }))}
          />
        </>
      ) : null}
      <Select
        label={translate('import.invalid')}
        value={settings.onInvalid}
        onChange={(onInvalid) => onChange({ ...settings, onInvalid })}
        choices={(['keep', 'reject'] as const).map((rule) => ({
          value: rule,
          label: translate(`import.invalid-${rule}`),
        }))}
      />
    </div>
  )
}
