import { type RawBuilder, sql } from 'kysely'
import { sortKeyExpression } from '../query/sort-key-expression.ts'
import { columnsAsJson } from './cell-parameters.ts'
import { refreshFormulas } from './formulas/refresh-rows.ts'
import { writeWarnings } from './kept-text.ts'
import { insertEntry } from './log-entry.ts'
import { arrayOrEmpty } from './logged-cells.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical, sortKeyName } from './physical-names.ts'

/** What came back of a deletion, in the order of the ids. */
export interface RestoredRows {
  readonly restored: readonly string[]
  /** Rows that stay away: they are there again already, or another row has their unique value or external key by now. */
  readonly refused: readonly { readonly id: string; readonly reason: 'row-exists' | 'unique' }[]
}

/** Rows of a deletion that are wanted back. */
export interface DeletedRowsWanted {
  /** The entry of the deletion. */
  readonly seq: string
  /** How many rows are wanted. */
  readonly count: number
  /** The rows to bring back. @default all of the entry */
  readonly only?: readonly string[]
}

/**
 * Writes rows of a deletion back as they were, inside the database: same id, position, version, times, external key and
 * source, with their warnings and the cells of columns that are hidden by now.
 */
export async function restoreRows(
  work: TableWork,
  log: OperationLog,
  { seq, count, only }: DeletedRowsWanted,
): Promise<RestoredRows> {
  const { tx, org, table } = work
  const rows = physical.rows(org, table)
  const wanted = (id: RawBuilder<unknown>) =>
    only === undefined ? sql`true` : sql`${id} = any (${[...only]}::bigint[])`
  const back = await tx.all(sql<{ id: string }>`
    with n as (
      insert into ${rows}
      select r.* from ${physical.changes(org)} as c, json_populate_recordset(null::${rows}, c.before -> '_rows') as r
      where c.seq = ${seq}::bigint and ${wanted(sql`r._id`)} order by r._id
      on conflict do nothing returning _id, _version
    ), e as (
      select count(*)::int as n, min(_id) as first, max(_id) as last, array_agg(_id order by _id) as ids,
        json_agg(_version order by _id) as versions from n
    ), l as (
      ${insertEntry(
        org,
        log.entry('rows-inserted', table.id),
        {
          count: sql`e.n`,
          first: sql`e.first`,
          last: sql`e.last`,
          ids: sql`e.ids`,
          before: sql`null`,
          after: columnsAsJson([], sql`null::json`, [{ name: '_version', json: sql`e.versions` }]),
        },
        sql`e where e.n > 0`,
      )}
    )
    select n._id as id from n order by n._id`)
  const restored = back.map(({ id }) => id)
  // Mostly all come back, and then nobody asks why some did not.
  const refused =
    restored.length === count
      ? []
      : await tx.all(sql<RestoredRows['refused'][number]>`
    select r.id, case when t._id is null then 'unique' else 'row-exists' end as reason
    from ${physical.changes(org)} as c cross join unnest(c.row_ids) as r (id) left join ${rows} as t on t._id = r.id
    where c.seq = ${seq}::bigint and ${wanted(sql`r.id`)} and r.id <> all (${restored}::bigint[])
    order by r.id`)
  if (restored.length === 0) return { restored, refused }
  log.written()
  await refreshSortKeys(work, restored)
  await refreshFormulas(work, restored)
  if (table.hasSide) await tx.run(writeWarnings(work, sql`(${warningsOf(work, seq, restored)})`))
  return { restored, refused }
}

function warningsOf({ org }: TableWork, seq: string, ids: readonly string[]): RawBuilder<unknown> {
  return sql`
    select json_agg(w) from ${physical.changes(org)} as c, json_array_elements(${arrayOrEmpty(sql`c.before -> '_warnings'`)}) as w
    where c.seq = ${seq}::bigint and (w ->> 'row_id')::bigint = any (${[...ids]}::bigint[])`
}

/** Sort keys that came after the rows were deleted. */
async function refreshSortKeys({ tx, org, table }: TableWork, ids: readonly string[]): Promise<void> {
  for (const column of table.columns.filter(({ sortKeyed }) => sortKeyed)) {
    const [cell, key] = [physical.values(column), sql.id(sortKeyName(column))]
    await tx.run(sql`
      update ${physical.rows(org, table)} as t set ${key} = ${sortKeyExpression(sql`t.${cell}`)}
      where t._id = any (${[...ids]}::bigint[]) and t.${cell} is not null and t.${key} is null`)
  }
}
