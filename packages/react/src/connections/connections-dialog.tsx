import { Plug } from 'lucide'
import { useState } from 'react'
import type { OpsConnection, OpsPlugin } from '../data/client/plugins-calls.ts'
import { useMay } from '../data/use-may.ts'
import { useConnections, usePlugins } from '../data/use-plugins.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { BackButton } from '../ui/back-button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ConnectForm } from './connect-form.tsx'
import { ConnectionsList } from './connections-list.tsx'

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
  const [cameFrom, setCameFrom] = useState<string | null>(null)
  const named = plugins.data?.find(({ id }) => id === wanted)
  const connecting = chosen ?? (named === undefined ? null : { plugin: named })
  const done = ({ id }: OpsConnection) => {
    setCameFrom(id)
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
      before={chosen === null ? null : <BackButton onBack={() => setChosen(null)} />}
    >
      {!maySee ? (
        <EmptyState icon={Plug} title={translate('connect.not-allowed')} />
      ) : connecting !== null ? (
        <ConnectForm {...connecting} onDone={done} />
      ) : failed !== null ? (
        <NotRead
          title={translate('connect.title')}
          error={failed}
          onRetry={() => void Promise.all([plugins.refetch(), connections.refetch()])}
        />
      ) : plugins.data === undefined || connections.data === undefined ? (
        <Skeleton lines={4} label={translate('connect.title')} />
      ) : (
        <ConnectionsList
          connections={connections.data}
          plugins={plugins.data}
          cameFrom={cameFrom}
          onConnect={(plugin, connection) => {
            setCameFrom(connection?.id ?? plugin.id)
            setChosen({ plugin, ...(connection !== undefined && { connection }) })
          }}
        />
      )}
    </Dialog>
  )
}
