import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'

/** What every control with a label takes. */
export interface FieldProps {
  readonly label: ReactNode
  /** For screen readers alone, where the place says it. @default false */
  readonly isLabelHidden?: boolean
  /** What to fill in, where the label does not say it. */
  readonly help?: ReactNode
  /** Why what stands in it cannot be taken. */
  readonly error?: string | undefined
  readonly isDisabled?: boolean
}

interface FrameProps extends FieldProps {
  readonly children: ReactNode
  /** @default 'column' */
  readonly direction?: 'column' | 'row'
}

/** Label, help and error around a control, tied together for screen readers. */
export function Field(props: FrameProps) {
  const { label, isLabelHidden = false, help, error, isDisabled = false, direction = 'column', children } = props
  const { translate } = useOpsContext()
  const name = <Base.Label className={isLabelHidden ? 'ops-unseen' : 'ops-field-label'}>{label}</Base.Label>
  return (
    <Base.Root
      className="ops-field"
      data-direction={direction}
      disabled={isDisabled}
      {...(error !== undefined && { invalid: true })}
    >
      {direction === 'column' ? (
        <>
          {name}
          {children}
        </>
      ) : (
        <div className="ops-field-line">
          {children}
          {name}
        </div>
      )}
      {error === undefined ? null : (
        <Base.Error match className="ops-field-error" role="alert">
          {translate.said(error)}
        </Base.Error>
      )}
      {help == null ? null : <Base.Description className="ops-field-help">{help}</Base.Description>}
    </Base.Root>
  )
}
