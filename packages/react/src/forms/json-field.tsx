import type { Json } from '@opslayer/core/values'
import { useState } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import type { FieldProps } from '../ui/field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useUnsaved } from '../ui/unsaved.ts'

export interface JsonFieldProps extends FieldProps {
  readonly value: Json | undefined
  onChange(value: Json | undefined): void
}

/** What has no control of its own, as JSON. */
export function JsonField({ value, onChange, ...shared }: JsonFieldProps) {
  const { translate } = useOpsContext()
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const [isBroken, setBroken] = useState(false)
  useUnsaved(isBroken)
  return (
    <TextField
      {...shared}
      kind="multiline"
      isCode
      value={text}
      error={isBroken ? translate('form.no-json') : shared.error}
      onChange={(next) => {
        setText(next)
        const read = readJson(next)
        setBroken(read === null)
        if (read !== null) onChange(read.value)
      }}
    />
  )
}

function readJson(text: string): { readonly value: Json | undefined } | null {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as Json }
  } catch {
    return null
  }
}
