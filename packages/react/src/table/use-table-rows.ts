import { useEffect, useRef, useState } from 'react'
import type { UnsavedView } from '../data/client/rows-calls.ts'
import { useData } from '../data/data-context.ts'
import { type Grouping, tableRows } from '../data/table-rows.ts'
import { type RemoteRows, remoteRows } from '../grid-state/remote-rows.ts'
import { allRowsId } from '../views/use-table-view.ts'

export interface TableRowsOptions {
  readonly tableId: string
  readonly view: string | UnsavedView
  readonly grouping: readonly Grouping[]
  /** Whether edits may be made. */
  readonly canWrite: boolean
}

export interface TableRows {
  /** Null until the first render is over. */
  readonly rows: RemoteRows | null
  /** Why rows could not be read; null while all is well. */
  readonly fault: unknown
}

/** The rows of a view as the grid's source, kept as long as the view is read in the same way. */
export function useTableRows({ tableId, view, grouping, canWrite }: TableRowsOptions): TableRows {
  const { client, live } = useData()
  const [rows, setRows] = useState<RemoteRows | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const groupKey = JSON.stringify(grouping)
  const latest = useRef(grouping)
  latest.current = grouping

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the levels, which are another list at every render
  useEffect(() => {
    // Rows of the view of all rows stay where they are when cells change; to say so, reads leave the view out.
    const query = view === allRowsId ? { tableId } : { tableId, view }
    const endpoint = tableRows(client, live, query, latest.current)
    const made = remoteRows(endpoint, { onFault: setFault })
    setRows(canWrite ? made : readOnly(made))
    setFault(null)
    return () => made.dispose()
  }, [client, live, tableId, view, groupKey, canWrite])

  return { rows, fault }
}

/** The grid offers no editing where the source takes none. */
function readOnly(rows: RemoteRows): RemoteRows {
  const { write: _write, append: _append, remove: _remove, ...rest } = Object.getOwnPropertyDescriptors(rows)
  return Object.defineProperties({}, rest) as RemoteRows
}
