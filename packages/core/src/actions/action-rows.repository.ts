import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ActionRowRecord, ActionRowState } from '../db/tables/actions.db.ts'
import type { Json } from '../values/json.ts'

/** Notes that the vendor is about to be called for rows. */
export async function noteCalling(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  rowIds: readonly string[],
): Promise<void> {
  if (rowIds.length === 0) return
  await db
    .insertInto('action_rows')
    .values(rowIds.map((row_id) => ({ org_id: orgId, run_id: runId, row_id, state: 'calling' as const })))
    .onConflict((conflict) => conflict.columns(['org_id', 'run_id', 'row_id']).doUpdateSet({ state: 'calling' }))
    .execute()
}

/** What became of a row. */
export interface SettledRow {
  readonly id: string
  readonly state: Exclude<ActionRowState, 'calling'>
  readonly code: string | null
  readonly message: string | null
  readonly output: Json
  readonly cost: number | null
}

export async function settleRows(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  rows: readonly SettledRow[],
): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('action_rows')
    .values(
      rows.map(({ id, state, code, message, output, cost }) => ({
        org_id: orgId,
        run_id: runId,
        row_id: id,
        state,
        code,
        message,
        output: output === null ? null : JSON.stringify(output),
        cost,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'run_id', 'row_id']).doUpdateSet((eb) => ({
        state: eb.ref('excluded.state'),
        code: eb.ref('excluded.code'),
        message: eb.ref('excluded.message'),
        output: eb.ref('excluded.output'),
        cost: eb.ref('excluded.cost'),
        at: sql<string>`now()`,
      })),
    )
    .execute()
}

export interface ActionRowsFilter {
  readonly states?: readonly ActionRowState[] | undefined
  readonly codes?: readonly string[] | undefined
}

/** Rows of a run in the order of their ids; `after` is the last one seen. */
export async function listActionRows(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  { states, codes }: ActionRowsFilter,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<ActionRowRecord[]> {
  return await db
    .selectFrom('action_rows')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .where('row_id', '>', after)
    .$if(states !== undefined, (query) => query.where('state', '=', sql<ActionRowState>`any (${states ?? []}::text[])`))
    .$if(codes !== undefined, (query) => query.where('code', '=', sql<string>`any (${codes ?? []}::text[])`))
    .orderBy('row_id')
    .limit(limit)
    .execute()
}

/** Ids of the rows that have failed, except those of whom nobody knows; with `unknown`, those alone. */
export async function failedRows(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  { unknown, limit }: { readonly unknown: boolean; readonly limit: number },
): Promise<string[]> {
  const found = await db
    .selectFrom('action_rows')
    .select('row_id')
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .where('state', '=', 'failed')
    .where('code', unknown ? '=' : '<>', outcomeUnknown)
    .orderBy('row_id')
    .limit(limit)
    .execute()
  return found.map(({ row_id }) => row_id)
}

/** The code of rows whose call was cut off: the vendor may have acted. */
export const outcomeUnknown = 'OUTCOME_UNKNOWN'
