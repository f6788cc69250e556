import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import type { Org } from '../catalog/orgs.repository.ts'
import type { TableDefinition } from '../catalog/table-definition.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { say } from '../sentences/say.ts'
import { columnsAsJson } from './cell-parameters.ts'
import { type EntryHead, insertEntry } from './log-entry.ts'
import { startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession } from './org-session.ts'
import { physical } from './physical-names.ts'
import { rowIdSchema } from './row-id.ts'
import { isSeen } from './seen-rows.ts'

export interface DeleteResult {
  readonly deleted: readonly string[]
  readonly missing: readonly string[]
  readonly operation: string | null
}

const idsSchema = z
  .array(rowIdSchema)
  .max(limits.rowsPerCall, say('At most {#count} rows in one call.', { count: limits.rowsPerCall }))

/** Deletes up to 5,000 rows in one transaction. They leave the table; the change log keeps them for undo. */
export async function deleteRows(
  session: OrgSession,
  tableId: string,
  rowIds: readonly string[],
  options: CallOptions & WriteOptions = {},
): Promise<DeleteResult> {
  const ids = [...new Set(checkInput(idsSchema, rowIds, ['rowIds']))]
  return await session.writeTable(tableId, options, async (work) => {
    const { tx, org, table } = work
    const log = startOperation(session.actor, options)
    const gone = await tx.all(
      deleteStatement(
        org,
        table,
        log.entry('rows-deleted', table.id),
        sql`from ${physical.rows(org, table)} as t where t._id = any (${ids}::bigint[]) and ${isSeen(work)}`,
      ),
    )
    if (gone.length > 0) log.written()
    const deleted = new Set(gone.map(({ id }) => id))
    return { deleted: [...deleted], missing: ids.filter((id) => !deleted.has(id)), operation: log.id() }
  })
}

/**
 * Locks the rows that `from` names (as `t`) in the order of their ids, deletes and logs them with their warnings. The
 * log keeps whole physical rows, so that restoring brings back the cells of hidden and retyped columns too.
 */
export function deleteStatement(
  org: Org,
  table: TableDefinition,
  entry: EntryHead,
  from: RawBuilder<unknown>,
  limit: number = limits.rowsPerCall,
): RawBuilder<{ id: string }> {
  const warnings = table.hasSide
    ? sql`delete from ${physical.side(org, table)} as s using o where s.row_id = o._id returning s.*`
    : sql`select where false`
  return sql<{ id: string }>`
    with o as materialized (
      select t._id ${from} order by t._id limit ${sql.lit(limit)} for update of t
    ), d as (
      delete from ${physical.rows(org, table)} as t using o where t._id = o._id returning t.*
    ), w as (
      ${warnings}
    ), e as (
      select count(*)::int as n, min(d._id) as first, max(d._id) as last, array_agg(d._id order by d._id) as ids,
        (select json_agg(w) from w) as warnings, json_agg(d order by d._id) as rows
      from d
    ), l as (
      ${insertEntry(
        org,
        entry,
        {
          count: sql`e.n`,
          first: sql`e.first`,
          last: sql`e.last`,
          ids: sql`e.ids`,
          before: columnsAsJson([], sql`e.warnings`, [{ name: '_rows', json: sql`e.rows` }]),
          after: sql`null`,
        },
        sql`e where e.n > 0`,
      )}
    )
    select d._id as id from d order by d._id`
}
