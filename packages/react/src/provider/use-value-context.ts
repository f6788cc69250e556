import type { ValueContext } from '@opslayer/core/values'
import { useMemo } from 'react'
import { useOpsContext } from './ops-context.ts'

/** How values are read and written here: by the locale and the zone of the provider. */
export function useValueContext(): ValueContext {
  const { locale, timeZone } = useOpsContext()
  return useMemo(() => ({ locale, timeZone, now: new Date() }), [locale, timeZone])
}
