import type { IconNode } from 'lucide'
import type { ComponentPropsWithRef } from 'react'
import { Icon } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'className' | 'children'> {
  readonly icon: IconNode
  /** What it does, for screen readers and in a tooltip. */
  readonly label: string
  /** Of a button that stays down. */
  readonly isPressed?: boolean
}

export function IconButton({ icon, label, isPressed, ...button }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button type="button" {...button} className="ops-icon-button" aria-label={label} aria-pressed={isPressed}>
        <Icon icon={icon} />
      </button>
    </Tooltip>
  )
}
