import type { IconNode } from 'lucide'
import { type ComponentPropsWithoutRef, forwardRef, type MouseEvent } from 'react'
import { Icon } from './icon.tsx'

export interface ButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'className'> {
  /** `main` for the one thing a dialog is for, `quiet` for what stands in a bar, `danger` for what cannot be undone. @default 'plain' */
  readonly look?: 'plain' | 'main' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'small'
  readonly icon?: IconNode
  /** Shows that the click is being worked on, and takes no other. @default false */
  readonly isBusy?: boolean
}

/** Nor is the form sent once more. */
const takeNone = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault()

// React 18 hands refs to what asks for them alone, and menus find their place by a ref.
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(props, ref) {
  const { look = 'plain', size = 'normal', icon, isBusy = false, children, ...button } = props
  return (
    <button
      ref={ref}
      type="button"
      {...button}
      // Disabled as HTML has it, a button that has the focus would lose it.
      {...(isBusy && { 'aria-busy': true, 'aria-disabled': true, onClick: takeNone })}
      className={`ops-button ops-button-${look}`}
      data-size={size}
    >
      {isBusy ? <span className="ops-spinner" /> : icon === undefined ? null : <Icon icon={icon} size={15} />}
      {children}
    </button>
  )
})
