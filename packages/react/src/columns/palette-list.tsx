import { Search } from 'lucide'
import { Fragment, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import type { TextKey } from '../provider/texts.ts'
import { Icon } from '../ui/icon.tsx'
import { isKnownGroup, type PaletteItem, searchPalette } from './palette.ts'

export interface PaletteListProps {
  readonly items: readonly PaletteItem[]
  onChoose(item: PaletteItem): void
}

/** A search over everything that a column can be made from. */
export function PaletteList({ items, onChoose }: PaletteListProps) {
  const { translate } = useOpsContext()
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => searchPalette(items, search), [items, search])
  const shown = groups.flatMap((group) => group.items)
  const active = shown[Math.min(at, shown.length - 1)]

  useEffect(() => {
    box.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  })

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((at + 1) % Math.max(1, shown.length))
    else if (event.key === 'ArrowUp') setAt((at - 1 + shown.length) % Math.max(1, shown.length))
    else if (event.key === 'Enter' && active !== undefined) onChoose(active)
    else return
    event.preventDefault()
  }

  return (
    <div className="ops-palette">
      <div className="ops-palette-search">
        <Icon icon={Search} />
        <input
          className="ops-palette-input"
          role="combobox"
          aria-label={translate('palette.search')}
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : `${id}-${active.id}`}
          placeholder={translate('palette.search')}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={box} id={id} role="listbox" aria-label={translate('palette.title')} className="ops-palette-list">
        {groups.map(({ group, items: inGroup }) => {
          const heading = isKnownGroup(group) ? translate(`palette.${group}` as TextKey) : group
          return (
            <Fragment key={group}>
              {/* biome-ignore lint/a11y/useSemanticElements: a group of options in a list is no fieldset */}
              <div role="group" aria-label={heading} className="ops-palette-group">
                <div className="ops-palette-heading" aria-hidden="true">
                  {heading}
                </div>
                {inGroup.map((item) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above
                  // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and points here
                  <div
                    key={item.id}
                    id={`${id}-${item.id}`}
                    role="option"
                    aria-selected={item === active}
                    data-active={item === active || undefined}
                    className="ops-palette-item"
                    onPointerDown={(event) => event.preventDefault()}
                    onPointerMove={() => setAt(shown.indexOf(item))}
                    onClick={() => onChoose(item)}
                  >
                    <span className="ops-palette-icon">
                      {item.icon === undefined ? null : <Icon icon={item.icon} />}
                    </span>
                    <span className="ops-palette-text">
                      <span>{item.label}</span>
                      <span className="ops-palette-description">{item.description}</span>
                    </span>
                  </div>
                ))}
              </div>
            </Fragment>
          )
        })}
      </div>
      {shown.length === 0 ? <p className="ops-soft">{translate('palette.none')}</p> : null}
    </div>
  )
}
