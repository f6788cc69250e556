import { type IconNode, X } from 'lucide'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface ChipProps {
  readonly children: ReactNode
  readonly icon?: IconNode
  /** A colour's name, or `accent` for that of the host. @default 'gray' */
  readonly tone?: string
  /** Makes it a button. */
  onClick?(): void
  /** Makes a cross at its end. */
  onRemove?(): void
  /** What the cross does, for screen readers. */
  readonly removeLabel?: string
}

/** Something that is on: a filter, a state, a value. */
export function Chip({ children, icon, tone = 'gray', onClick, onRemove, removeLabel }: ChipProps) {
  const content = (
    <>
      {icon === undefined ? null : <Icon icon={icon} size={13} />}
      <span className="ops-chip-text">{children}</span>
    </>
  )
  return (
    <span className={`ops-chip ops-tone-${tone}`}>
      {onClick === undefined ? (
        <span className="ops-chip-body">{content}</span>
      ) : (
        <button type="button" className="ops-chip-body" onClick={onClick}>
          {content}
        </button>
      )}
      {onRemove === undefined ? null : (
        <button type="button" className="ops-chip-remove" aria-label={removeLabel} onClick={onRemove}>
          <Icon icon={X} size={12} />
        </button>
      )}
    </span>
  )
}
