import { useCallback, useState } from 'react'
import { opsClient } from './ops-client.ts'
import { type Asked, useAsked } from './use-asked.ts'

/** What the navigation knows of a table. */
export interface TableEntry {
  readonly id: string
  readonly name: string
}

export interface Tables {
  readonly list: Asked<readonly TableEntry[]>
  /** Reads them anew. */
  readonly refresh: () => void
}

/** The tables of the org, in the order they were made. */
export function useTables(): Tables {
  const [round, setRound] = useState(0)
  const ask = useCallback(
    async (signal: AbortSignal): Promise<readonly TableEntry[]> => {
      const { items } = await opsClient.tables.list.query({ limit: 200 }, { signal, context: { round } })
      return items.map(({ id, name }) => ({ id, name }))
    },
    [round],
  )
  return { list: useAsked(ask), refresh: () => setRound(round + 1) }
}
