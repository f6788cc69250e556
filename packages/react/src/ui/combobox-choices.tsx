import { Combobox as Base } from '@base-ui/react/combobox'
import { Check } from 'lucide'
import type { Choice } from './choice.ts'
import { ChoiceContent } from './choice-content.tsx'
import { Icon } from './icon.tsx'
import { useFloating } from './layer.tsx'

/** What can be chosen, below the field of a combobox. @param props `none`: what is said where nothing fits */
export function ComboboxChoices({ none }: { readonly none: string }) {
  const floating = useFloating()
  return (
    <Base.Portal {...floating}>
      <Base.Positioner className="ops-floating" sideOffset={4} collisionPadding={8} positionMethod="fixed">
        <Base.Popup className="ops-choices">
          <Base.Empty>
            <div className="ops-choices-none">{none}</div>
          </Base.Empty>
          <Base.List className="ops-choices-list">
            {(choice: Choice) => (
              <Base.Item key={choice.value} value={choice} className="ops-choices-item">
                <span className="ops-choices-text">
                  <ChoiceContent choice={choice} />
                </span>
                <Base.ItemIndicator className="ops-choices-mark">
                  <Icon icon={Check} size={14} />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

/** Escape is for the window around, not for what was chosen. Gives whether that is what happened. */
export function isLeaving(details: { readonly reason: string; cancel(): void; allowPropagation(): void }): boolean {
  if (details.reason !== 'escape-key') return false
  details.cancel()
  details.allowPropagation()
  return true
}
