import { listRuns } from '../catalog/runs.repository.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { referencedColumns } from '../formula/references.ts'
import { inputColumns } from '../store/filled/fill-reads.ts'
import type { TableWork } from '../store/org-session.ts'

/** Runs of one table that matter; a table with more of them than this waits a little longer than it must. */
const mostRuns = 200

/** Live runs on a column beside one, each of which may hold cells. */
export async function othersOn(work: TableWork, column: ColumnDefinition, runId: string): Promise<number> {
  return await countOn(work, new Set([column.id]), runId, ['queued', 'running', 'paused'])
}

/** Whether what a column's inputs are made of is still being computed or asked for: it is asked for afterwards. */
export async function isUpstreamBusy(work: TableWork, column: ColumnDefinition, runId: string): Promise<boolean> {
  const upstream = columnsBefore(work.table.columns, column)
  if (upstream.some(({ formula }) => formula?.pending === true)) return true
  const filled = new Set(upstream.filter(({ fill }) => fill !== null).map(({ id }) => id))
  return filled.size > 0 && (await countOn(work, filled, runId, ['queued', 'running'])) > 0
}

async function countOn(
  { tx, org, table }: TableWork,
  columnIds: ReadonlySet<string>,
  runId: string,
  states: readonly ('queued' | 'running' | 'paused')[],
): Promise<number> {
  const runs = await listRuns(tx.db, org.orgId, { tableId: table.id, kind: 'column', states }, { limit: mostRuns })
  return runs.filter(({ id, input }) => id !== runId && columnIds.has(columnOf(input))).length
}

function columnOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'columnId' in input ? String(input.columnId) : ''
}

/** Columns that a column's inputs are made of, over formulas and other plugins. */
function columnsBefore(columns: readonly ColumnDefinition[], column: ColumnDefinition): readonly ColumnDefinition[] {
  const found = new Map<string, ColumnDefinition>()
  const open = [...readsOf(column)]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const read = columns.find((each) => each.id === id)
    if (read === undefined || found.has(id)) continue
    found.set(id, read)
    open.push(...readsOf(read))
  }
  return [...found.values()]
}

function readsOf({ formula, fill }: ColumnDefinition): readonly string[] {
  if (formula !== null) return referencedColumns(formula.source)
  return fill === null ? [] : inputColumns(fill)
}
