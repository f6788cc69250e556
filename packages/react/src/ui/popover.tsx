import { Popover as Base } from '@base-ui/react/popover'
import { X } from 'lucide'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { firstField } from './first-field.ts'
import { focusWentOn } from './focus-went-on.ts'
import { focusedAtOnce } from './focused-at-once.ts'
import { Icon } from './icon.tsx'
import { FloatingContent, useFloating } from './layer.tsx'
import { useControlTexts } from './use-control-texts.ts'
import { useKeptFocus } from './use-kept-focus.ts'

export interface PopoverProps {
  /** What opens it; with `anchor` it may be left out. */
  readonly trigger?: ReactElement
  /** Where it stands. @default at its trigger */
  readonly anchor?: Element | { getBoundingClientRect(): DOMRect } | null
  readonly open?: boolean
  onOpenChange?(open: boolean): void
  /** What screen readers call it. */
  readonly label: string
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly align?: 'start' | 'center' | 'end'
  /** Space inside of it. @default true */
  readonly isPadded?: boolean
  /** Asked when it closes: whether the focus goes back to where it was. @default it does */
  givesFocusBack?(): boolean
  readonly children?: ReactNode
}

/**
 * A small window at a button that closes when one clicks elsewhere. One that stands at no button of its own keeps the keys
 * and has a button to close it, as there is nothing for them to go on from; it begins with itself, so that it is read from
 * its start and Enter presses nothing that costs.
 */
export function Popover(props: PopoverProps) {
  const { trigger, anchor, open, onOpenChange, label, side = 'bottom', align = 'start', isPadded = true } = props
  const { givesFocusBack } = props
  const floating = useFloating()
  const translate = useControlTexts()
  const isAlone = trigger === undefined
  const popup = useRef<HTMLDivElement>(null)
  const isLineMoved = () => popup.current?.querySelector('[data-dragged]') != null
  const keptFocus = useKeptFocus(popup, (how) => firstField(popup.current, how))
  return (
    <Base.Root
      modal={isAlone ? 'trap-focus' : false}
      {...(open !== undefined && { open })}
      onOpenChange={(next, details) => {
        if (details.reason !== 'escape-key' || !isLineMoved()) return onOpenChange?.(next)
        details.cancel()
        details.allowPropagation()
      }}
    >
      {isAlone ? null : <Base.Trigger render={trigger} />}
      <Base.Portal {...floating}>
        <Base.Positioner
          className="ops-floating"
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          positionMethod="fixed"
          {...(anchor !== undefined && { anchor })}
        >
          <Base.Popup
            ref={popup}
            className="ops-popover"
            aria-label={label}
            data-padded={isPadded || undefined}
            {...(givesFocusBack && { finalFocus: () => givesFocusBack() && !focusWentOn(popup.current) })}
            {...(isAlone && { initialFocus: (how: string) => focusedAtOnce(firstField(popup.current, how)) })}
            {...keptFocus}
          >
            <FloatingContent>{props.children}</FloatingContent>
            {isAlone ? (
              <Base.Close className="ops-icon-button ops-popover-close" aria-label={translate('dialog.close')}>
                <Icon icon={X} size={14} />
              </Base.Close>
            ) : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
