import type { IconNode } from 'lucide'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface EmptyStateProps {
  readonly icon?: IconNode
  readonly title: ReactNode
  /** What could stand here, and how it gets here. */
  readonly text?: ReactNode
  readonly action?: ReactNode
}

/** Where there is nothing yet. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="ops-state">
      {icon === undefined ? null : (
        <span className="ops-state-icon">
          <Icon icon={icon} size={20} />
        </span>
      )}
      <strong className="ops-state-title">{title}</strong>
      {text == null ? null : <p className="ops-state-text">{text}</p>}
      {action}
    </div>
  )
}
