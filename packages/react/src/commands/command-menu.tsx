import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Command, CommandPlace } from '../data/registries.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { focusedAtOnce } from '../ui/focused-at-once.ts'
import { Icon } from '../ui/icon.tsx'
import { useFloating } from '../ui/layer.tsx'
import { matchCommands } from './match-commands.ts'

export interface CommandMenuProps {
  readonly commands: readonly Command[]
  readonly place: CommandPlace
  onClose(): void
  /** What was typed before it stood there. @default nothing */
  readonly early?: { readonly text: string; readonly isEntered: boolean }
}

/** Everything that can be done, found by typing a part of it. */
export function CommandMenu({ commands, place, onClose, early }: CommandMenuProps) {
  const { translate, locale } = useOpsContext()
  const floating = useFloating()
  const field = useRef<HTMLInputElement>(null)
  const [search, setSearch] = useState(early?.text ?? '')
  const found = useMemo(() => matchCommands(commands, search, locale), [commands, search, locale])
  const groups = useMemo(
    () => [...Map.groupBy(found, ({ group }) => group ?? '')].map(([label, items]) => ({ label, items })),
    [found],
  )
  const choose = (command: Command) => {
    onClose()
    // The menu gives the focus back first, so that what the command opens can take it.
    requestAnimationFrame(() => command.run(place))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: Enter was pressed once
  useEffect(() => {
    const [first] = found
    if (early?.isEntered === true && first !== undefined) choose(first)
  }, [])
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal {...floating}>
        <Dialog.Backdrop className="ops-modal-backdrop" />
        <Dialog.Viewport className="ops-modal-place">
          <Dialog.Popup
            className="ops-modal ops-commands"
            aria-label={translate('table.commands')}
            initialFocus={() => focusedAtOnce(field.current)}
          >
            <Autocomplete.Root
              items={groups}
              mode="none"
              inline
              open
              value={search}
              onValueChange={(text, { reason }) => {
                if (reason !== 'item-press') setSearch(text)
              }}
              itemToStringValue={({ label }: Command) => label}
              autoHighlight="always"
            >
              <div className="ops-commands-search">
                <Icon icon={Search} />
                <Autocomplete.Input
                  ref={field}
                  className="ops-commands-input"
                  aria-label={translate('command.placeholder')}
                  placeholder={translate('command.placeholder')}
                />
              </div>
              <Autocomplete.Empty>
                <div className="ops-choices-none">{translate('command.none')}</div>
              </Autocomplete.Empty>
              <Autocomplete.List className="ops-commands-list">
                {(group: (typeof groups)[number]) => (
                  <Autocomplete.Group key={group.label} items={group.items}>
                    {group.label === '' ? null : (
                      <Autocomplete.GroupLabel className="ops-commands-group">{group.label}</Autocomplete.GroupLabel>
                    )}
                    <Autocomplete.Collection>
                      {(command: Command) => (
                        <Autocomplete.Item
                          key={command.id}
                          value={command}
                          className="ops-menu-entry"
                          onClick={() => choose(command)}
                        >
                          {command.icon === undefined ? (
                            <span className="ops-menu-gap" />
                          ) : (
                            <Icon icon={command.icon} />
                          )}
                          <span className="ops-menu-label">{command.label}</span>
                          {command.shortcut === undefined ? null : (
                            <span className="ops-menu-key">{command.shortcut}</span>
                          )}
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
