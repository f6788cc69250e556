import { sql } from 'kysely'
import { one } from '../../db/transaction.ts'
import { type CheckedFilter, isEveryRow } from '../../query/checked-filter.ts'
import { encodeCursor } from '../../query/cursor.ts'
import { checkedOffset } from '../../query/query-bounds.ts'
import type { CheckedSort } from '../../query/sort.ts'
import type { TableWork } from '../org-session.ts'
import { physical } from '../physical-names.ts'
import { landmarkKey } from './landmark-cache.ts'
import { countRows, type Landmarks, partAt, roughPart, wayTo } from './landmarks.ts'
import type { Place } from './place.ts'
import { isBefore, isBehind } from './place-condition.ts'
import { presentLandmarks } from './present-landmarks.ts'

/** An index goes through so many rows in less than a millisecond. */
const farOff = 5_000

/** Where a window begins: so many rows behind a cursor, or behind the beginning. */
export interface WindowStart {
  readonly offset: number
  readonly after?: string
}

/**
 * The same place, reached from the nearest landmark where there are any: of tables in their own order, without a filter.
 * Wants a transaction that reads one snapshot.
 *
 * @throws OpsError `INVALID_QUERY` for an offset out of bounds
 */
export async function wayByLandmarks(
  work: TableWork,
  filter: CheckedFilter,
  sort: CheckedSort,
  offset: number,
): Promise<WindowStart> {
  if (checkedOffset(offset) < farOff || !isOwnOrder(filter, sort)) return { offset }
  const landmarks = await presentLandmarks(work)
  wantMore(work, landmarks)
  if (landmarks === null) return { offset }
  const { after, skip } = wayTo(landmarks, offset)
  if (after === null) return { offset: skip }
  const key = sort.own === '_id' ? after.id : after.position
  return { offset: skip, after: encodeCursor(sort, { _k1: key, _id: after.id }) }
}

/** Whether landmarks are about these rows in this order: all of a table in its own. */
export function isOwnOrder(filter: CheckedFilter, sort: CheckedSort): boolean {
  return sort.terms.length === 0 && isEveryRow(filter)
}

/** To count so many rows takes as long as a few milliseconds, and who has counted them once does so again. */
const manyRows = 50_000

/** Notes that rows were counted one by one. */
export function noteCount(work: TableWork, filter: CheckedFilter, count: number): void {
  if (count >= manyRows && isEveryRow(filter)) wantMore(work, null)
}

/** How many rows a filter gives, where landmarks know it. */
export async function countByLandmarks(work: TableWork, filter: CheckedFilter): Promise<number | null> {
  if (!isEveryRow(filter)) return null
  const landmarks = await presentLandmarks(work)
  return landmarks === null ? null : countRows(landmarks)
}

/** How many rows stand before a row of a table in its own order, where landmarks know it. */
export async function countBefore(work: TableWork, place: Place): Promise<number | null> {
  const { tx, org, table } = work
  const landmarks = await presentLandmarks(work)
  const part = landmarks === null ? null : partAt(landmarks, place)
  if (part === null) return null
  const { count } = one(
    await tx.all(sql<{ count: number }>`
      select count(*)::float8 as count from ${physical.rows(org, table)} as t
      where ${isBehind(table, part.after)} and ${isBefore(table, place)}`),
  )
  return part.before + count
}

function wantMore({ org, table, landmarks: cache }: TableWork, landmarks: Landmarks | null): void {
  if (landmarks === null || roughPart(landmarks) !== null) cache.want(landmarkKey(org, table.id))
}
