import { Plug } from 'lucide'
import { useEffect, useState } from 'react'
import type { OpsPlugin } from '../data/client/plugins-calls.ts'
import { useMay } from '../data/use-may.ts'
import { useConnectionNames } from '../data/use-plugins.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { NotLoadedDialog } from '../ui/not-loaded-dialog.tsx'
import { onDemand } from '../ui/on-demand.ts'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useUnsaved } from '../ui/unsaved.ts'

// Inside of the dialog around it: of two that stand side by side, the one hides the other from screen readers.
const ConnectionsDialog = onDemand(
  () => import('../connections/connections-dialog.tsx'),
  (module) => module.default,
  ({ open, onOpenChange }, retry, error) => (
    <NotLoadedDialog open={open} onClose={() => onOpenChange(false)} onRetry={retry} error={error} />
  ),
)

export interface ConnectionFieldProps {
  readonly plugin: OpsPlugin
  readonly value: string | null
  onChange(connectionId: string): void
  readonly error?: string | undefined
}

/** By which connection a plugin is asked; where there is none, a way to make one. Nothing for plugins that need none. */
export function ConnectionField({ plugin, value, onChange, error }: ConnectionFieldProps) {
  const { translate } = useOpsContext()
  // Null until the dialog was opened once; a closed one stays, so that it can fade.
  const [connecting, setConnecting] = useState<{ readonly open: boolean; readonly isNew: boolean } | null>(null)
  const maySee = useMay('connections')
  const connections = useConnectionNames()
  const own = (connections.data ?? []).filter((connection) => connection.plugin === plugin.id)
  const first = own.find(({ state }) => state !== 'broken') ?? own[0]
  const isOpen = plugin.methods.length > 0 && !own.some(({ id }) => id === value)

  const [isChosen, setChosen] = useState(false)
  useUnsaved(isChosen)

  useEffect(() => {
    if (isOpen && first !== undefined) onChange(first.id)
  })

  if (plugin.methods.length === 0) return null
  if (connections.data === undefined) return <Skeleton label={translate('fill.connection')} />
  return (
    <>
      {own.length === 0 && !maySee ? (
        <p className="ops-report" data-kind="warning">
          {translate('fill.no-connections', { plugin: plugin.name })}
        </p>
      ) : own.length === 0 ? (
        <div className="ops-report ops-fill-connect" data-kind="warning">
          <p>{translate('fill.connect-first', { plugin: plugin.name })}</p>
          <Button icon={Plug} onClick={() => setConnecting({ open: true, isNew: true })}>
            {translate('fill.connect', { plugin: plugin.name })}
          </Button>
        </div>
      ) : (
        <>
          <Select
            label={translate('fill.connection')}
            value={value}
            onChange={(id) => {
              setChosen(true)
              onChange(id)
            }}
            error={error}
            choices={own.map(({ id, name, state }) => ({
              value: id,
              label: state === 'broken' ? translate('fill.broken', { name }) : name,
            }))}
          />
          {maySee && own.some(({ id, state }) => id === value && state === 'broken') ? (
            <div>
              <Button size="small" icon={Plug} onClick={() => setConnecting({ open: true, isNew: false })}>
                {translate('fill.mend-connection')}
              </Button>
            </div>
          ) : null}
        </>
      )}
      {connecting === null ? null : (
        <ConnectionsDialog
          {...(connecting.isNew && { plugin: plugin.id })}
          open={connecting.open}
          onOpenChange={(open) => setConnecting({ ...connecting, open })}
        />
      )}
    </>
  )
}
