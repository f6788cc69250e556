import { useEffect, useMemo, useState } from 'react'
import type { TableQuery } from '../data/client/rows-calls.ts'
import { useData } from '../data/data-context.ts'
import { tableColumns } from '../data/table-columns.ts'
import { tableRows } from '../data/table-rows.ts'
import { GridView, type GridViewProps } from '../grid/grid-view.tsx'
import type { GridColumn } from '../grid-state/grid-column.ts'
import { type RemoteRows, remoteRows } from '../grid-state/remote-rows.ts'
import { useOpsContext } from '../provider/ops-context.ts'

export interface OpsTableProps extends Omit<GridViewProps, 'source' | 'columns' | 'label'>, TableQuery {
  /** What screen readers call the table. @default its name */
  readonly label?: string
}

interface Loaded {
  readonly name: string
  readonly columns: readonly GridColumn[]
}

/** A table of the server, live: rows are read as they come into sight, edits are shown at once, others' edits as they happen. */
export function OpsTable({ tableId, view, filter, sort, label, ...grid }: OpsTableProps) {
  const { translate } = useOpsContext()
  const { client, live } = useData()
  const [table, setTable] = useState<Loaded | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [rows, setRows] = useState<RemoteRows | null>(null)
  const query = useMemo(
    (): TableQuery => ({
      tableId,
      ...(view !== undefined && { view }),
      ...(filter !== undefined && { filter }),
      ...(sort !== undefined && { sort }),
    }),
    [tableId, view, filter, sort],
  )

  useEffect(() => {
    const controller = new AbortController()
    client.tables.get.query({ tableId }, { signal: controller.signal }).then(
      ({ name, columns }) => setTable({ name, columns: tableColumns(columns) }),
      (error: unknown) => {
        if (!controller.signal.aborted) setFault(messageOf(error))
      },
    )
    return () => controller.abort()
  }, [client, tableId])

  useEffect(() => {
    const made = remoteRows(tableRows(client, live, query), {
      onFault: (error) => setFault(error === null ? null : messageOf(error)),
    })
    setRows(made)
    return () => made.dispose()
  }, [client, live, query])

  const banner =
    fault === null ? null : (
      <div className="ops-fault" role="alert">
        {translate(table === null ? 'table.closed' : 'table.fault', { reason: fault })}
      </div>
    )
  if (table === null || rows === null) return banner ?? <div className="ops-root ops-table-loading" aria-busy="true" />
  return (
    <div className="ops-root ops-table">
      {banner}
      <div className="ops-table-grid">
        <GridView
          {...grid}
          label={label ?? table.name}
          source={rows}
          columns={table.columns}
          onColumnsChange={(columns) => {
            setTable({ ...table, columns })
            grid.onColumnsChange?.(columns)
          }}
          onUndo={grid.onUndo ?? (() => void client.undo.undo.mutate().then(rows.refresh, () => {}))}
          onRedo={grid.onRedo ?? (() => void client.undo.redo.mutate().then(rows.refresh, () => {}))}
        />
      </div>
    </div>
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
