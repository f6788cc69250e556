import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { referencedColumns } from '../formula/references.ts'
import { isFree } from '../store/filled/claim-cells.ts'
import { inputColumns } from '../store/filled/fill-reads.ts'
import type { TableWork } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'

/** Live runs on a column beside one, each of which may hold cells. */
export interface OtherRuns {
  readonly count: number
  /** Rows whose cells they ask for and have not marked. */
  readonly unmarked: readonly string[]
}

export const noOtherRuns: OtherRuns = { count: 0, unmarked: [] }

export async function othersOn(work: TableWork, column: ColumnDefinition, runId: string): Promise<OtherRuns> {
  return await runsOn(work, new Set([column.id]), runId, ['queued', 'running', 'paused'])
}

/**
 * Keeps others from taking cells of a column until the transaction ends: who looks what they have taken sees all of it. Taken before
 * rows are locked.
 */
export async function lockClaims({ tx, org }: TableWork, column: ColumnDefinition): Promise<void> {
  await tx.all(sql`select pg_advisory_xact_lock(hashtextextended(${`${org.orgId} ${column.id}`}, 13))`)
}

/** How many rows that satisfy `condition`, under the alias `t`, have a cell that other runs have in hand. */
export async function countHeld(
  work: TableWork,
  column: ColumnDefinition,
  others: OtherRuns,
  condition: RawBuilder<boolean>,
): Promise<number> {
  if (others.count === 0) return 0
  const [found] = await work.tx.all(sql<{ count: number }>`
    select count(*)::int as count from ${physical.rows(work.org, work.table)} as t
    where not (${isNobodys(column, others)}) and ${condition}`)
  return found?.count ?? 0
}

/** Whether no run has a row's cell in hand. Cells that only look taken, because a run has failed or was never here, are anybody's. */
export function isNobodys(column: ColumnDefinition, { count, unmarked }: OtherRuns): RawBuilder<boolean> {
  if (count === 0) return sql<boolean>`true`
  if (unmarked.length === 0) return isFree(column)
  return sql<boolean>`${isFree(column)} and t._id <> all (${[...unmarked]}::bigint[])`
}

/** Whether what a column's inputs are made of is still being computed or asked for: it is asked for afterwards. */
export async function isUpstreamBusy(work: TableWork, column: ColumnDefinition, runId: string): Promise<boolean> {
  const upstream = columnsBefore(work.table.columns, column)
  if (upstream.some(({ formula }) => formula?.pending === true)) return true
  const filled = new Set(upstream.filter(({ fill }) => fill !== null).map(({ id }) => id))
  return filled.size > 0 && (await runsOn(work, filled, runId, ['queued', 'running'])).count > 0
}

/** Counted in the database: steps of a column's runs wait for each other, and there may be hundreds. */
async function runsOn(
  { tx, org, table }: TableWork,
  columnIds: ReadonlySet<string>,
  runId: string,
  states: readonly ('queued' | 'running' | 'paused')[],
): Promise<OtherRuns> {
  const windows = sql<string[][]>`coalesce(
    jsonb_agg(checkpoint -> 'window') filter (where (checkpoint -> 'marked') = 'false'::jsonb), '[]')`
  const { count, unmarked } = await tx.db
    .selectFrom('runs')
    .select([sql<number>`count(*)::int`.as('count'), windows.as('unmarked')])
    .where('org_id', '=', org.orgId)
    .where('table_id', '=', table.id)
    .where('kind', '=', 'column')
    .where('id', '<>', runId)
    .where(sql<boolean>`state = any (${[...states]}::text[])`)
    .where(sql<boolean>`input ->> 'columnId' = any (${[...columnIds]}::text[])`)
    .executeTakeFirstOrThrow()
  return { count, unmarked: unmarked.flat() }
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
