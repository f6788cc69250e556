import { useEffect, useState } from 'react'
import type { CellsPreview } from '../data/client/cells-calls.ts'
import type { FillInput } from '../data/client/tables-calls.ts'
import { useOpsClient } from '../data/data-context.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsMutation } from '../data/use-ops-mutation.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'

/** The server is asked once nothing was changed for this time, in milliseconds. */
const askAfterMs = 350

/** What a fill would give for a few rows: without asking the plugin as the form changes, with asking on request. */
export function useFillPreview(tableId: string, fill: FillInput | null, rowIds: readonly string[]) {
  const { cells } = useOpsClient()
  const text = useSettled(fill === null ? '' : JSON.stringify(fill))
  const settled = text === '' ? null : (JSON.parse(text) as FillInput)
  const rows = [...rowIds]
  const dry = useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'fill-preview', text, rows),
    queryFn: ({ signal }) =>
      cells.preview.mutate({ tableId, request: { fill: JSON.parse(text) as FillInput, rows } }, { signal }),
    enabled: settled !== null && rows.length > 0,
  })
  const paid = useOpsMutation(
    async (asked: FillInput): Promise<{ readonly of: string; readonly preview: CellsPreview }> => ({
      of: JSON.stringify(asked),
      preview: await cells.preview.mutate({ tableId, request: { fill: asked, rows, ask: true } }),
    }),
    [queryKeys.budgets, queryKeys.rows(tableId, 'fill-preview')],
  )
  const asked = paid.data !== undefined && paid.data.of === text ? paid.data.preview : null
  return {
    /** What the plugin said, or, before it was asked, what is known without. */
    preview: asked ?? dry.data ?? null,
    isAsked: asked !== null,
    fault: paid.error ?? dry.error,
    isAsking: paid.isPending,
    ask: () => settled !== null && paid.mutate(settled),
  }
}

/** A value that has not changed for a while. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), askAfterMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
