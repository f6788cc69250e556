import { Tooltip as Base } from '@base-ui/react/tooltip'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useFloating } from './layer.tsx'

export interface TooltipProps {
  readonly text: ReactNode
  /** What it is of: an element that takes a ref and the handlers of a button. */
  readonly children: ReactElement
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}

/**
 * Says on hover and on focus what its child is. Nothing that one must know stands in it alone. Escape takes it away and is
 * kept from nobody else: a window that opens while its button has the focus is closed by the same key.
 */
export function Tooltip({ text, children, side = 'top' }: TooltipProps) {
  const floating = useFloating()
  const [isOpen, setOpen] = useState(false)
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open, details) => {
        // As if nothing had taken the key.
        if (details.reason === 'escape-key') {
          details.cancel()
          details.allowPropagation()
        }
        setOpen(open)
      }}
    >
      <Base.Trigger render={children} delay={500} />
      <Base.Portal {...floating}>
        <Base.Positioner className="ops-floating ops-floating-top" side={side} sideOffset={6} positionMethod="fixed">
          <Base.Popup className="ops-tooltip">{text}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
