import { type RawBuilder, sql } from 'kysely'
import { updateColumn } from '../../catalog/columns.repository.ts'
import { limits } from '../../catalog/limits.ts'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import { updateTable } from '../../catalog/tables.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { sortKeyExpression } from '../../query/sort-key-expression.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { physical, sortKeyName } from '../physical-names.ts'
import { retryContention, shortLock } from './retry-contention.ts'

/** Rows filled between two calls of `onProgress`, after which room that dead rows take can be freed. */
const rowsBetweenPauses = 50_000

/**
 * Gives text columns their sort keys, while others read and write, in three steps:
 * 1. The key columns are added, in O(1), with writers shut out for that moment. Every later write keeps them.
 * 2. Rows are filled in chunks. A chunk locks its rows before it computes, so a write that comes between is waited for.
 * 3. With writers shut out for a moment again, the keys are declared ready: reads use them from then on.
 *
 * A run that was ended half-way is taken up by the next: no row that has its key is written again.
 */
export async function fillSortKeys(
  session: OrgSession,
  tableId: string,
  columnIds: readonly string[],
  options: CallOptions & { readonly pause: () => Promise<void> },
): Promise<void> {
  const { pause, ...calls } = options
  await defineKeys(session, tableId, columnIds, calls, async (work, columns) => {
    const additions = columns.map(
      (column) => sql`add column if not exists ${sql.id(sortKeyName(column))} text collate "C"`,
    )
    await work.tx.run(sql`alter table ${physical.rows(work.org, work.table)} ${sql.join(additions)}`)
    for (const { id } of columns) await updateColumn(work.tx.db, work.org.orgId, id, { sortKeyed: true })
  })
  let after: string | null = '0'
  for (let chunk = 1; after !== null; chunk += 1) {
    const from: string = after
    after = await retryContention(calls, () => fillChunk(session, tableId, columnIds, calls, from))
    if ((chunk * limits.rowsPerCall) % rowsBetweenPauses === 0) await pause()
  }
  await defineKeys(session, tableId, columnIds, calls, async (work, columns) => {
    for (const { id, sortKeyed } of columns) {
      if (sortKeyed) await updateColumn(work.tx.db, work.org.orgId, id, { sortKeyReady: true })
    }
  })
}

/** Stops keeping keys: the physical columns stay, since a table has 1,600 of them for life, and are filled anew if need be. */
export async function dropSortKeys(
  session: OrgSession,
  tableId: string,
  columnIds: readonly string[],
  options: CallOptions,
): Promise<void> {
  await defineKeys(session, tableId, columnIds, options, async (work, columns) => {
    for (const { id } of columns) {
      await updateColumn(work.tx.db, work.org.orgId, id, { sortKeyed: false, sortKeyReady: false })
    }
  })
}

async function defineKeys(
  session: OrgSession,
  tableId: string,
  columnIds: readonly string[],
  options: CallOptions,
  define: (work: TableWork, columns: readonly ColumnDefinition[]) => Promise<void>,
): Promise<void> {
  await retryContention(options, () =>
    session.defineTable(tableId, shortLock(options), async (work) => {
      const columns = work.table.columns.filter(({ id }) => columnIds.includes(id))
      if (columns.length === 0) return
      await define(work, columns)
      await updateTable(work.tx.db, work.org.orgId, tableId, {})
    }),
  )
}

/** Returns the last id of the chunk; null at the end. */
async function fillChunk(
  session: OrgSession,
  tableId: string,
  columnIds: readonly string[],
  options: CallOptions,
  after: string,
): Promise<string | null> {
  return await session.writeTable(tableId, options, async ({ tx, org, table }) => {
    // Retyped, deleted or given up meanwhile: nobody keeps those keys, so they are not filled either.
    const columns = table.columns.filter(({ id, sortKeyed }) => sortKeyed && columnIds.includes(id))
    if (columns.length === 0) return null
    const rows = physical.rows(org, table)
    const key = (place: number): RawBuilder<unknown> => sql.id(`k${place}`)
    const computed = columns.map(
      (column, place) => sql`${sortKeyExpression(sql`t.${physical.values(column)}`)} as ${key(place)}`,
    )
    const sets = columns.map((column, place) => sql`${sql.id(sortKeyName(column))} = o.${key(place)}`)
    const differs = columns.map(
      (column, place) => sql`t.${sql.id(sortKeyName(column))} is distinct from o.${key(place)}`,
    )
    const [last] = await tx.all(sql<{ last: string | null; count: number }>`
      with o as materialized (
        select t._id, ${sql.join(computed)} from ${rows} as t
        where t._id > ${after}::bigint order by t._id limit ${sql.lit(limits.rowsPerCall)}
        for no key update of t
      ), u as (
        update ${rows} as t set ${sql.join(sets)} from o where t._id = o._id and (${sql.join(differs, sql` or `)})
      )
      select max(_id) as last, count(*)::int as count from o`)
    return last === undefined || last.count < limits.rowsPerCall ? null : last.last
  })
}
