import type { Json } from '@opslayer/core/values'
import { useOpsContext } from '../provider/ops-context.ts'
import { TextField } from '../ui/text-field.tsx'

export interface JsonPathFieldProps {
  readonly value: Json | undefined
  onChange(value: Json | undefined): void
}

/** What is asked of JSON: a text, or a path with the text that stands there, written `address.city = Berlin`. */
export function JsonPathField({ value, onChange }: JsonPathFieldProps) {
  const { translate } = useOpsContext()
  const text = shownPath(value)
  return (
    <TextField
      label={translate('filter.value')}
      isLabelHidden
      isCode
      placeholder={translate('filter.json-hint')}
      value={text}
      onChange={(next) => onChange(readPath(next))}
    />
  )
}

function readPath(text: string): Json {
  const [path = '', ...rest] = text.split(/ = ?/)
  return rest.length === 0 ? text : { path, value: rest.join(' = ') }
}

function shownPath(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  const { path, value: wanted } = value as { readonly path?: Json; readonly value?: Json }
  if (path === undefined) return JSON.stringify(value)
  return `${Array.isArray(path) ? path.join('.') : String(path)} = ${String(wanted ?? '')}`
}
