import type { FormulaFault } from '@opslayer/core/formula'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { FormulaPreview } from '../data/client/formulas-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useOpsClient } from '../data/data-context.ts'
import { opsFault } from '../data/ops-fault.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import { useTable } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { localResults, type RowResult } from './local-results.ts'
import { useRegistry } from './use-registry.ts'

/** Rows that results are shown for. */
const shownRows = 3

/** The server is asked once nothing was typed for this time, in milliseconds. */
const askAfterMs = 350

/** What is known of a formula while it is written. */
export interface FormulaCheckState {
  /** `empty` for nothing written, `checking` while only the server can tell, `good`, `faulty`. */
  readonly state: 'empty' | 'checking' | 'good' | 'faulty'
  readonly faults: readonly FormulaFault[]
  /** Id of the column type of the results, once it is good. */
  readonly columnType: string | null
  /** Keys of the columns that it reads. */
  readonly reads: readonly string[]
  readonly rows: readonly RowResult[]
  /** What the server says of all rows, once it has. */
  readonly preview: FormulaPreview | null
  /** Why the server could not be asked. */
  readonly fault: string | null
}

const nothing: FormulaCheckState = {
  state: 'empty',
  faults: [],
  columnType: null,
  reads: [],
  rows: [],
  preview: null,
  fault: null,
}

/** The first rows of a table, for previews. */
export function useFirstRows(tableId: string) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'first', shownRows),
    queryFn: ({ signal }) => client.rows.window.query({ tableId, offset: 0, limit: shownRows }, { signal }),
  })
}

/** What a formula is for. */
export interface FormulaPlace {
  /** The column whose formula it is. @default one that is not there yet */
  readonly columnId?: string | undefined
  /** A column that is not there yet and that it may read all the same; the server is not asked then. */
  readonly own?: TableColumn | undefined
}

/** Checks a formula as it is typed: at once in the browser, and a moment later on the server, which has the last word. */
export function useFormulaCheck(
  tableId: string,
  source: string,
  { columnId, own }: FormulaPlace = {},
): FormulaCheckState {
  const { timeZone } = useOpsContext()
  const functions = useRegistry()
  const table = useTable(tableId).data
  const rows = useFirstRows(tableId).data
  const deferred = useDeferredValue(source)
  const local = useMemo(
    () =>
      deferred.trim() === '' || table === undefined
        ? null
        : localResults(deferred, own === undefined ? table.columns : [...table.columns, own], rows ?? [], {
            now: Date.now(),
            timeZone,
            functions,
          }),
    [deferred, table, rows, timeZone, functions, own],
  )
  const asked = useServerPreview(tableId, own === undefined ? source : '', columnId)
  if (source.trim() === '' || table === undefined) return nothing
  const { preview } = asked
  if (preview !== null && preview.faults.length > 0)
    return { ...nothing, state: 'faulty', faults: preview.faults as FormulaFault[] }
  if (local?.ok === true) {
    return { ...nothing, ...local, state: 'good', preview, fault: asked.fault }
  }
  if (preview !== null) {
    const results = preview.rows.slice(0, shownRows).map(({ id, after }): RowResult => {
      const error = after.error === null ? null : { sign: after.error.code, message: after.error.message }
      return { rowId: id, value: after.value, error }
    })
    return { ...nothing, state: 'good', columnType: preview.columnType, rows: results, preview }
  }
  // The browser knows the host's own functions only if the provider has them, so its refusal stands once the server cannot be asked.
  if (local?.ok === false) return { ...nothing, state: 'faulty', faults: local.faults, fault: asked.fault }
  return { ...nothing, state: 'checking' }
}

function useServerPreview(tableId: string, source: string, columnId: string | undefined) {
  const client = useOpsClient()
  const [answer, setAnswer] = useState<{ source: string; preview: FormulaPreview | null; fault: string | null } | null>(
    null,
  )
  useEffect(() => {
    if (source.trim() === '') return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      const input = { tableId, source, sample: shownRows, ...(columnId !== undefined && { columnId }) }
      client.formulas.preview.query(input, { signal: controller.signal }).then(
        (preview) => setAnswer({ source, preview, fault: null }),
        (error: unknown) => {
          if (!controller.signal.aborted) setAnswer({ source, preview: null, fault: opsFault(error).message })
        },
      )
    }, askAfterMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [client, tableId, source, columnId])
  return answer?.source === source ? answer : { preview: null, fault: null }
}
