import { WifiOff } from 'lucide'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useData } from '../data/data-context.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'

/** Says when the server is out of reach, or rows could not be read. */
export function ConnectionBanner({ fault }: { readonly fault: unknown }) {
  const { translate } = useOpsContext()
  const isOnline = useOnline()
  const isLost = useStreamLost()
  if (fault === null && isOnline && !isLost) return null
  const { code, message } = opsFault(fault)
  const text = !isOnline
    ? translate('table.offline')
    : fault === null || code === 'OFFLINE'
      ? translate('table.reconnecting')
      : translate('table.fault', { reason: message })
  return (
    <div className="ops-fault" role="alert">
      <Icon icon={WifiOff} size={14} />
      {text}
    </div>
  )
}

/** A stream that is opened anew for so long is news, in milliseconds; it is now and then without anybody noticing. */
const lostMs = 4_000

/** Whether others' changes have not come for a while because the server is out of reach. */
function useStreamLost(): boolean {
  const { live } = useData()
  const connection = useSyncExternalStore(live.watchConnection, live.connection, () => 'idle' as const)
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    if (connection !== 'connecting') {
      setLost(false)
      return
    }
    const timer = setTimeout(() => setLost(true), lostMs)
    return () => clearTimeout(timer)
  }, [connection])
  return isLost
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
