import { ArrowLeft, Plug } from 'lucide'
import { useState } from 'react'
import type { OpsConnection, OpsPlugin } from '../data/client/plugins-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useMay } from '../data/use-may.ts'
import { useConnections, usePlugins } from '../data/use-plugins.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ConnectForm } from './connect-form.tsx'
import { ConnectionLine } from './connection-line.tsx'

export interface ConnectionsDialogProps extends DialogState {
  /** The plugin that is to be connected at once. @default all connections are shown */
  readonly plugin?: string
}

interface Connecting {
  readonly plugin: OpsPlugin
  readonly connection?: OpsConnection
}

/** The org's connections to vendors: their health, and making, testing, mending and ending them. */
export default function ConnectionsDialog({ plugin: wanted, open, onOpenChange }: ConnectionsDialogProps) {
  const { translate } = useOpsContext()
  const maySee = useMay('connections')
  const plugins = usePlugins()
  const connections = useConnections()
  const [chosen, setChosen] = useState<Connecting | null>(null)
  const named = plugins.data?.find(({ id }) => id === wanted)
  const connecting = chosen ?? (named === undefined ? null : { plugin: named })
  const done = () => {
    setChosen(null)
    if (named !== undefined) onOpenChange(false)
  }
  const failed = plugins.error ?? connections.error
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        connecting === null ? translate('connect.title') : translate('connect.to', { name: connecting.plugin.name })
      }
      description={connecting?.plugin.description}
      before={
        chosen === null ? null : (
          <IconButton icon={ArrowLeft} label={translate('dialog.back')} onClick={() => setChosen(null)} />
        )
      }
    >
      {!maySee ? (
        <EmptyState icon={Plug} title={translate('connect.not-allowed')} />
      ) : connecting !== null ? (
        <ConnectForm {...connecting} onDone={done} />
      ) : failed !== null ? (
        <ErrorState
          title={translate('connect.title')}
          text={opsFault(failed).message}
          onRetry={() => void Promise.all([plugins.refetch(), connections.refetch()])}
        />
      ) : plugins.data === undefined || connections.data === undefined ? (
        <Skeleton lines={4} label={translate('connect.title')} />
      ) : (
        <>
          {connections.data.length === 0 ? (
            <p className="ops-soft">{translate('connect.none')}</p>
          ) : (
            <ul className="ops-connections">
              {connections.data.map((connection) => {
                const plugin = plugins.data.find(({ id }) => id === connection.plugin)
                return (
                  <ConnectionLine
                    key={connection.id}
                    connection={connection}
                    plugin={plugin}
                    onReconnect={() => plugin !== undefined && setChosen({ plugin, connection })}
                  />
                )
              })}
            </ul>
          )}
          <fieldset className="ops-group-field">
            <legend className="ops-field-label">{translate('connect.new')}</legend>
            <div className="ops-ways">
              {plugins.data
                .filter(({ methods }) => methods.length > 0)
                .map((plugin) => (
                  <button key={plugin.id} type="button" className="ops-way" onClick={() => setChosen({ plugin })}>
                    <span>{translate('connect.to', { name: plugin.name })}</span>
                  </button>
                ))}
            </div>
          </fieldset>
        </>
      )}
    </Dialog>
  )
}
