import { useEffect, useRef, useState } from 'react'
import type { UnsavedView } from '../data/client/rows-calls.ts'
import { useData } from '../data/data-context.ts'
import { type Grouping, tableRows } from '../data/table-rows.ts'
import type { ColumnAggregate } from '../grid-state/aggregate-result.ts'
import { type RemoteRows, remoteRows } from '../grid-state/remote-rows.ts'
import { allRowsId } from '../views/use-table-view.ts'

export interface TableRowsOptions {
  readonly tableId: string
  readonly view: string | UnsavedView
  readonly grouping: readonly Grouping[]
  /** What the headings of groups say of columns. */
  readonly aggregates: readonly ColumnAggregate[]
  /** Whether edits may be made. */
  readonly canWrite: boolean
  /** Rows were deleted in the grid: so many, or none and why. */
  readonly onRemoved?: (count: number, error: unknown) => void
}

export interface TableRows {
  /** Null until the first render is over. */
  readonly rows: RemoteRows | null
  /** Why rows could not be read; null while all is well. */
  readonly fault: unknown
}

/** The rows of a view as the grid's source, kept as long as the view is read in the same way. */
export function useTableRows(options: TableRowsOptions): TableRows {
  const { tableId, view, grouping, aggregates, canWrite, onRemoved } = options
  const { client, live, unsaved } = useData()
  const [rows, setRows] = useState<RemoteRows | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const groupKey = JSON.stringify([grouping, aggregates])
  const latest = useRef({ grouping, aggregates, onRemoved })
  latest.current = { grouping, aggregates, onRemoved }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the levels, which are another list at every render
  useEffect(() => {
    // Rows of the view of all rows stay where they are when cells change; to say so, reads leave the view out.
    const query = view === allRowsId ? { tableId } : { tableId, view }
    const endpoint = tableRows(client, live, query, latest.current.grouping, latest.current.aggregates)
    const made = remoteRows(endpoint, { onFault: setFault, edits: unsaved.of(tableId) })
    const tell = (count: number, error: unknown) => latest.current.onRemoved?.(count, error)
    setRows(canWrite ? tellingRemovals(made, tell) : readOnly(made))
    setFault(null)
    return () => made.dispose()
  }, [client, live, unsaved, tableId, view, groupKey, canWrite])

  return { rows, fault }
}

/** The grid offers no editing where the source takes none. */
function readOnly(rows: RemoteRows): RemoteRows {
  const { write: _write, append: _append, remove: _remove, ...rest } = Object.getOwnPropertyDescriptors(rows)
  return Object.defineProperties({}, rest) as RemoteRows
}

/** Says what became of rows that are deleted, which the grid leaves to whoever has notices. */
function tellingRemovals(rows: RemoteRows, tell: (count: number, error: unknown) => void): RemoteRows {
  const remove = async (rowIds: readonly string[]) => {
    try {
      await rows.remove(rowIds)
      tell(rowIds.length, null)
    } catch (error) {
      tell(0, error)
    }
  }
  // Getters stay getters: the count is read as it is.
  return Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(rows), remove: { value: remove } },
  ) as RemoteRows
}
