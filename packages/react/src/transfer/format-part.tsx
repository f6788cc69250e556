import type { ImportFormat } from '../data/client/imports-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'

export interface FormatPartProps {
  readonly format: ImportFormat
  readonly sheets: readonly string[]
  readonly isDisabled: boolean
  /** Gets all that is known of the format then. */
  onChange(format: Readonly<Record<string, unknown>>): void
}

const delimiters = [',', ';', '\t', '|'] as const
const encodings = ['utf-8', 'windows-1252', 'latin1', 'utf-16le', 'utf-16be'] as const

/** How the file is read, as far as one might have to set it right. */
export function FormatPart({ format, sheets, isDisabled, onChange }: FormatPartProps) {
  const { translate } = useOpsContext()
  const { kind, header } = format
  const delimiter = kind === 'delimited' ? format.delimiter : ','
  const sheet = kind === 'workbook' ? format.sheet : ''
  const known =
    kind === 'delimited'
      ? { delimiter, encoding: format.encoding, header }
      : kind === 'workbook'
        ? { sheet, header }
        : { encoding: format.encoding }
  const set = (changes: object) => onChange({ ...known, ...changes })
  const marks = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const
  return (
    <div className="ops-import-choices">
      {kind === 'delimited' ? (
        <>
          <Select
            label={translate('import.delimiter')}
            value={delimiter}
            onChange={(next) => set({ delimiter: next })}
            choices={[...new Set<string>([...delimiters, delimiter])].map((mark) => ({
              value: mark,
              label: mark in marks ? translate(`import.${marks[mark as keyof typeof marks]}`) : mark,
            }))}
            isDisabled={isDisabled}
          />
          <Select
            label={translate('import.encoding')}
            value={format.encoding as string}
            onChange={(next) => set({ encoding: next })}
            choices={encodings.map((each) => ({ value: each as string, label: each.toUpperCase() }))}
            isDisabled={isDisabled}
          />
        </>
      ) : null}
      {sheets.length > 1 ? (
        <Select
          label={translate('import.sheet')}
          value={sheet}
          onChange={(next) => onChange({ sheet: next })}
          choices={sheets.map((name) => ({ value: name, label: name }))}
          isDisabled={isDisabled}
        />
      ) : null}
      {kind === 'delimited' || kind === 'workbook' ? (
        <Switch
          label={translate('import.header')}
          checked={header}
          onChange={(next) => set({ header: next })}
          isDisabled={isDisabled}
        />
      ) : null}
    </div>
  )
}
