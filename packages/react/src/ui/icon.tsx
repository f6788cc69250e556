import type { IconNode } from 'lucide'
import { createElement } from 'react'

export interface IconProps {
  readonly icon: IconNode
  /** In px. @default 16 */
  readonly size?: number
}

/** An icon in the colour of the text, unseen by screen readers: what it stands for is said by the control around it. */
export function Icon({ icon, size = 16 }: IconProps) {
  return (
    <svg className="ops-icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      {icon.map(([tag, attributes], place) => createElement(tag, { key: `${tag}${place}`, ...attributes }))}
    </svg>
  )
}
