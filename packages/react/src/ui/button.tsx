import type { IconNode } from 'lucide'
import type { ComponentPropsWithRef } from 'react'
import { Icon } from './icon.tsx'

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'className'> {
  /** `main` for the one thing a dialog is for, `quiet` for what stands in a bar, `danger` for what cannot be undone. @default 'plain' */
  readonly look?: 'plain' | 'main' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'small'
  readonly icon?: IconNode
  /** Shows that the click is being worked on, and takes no other. @default false */
  readonly isBusy?: boolean
}

export function Button({ look = 'plain', size = 'normal', icon, isBusy = false, children, ...button }: ButtonProps) {
  return (
    <button
      type="button"
      {...button}
      className={`ops-button ops-button-${look}`}
      data-size={size}
      disabled={button.disabled === true || isBusy}
      aria-busy={isBusy || undefined}
    >
      {isBusy ? <span className="ops-spinner" /> : icon === undefined ? null : <Icon icon={icon} size={15} />}
      {children}
    </button>
  )
}
