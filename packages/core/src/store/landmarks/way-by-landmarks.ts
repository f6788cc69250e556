import { type CheckedFilter, isEveryRow } from '../../query/checked-filter.ts'
import { encodeCursor } from '../../query/cursor.ts'
import { checkedOffset } from '../../query/query-bounds.ts'
import type { CheckedSort } from '../../query/sort.ts'
import type { TableWork } from '../org-session.ts'
import { landmarkKey } from './landmark-cache.ts'
import { countRows, type Landmarks, roughPart, wayTo } from './landmarks.ts'
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
  if (checkedOffset(offset) < farOff || sort.terms.length > 0 || !isEveryRow(filter)) return { offset }
  const landmarks = await presentLandmarks(work)
  wantMore(work, landmarks)
  if (landmarks === null) return { offset }
  const { after, skip } = wayTo(landmarks, offset)
  if (after === null) return { offset: skip }
  const key = sort.own === '_id' ? after.id : after.position
  return { offset: skip, after: encodeCursor(sort, { _k1: key, _id: after.id }) }
}

/** How many rows a filter gives, where landmarks know it. */
export async function countByLandmarks(work: TableWork, filter: CheckedFilter): Promise<number | null> {
  if (!isEveryRow(filter)) return null
  const landmarks = await presentLandmarks(work)
  return landmarks === null ? null : countRows(landmarks)
}

function wantMore({ org, table, landmarks: cache }: TableWork, landmarks: Landmarks | null): void {
  if (landmarks === null || roughPart(landmarks) !== null) cache.want(landmarkKey(org, table.id))
}
