import { WifiOff } from 'lucide'
import { useSyncExternalStore } from 'react'
import { opsFault } from '../data/ops-fault.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'

/** Says when the server is out of reach, or rows could not be read. */
export function ConnectionBanner({ fault }: { readonly fault: unknown }) {
  const { translate } = useOpsContext()
  const isOnline = useOnline()
  if (fault === null && isOnline) return null
  const { code, message } = opsFault(fault)
  const text = !isOnline
    ? translate('table.offline')
    : code === 'OFFLINE'
      ? translate('table.reconnecting')
      : translate('table.fault', { reason: message })
  return (
    <div className="ops-fault" role="alert">
      <Icon icon={WifiOff} size={14} />
      {text}
    </div>
  )
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener)
      addEventListener('offline', listener)
      return () => {
        removeEventListener('online', listener)
        removeEventListener('offline', listener)
      }
    },
    () => navigator.onLine,
    () => true,
  )
}
