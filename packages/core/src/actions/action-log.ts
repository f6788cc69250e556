import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { findRun, runNotFound } from '../catalog/runs.repository.ts'
import type { ActionRowState } from '../db/tables/actions.db.ts'
import { checkInput } from '../errors/check-input.ts'
import { checkedRunId } from '../runs/runs.service.ts'
import type { OrgSession } from '../store/org-session.ts'
import { rowIdSchema } from '../store/row-id.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { Json } from '../values/json.ts'
import { listActionRows } from './action-rows.repository.ts'

/** What an action run did for one row. */
export interface ActionEntry {
  readonly rowId: string
  /** `calling`: under way, or the process was killed. */
  readonly state: ActionRowState
  /** Of a failure: `OUTCOME_UNKNOWN` where a call was cut off that must not be made twice. */
  readonly code: string | null
  readonly message: string | null
  readonly output: Json
  readonly cost: number | null
  readonly at: string
}

export interface ActionLogQuery extends ListOptions {
  /** @default all */
  readonly states?: readonly ActionRowState[] | undefined
  readonly codes?: readonly string[] | undefined
}

/** What a run did, row by row in the order of their ids. @throws OpsError `NOT_FOUND` */
export async function actionLog(
  session: OrgSession,
  runId: string,
  query: ActionLogQuery = {},
): Promise<Page<ActionEntry>> {
  const id = checkedRunId(runId)
  const { states, codes, cursor, limit } = checkInput(actionLogSchema, {
    states: query.states,
    codes: query.codes,
    cursor: query.cursor,
    limit: query.limit,
  })
  return await session.read(query, async ({ tx, org }) => {
    const run = await findRun(tx.db, org.orgId, id)
    if (run.kind !== 'action') throw runNotFound(id)
    const page = { after: cursor ?? '0', limit: limit + 1 }
    const found = await listActionRows(tx.db, org.orgId, id, { states, codes }, page)
    const items = found.slice(0, limit).map(({ row_id: rowId, state, code, message, output, cost, at }) => {
      return { rowId: String(rowId), state, code, message, output, cost, at }
    })
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.rowId ?? null) : null }
  })
}

export const actionLogSchema = z.object({
  states: z.array(z.enum(['calling', 'done', 'failed', 'skipped'])).optional(),
  codes: z.array(z.string().max(60)).max(50).optional(),
  cursor: rowIdSchema.optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})
