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

/** A row of a deletion: whether it is back, and if not, why. */
export interface RestoredRow {
  readonly id: string
  readonly outcome: 'restored' | 'row-exists' | 'unique'
}

/**
 * Writes rows of a deletion back as they were, inside the database, from the entry `seq`: same id, position, version,
 * times, external key and source, with their warnings and the cells of columns that are hidden by now.
 *
 * @param only the rows to bring back; absent: all of the entry
 */
export async function restoreRows(
  work: TableWork,
  log: OperationLog,
  seq: string,
  only?: readonly string[],
): Promise<RestoredRow[]> {
  const { tx, org, table } = work
  const rows = physical.rows(org, table)
  const wanted = only === undefined ? sql`true` : sql`r._id = any (${[...only]}::bigint[])`
  const outcomes = await tx.all(sql<RestoredRow>`
    with i as materialized (
      select r.* from ${physical.changes(org)} as c, json_populate_recordset(null::${rows}, c.before -> '_rows') as r
      where c.seq = ${seq}::bigint and ${wanted}
    ), present as materialized (
      select t._id from ${rows} as t join i on i._id = t._id
    ), n as (
      insert into ${rows} select i.* from i order by i._id on conflict do nothing returning _id, _version
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
    select i._id as id, case when n._id is not null then 'restored' when p._id is not null then 'row-exists' else 'unique' end as outcome
    from i left join n on n._id = i._id left join present as p on p._id = i._id order by i._id`)
  const restored = outcomes.filter(({ outcome }) => outcome === 'restored').map(({ id }) => id)
  if (restored.length === 0) return outcomes
  log.written()
  await refreshSortKeys(work, restored)
  await refreshFormulas(work, restored)
  if (table.hasSide) await tx.run(writeWarnings(work, sql`(${warningsOf(work, seq, restored)})`))
  return outcomes
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
