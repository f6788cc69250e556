import { listColumnOrder, writeColumnOrder } from '../catalog/columns.repository.ts'
import type { TableDefinition } from '../catalog/table-definition.ts'
import type { TableWork } from './org-session.ts'

/**
 * Ids of all columns of the table in order, deleted ones included: those keep their place between the others, so that
 * they come back where they were.
 */
export async function columnOrder({ tx, org, table }: TableWork): Promise<readonly string[]> {
  return await listColumnOrder(tx.db, org.orgId, table.id)
}

/** The order with a column put at a place among the live ones, from 0. */
export function placedAt(
  order: readonly string[],
  table: TableDefinition,
  columnId: string,
  place: number,
): readonly string[] {
  const live = table.columns.map(({ id }) => id).filter((id) => id !== columnId)
  const others = order.filter((id) => id !== columnId)
  const next = live[place]
  const at = next === undefined ? others.length : others.indexOf(next)
  return [...others.slice(0, at), columnId, ...others.slice(at)]
}

/** Puts columns in the order given; columns that it does not name keep their places. */
export async function applyColumnOrder(work: TableWork, order: readonly string[]): Promise<void> {
  const present = await columnOrder(work)
  const named = new Set(order)
  const there = new Set(present)
  const next = order.filter((id) => there.has(id)).values()
  const arranged = present.map((id) => (named.has(id) ? (next.next().value ?? id) : id))
  await writeColumnOrder(work.tx.db, work.org.orgId, work.table.id, arranged)
}
