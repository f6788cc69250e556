import { sql } from 'kysely'
import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { say } from '../sentences/say.ts'
import { movesEntry } from './moves-entry.ts'
import { startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession } from './org-session.ts'
import { physical } from './physical-names.ts'
import { rowIdSchema } from './row-id.ts'
import { checkPlace, positionAt, type RowPlace, rowPlaceSchema } from './row-place.ts'
import { isSeen, presentRows } from './seen-rows.ts'
import { ensurePart } from './table-parts.ts'

export interface MoveResult {
  readonly moved: readonly string[]
  readonly missing: readonly string[]
  readonly operation: string | null
}

const idsSchema = z
  .array(rowIdSchema)
  .max(limits.rowsPerPage, say('At most {#count} rows in one call.', { count: limits.rowsPerPage }))

/** Puts rows at a place in the table's own order, in the order given. Their versions stay: no cell changes. */
export async function moveRows(
  session: OrgSession,
  tableId: string,
  rowIds: readonly string[],
  place: RowPlace,
  options: CallOptions & WriteOptions = {},
): Promise<MoveResult> {
  const ids = [...new Set(checkInput(idsSchema, rowIds, ['rowIds']))]
  const where = checkInput(rowPlaceSchema, place, ['place'])
  const result = await session.writeTable(tableId, options, async (work) => {
    const { tx, org, table } = work
    if (!table.hasPlaces) {
      await checkPlace(work, where)
      const isAnyThere = (await presentRows(work, ids)).size > 0
      return isAnyThere ? ('places' as const) : { moved: [], missing: ids, operation: null }
    }
    const log = startOperation(session.actor, options)
    const position = await positionAt(work, where, ids.length, log)
    const moved = await tx.all(sql<{ id: string }>`
      with i as materialized (
        select i.id, i.place, ${position(sql`i.place`)} as position from unnest(${ids}::bigint[]) with ordinality as i (id, place) order by i.place
      ), o as materialized (
        select t._id, t._position, i.position from i join ${physical.rows(org, table)} as t on t._id = i.id where ${isSeen(work)} order by t._id for no key update of t
      ), u as (
        update ${physical.rows(org, table)} as t set _position = o.position from o where t._id = o._id returning t._id, o._position as b, o.position as a
      ), l as (
        ${movesEntry(org, log.entry('rows-moved', table.id), sql`u`)}
      )
      select _id as id from u`)
    if (moved.length > 0) log.written()
    const found = new Set(moved.map(({ id }) => id))
    return {
      moved: ids.filter((id) => found.has(id)),
      missing: ids.filter((id) => !found.has(id)),
      operation: log.id(),
    }
  })
  if (result !== 'places') return result
  await ensurePart(session, tableId, result)
  return await moveRows(session, tableId, ids, where, options)
}
