import { listQuerySamples } from '../../catalog/query-samples.repository.ts'
import { listViewQueries } from '../../catalog/views.repository.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import { checkFilter } from '../../query/check-filter.ts'
import { checkSort } from '../../query/sort.ts'
import type { Json } from '../../values/json.ts'
import type { TableWork } from '../org-session.ts'
import { queryTableOf } from '../query-table-of.ts'
import { isWorthNoting, type QueryShape, queryShape, queryShapeSchema } from './query-shape.ts'
import { unwantedAfterMs, type Want } from './want.ts'

/** A read that happened once is no pattern. */
const minCalls = 2

/** What a view is worth in milliseconds, so that its indexes stand ready before it is opened. */
const weightOfView = 1_000

/** What is asked of a table: by its saved views, and by the reads of all processes that were noted in the catalog. */
export async function readWants(work: TableWork): Promise<readonly Want[]> {
  const { tx, org, table } = work
  const views = await listViewQueries(tx.db, org.orgId, table.id)
  const samples = await listQuerySamples(tx.db, org.orgId, table.id)
  return [
    ...views.flatMap(({ id, name, filter, sorts }): Want[] => {
      const shape = shapeOfView(work, filter, sorts)
      if (shape === null || !isWorthNoting(shape)) return []
      return [{ shape, weight: weightOfView, at: work.context.now, source: { kind: 'view', viewId: id, name } }]
    }),
    ...samples.flatMap(({ definition, calls, total_ms, max_ms, last_at }): Want[] => {
      const shape = queryShapeSchema.safeParse(definition)
      const isOld = work.context.now.getTime() - Date.parse(last_at) > unwantedAfterMs
      if (!shape.success || Number(calls) < minCalls || isOld) return []
      const source = { kind: 'reads', calls: Number(calls), meanMs: total_ms / Number(calls), maxMs: max_ms } as const
      return [{ shape: shape.data, weight: total_ms, at: new Date(last_at), source }]
    }),
  ]
}

/** null for a view that does not fit its table any more: it is back when its columns are. */
function shapeOfView(work: TableWork, filter: Json, sorts: Json): QueryShape | null {
  const queryTable = queryTableOf(work)
  try {
    return queryShape(checkFilter(filter, queryTable, work.context), { sort: checkSort(sorts, queryTable) })
  } catch (error) {
    if (isOpsError(error)) return null
    throw error
  }
}
