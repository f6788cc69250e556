import { Ellipsis } from 'lucide'
import { useState } from 'react'
import type { OpsConnection, OpsPlugin } from '../data/client/plugins-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useConnectionMutations } from '../data/use-plugins.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Form } from '../ui/form.tsx'
import { FormInPlace } from '../ui/form-in-place.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { TextField } from '../ui/text-field.tsx'
import { useUnsaved } from '../ui/unsaved.ts'
import { useFormInPlace } from '../ui/use-form-in-place.ts'

export interface ConnectionLineProps {
  readonly connection: OpsConnection
  readonly plugin: OpsPlugin | undefined
  onReconnect(): void
}

/** One connection: whether it works, and what can be done about it. */
export function ConnectionLine({ connection, plugin, onReconnect }: ConnectionLineProps) {
  const { translate, locale, timeZone } = useOpsContext()
  const notices = useNotices()
  const { test, rename, disconnect } = useConnectionMutations()
  const [asks, setAsks] = useState(false)
  const renaming = useFormInPlace()
  const { id, state, reason, hint, testedAt } = connection
  const isBroken = state === 'broken'
  const tell = (fault: Error) => notices.show({ kind: 'error', text: opsFault(fault).message })
  const tested =
    testedAt === null
      ? null
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
          new Date(testedAt),
        )
  return (
    <li className="ops-connection" data-of={id}>
      <div className="ops-connection-names">
        {renaming.isOpen ? (
          <FormInPlace onClose={renaming.close}>
            <RenameForm
              name={connection.name}
              onRename={(name) =>
                rename.mutate({ connectionId: id, name }, { onSuccess: renaming.close, onError: tell })
              }
            />
          </FormInPlace>
        ) : (
          <strong>{connection.name}</strong>
        )}
        <span className="ops-soft">
          {[
            plugin?.name ?? connection.plugin,
            hint,
            tested === null ? null : translate('connect.tested', { at: tested }),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
        {reason === null ? null : <span className="ops-field-error">{translate.said(reason)}</span>}
      </div>
      <Chip tone={isBroken ? 'red' : 'green'}>{translate(isBroken ? 'connect.broken' : 'connect.connected')}</Chip>
      {isBroken ? <Button onClick={onReconnect}>{translate('connect.reconnect')}</Button> : null}
      <Menu
        align="end"
        label={translate('connect.more', { name: connection.name })}
        givesFocusBack={() => !renaming.isOpen}
        trigger={
          <button
            ref={renaming.buttonRef}
            type="button"
            className="ops-icon-button"
            aria-label={translate('connect.more', { name: connection.name })}
          >
            <Icon icon={Ellipsis} />
          </button>
        }
        sections={[
          [
            {
              id: 'test',
              label: translate('connect.test'),
              run: () =>
                test.mutate(id, {
                  onSuccess: (after) =>
                    notices.show(
                      after.state === 'broken'
                        ? { kind: 'error', text: after.reason ?? translate('connect.broken') }
                        : { kind: 'done', text: translate('connect.works', { name: after.name }) },
                    ),
                  onError: tell,
                }),
            },
            {
              id: 'rename',
              label: translate('connect.rename'),
              run: renaming.open,
            },
            { id: 'reconnect', label: translate('connect.reconnect'), run: onReconnect },
          ],
          [{ id: 'disconnect', label: translate('connect.disconnect'), isDangerous: true, run: () => setAsks(true) }],
        ]}
      />
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={translate('connect.disconnect-title', { name: connection.name })}
        text={translate('connect.disconnect-text')}
        confirmLabel={translate('connect.disconnect')}
        isDangerous
        isBusy={disconnect.isPending}
        onConfirm={() => disconnect.mutate(id, { onSuccess: () => setAsks(false), onError: tell })}
      />
    </li>
  )
}

interface RenameFormProps {
  readonly name: string
  onRename(name: string): void
}

function RenameForm({ name: before, onRename }: RenameFormProps) {
  const { translate } = useOpsContext()
  const [name, setName] = useState(before)
  useUnsaved(name !== before)
  return (
    <Form onSubmit={() => onRename(name)}>
      <TextField
        label={translate('connect.name')}
        isLabelHidden
        value={name}
        onChange={setName}
        maxLength={100}
        after={<Button type="submit">{translate('column.save')}</Button>}
      />
    </Form>
  )
}
