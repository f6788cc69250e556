import type { IconNode } from 'lucide'
import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import { Icon } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'className' | 'children'> {
  readonly icon: IconNode
  /** What it does, for screen readers and in a tooltip. */
  readonly label: string
  /** Of a button that stays down. */
  readonly isPressed?: boolean
}

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(props, ref) {
  const { icon, label, isPressed, disabled = false, onClick, ...button } = props
  return (
    <Tooltip text={label}>
      <button
        ref={ref}
        type="button"
        {...button}
        // Disabled as HTML has it, a button that has the focus would lose it.
        {...(disabled ? { 'aria-disabled': true } : { onClick })}
        className="ops-icon-button"
        aria-label={label}
        aria-pressed={isPressed}
      >
        <Icon icon={icon} />
      </button>
    </Tooltip>
  )
})
