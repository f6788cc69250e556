import { Field as Base } from '@base-ui/react/field'
import type { ReactNode, RefObject } from 'react'
import { Field, type FieldProps } from './field.tsx'

export interface TextFieldProps extends FieldProps {
  readonly value: string
  onChange(value: string): void
  onBlur?(): void
  readonly placeholder?: string | undefined
  /** @default 'text' */
  readonly kind?: 'text' | 'email' | 'url' | 'password' | 'search' | 'multiline'
  readonly maxLength?: number
  /** Letters of one width, for keys and code. @default false */
  readonly isCode?: boolean
  readonly autoComplete?: string
  readonly inputRef?: RefObject<HTMLInputElement | null>
  /** Stands at the end of the line, such as a unit or a button. */
  readonly after?: ReactNode
}

export function TextField(props: TextFieldProps) {
  const { value, onChange, onBlur, placeholder, kind = 'text', maxLength, isCode = false, inputRef, after } = props
  const { autoComplete = 'off' } = props
  const shared = {
    className: 'ops-input',
    'data-code': isCode || undefined,
    value,
    placeholder,
    maxLength,
    autoComplete,
    spellCheck: isCode ? false : undefined,
    onBlur: () => onBlur?.(),
  }
  const control =
    kind === 'multiline' ? (
      <Base.Control render={<textarea rows={2} />} {...shared} onValueChange={(text) => onChange(text)} />
    ) : (
      <Base.Control
        {...shared}
        type={kind}
        onValueChange={(text) => onChange(text)}
        {...(inputRef && { ref: inputRef })}
      />
    )
  return (
    <Field {...props}>
      {after == null ? (
        control
      ) : (
        <div className="ops-input-line">
          {control}
          {after}
        </div>
      )}
    </Field>
  )
}
