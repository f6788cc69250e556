import { type RawBuilder, sql } from 'kysely'
import type { TableDefinition } from '../catalog/table-definition.ts'
import { one } from '../db/transaction.ts'
import { sortKeyExpression } from '../query/sort-key-expression.ts'
import { cellStorages } from './cell-storage.ts'
import {
  type CopyFrom,
  type CopyPair,
  type CopyTotals,
  conditionOf,
  isCopyOf,
  isFirst,
  nextRows,
  originOf,
  rankOf,
} from './copy-source.ts'
import { insertWarnings, refreshWarnings } from './copy-warnings.ts'
import { deleteStatement } from './delete-rows.ts'
import { formulaWrite } from './formulas/formula-write.ts'
import { logInserted } from './log-inserted.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical, sortKeyName, valuesName } from './physical-names.ts'
import { PartMissing } from './table-parts.ts'
import { bulkUpdateStatement } from './update-statement.ts'

/**
 * Copies the next rows of the source, inside the database: brings those that were copied before up to date, and makes
 * those that were not. For tables that take every cell of the source as it is.
 *
 * @param after id of the last row of the source that was dealt with
 * @throws PartMissing before anything is written
 */
export async function copyNextRows(
  work: TableWork,
  copy: CopyFrom,
  after: string,
  size: number,
  log: OperationLog,
): Promise<CopyTotals> {
  if (!work.table.hasExternal) throw new PartMissing('external')
  if (copy.source.hasSide && !work.table.hasSide) throw new PartMissing('side')
  const updated = copy.update && copy.pairs.length > 0 ? await updateCopies(work, copy, after, size, log) : 0
  const { found, created, last } = await insertCopies(work, copy, after, size, log)
  return { found, created, updated, last }
}

async function updateCopies(
  work: TableWork,
  copy: CopyFrom,
  after: string,
  size: number,
  log: OperationLog,
): Promise<number> {
  const { org, table } = work
  const values = copy.pairs.map(({ to }, place) => ({ column: to, value: sql`i.${sql.id(`v${place}`)}` }))
  const differs = values.map(({ column, value }) => sql`t.${physical.values(column)} is distinct from ${value}`)
  const { changed } = one(
    await work.tx.all(
      bulkUpdateStatement({
        ...work,
        entry: log.entry('rows-updated', table.id),
        from: sql`
          from (${nextRows(work, copy, after, size)}) as i
          join ${physical.rows(org, table)} as t on ${isCopyOf('t', sql`i.source_id`, copy.source)}
          where ${sql.join(differs, sql` or `)}`,
        expected: sql`null`,
        writes: values.map((value) => ({ ...value, same: false })),
      }),
    ),
  )
  if (changed > 0) log.written()
  if (copy.source.hasSide) {
    const copies = sql`
      select t._id as row_id, i.source_id from (${nextRows(work, copy, after, size)}) as i
      join ${physical.rows(org, table)} as t on ${isCopyOf('t', sql`i.source_id`, copy.source)}`
    await refreshWarnings(work, copy, copies)
  }
  return changed
}

async function insertCopies(
  work: TableWork,
  copy: CopyFrom,
  after: string,
  size: number,
  log: OperationLog,
): Promise<Omit<CopyTotals, 'updated'>> {
  const { tx, org, table } = work
  const { pairs, source } = copy
  const targets = pairs.flatMap(({ to }, place) => {
    const value = sql`m.${sql.id(`v${place}`)}`
    const cell = { name: physical.values(to), value }
    return to.sortKeyed ? [cell, { name: sql.id(sortKeyName(to)), value: sortKeyExpression(value) }] : [cell]
  })
  const formulas = formulaWrite(work, 'all')
  const sets = formulas?.sets('f') ?? []
  const computed =
    formulas === null
      ? sql``
      : sql`join ${formulas.relation(formulaCells(table, pairs, formulas.cells), ['new_id'])} as f on f.new_id = m.new_id`
  const origin = sql`${JSON.stringify({ id: originOf(source) })}::jsonb`
  const names = [
    sql`_id`,
    sql`_position`,
    sql`_external_key`,
    sql`_source`,
    ...[...targets, ...sets].map(({ name }) => name),
  ]
  const values = [
    sql`m.new_id`,
    sql`m.new_id`,
    sql`m.source_id::text`,
    origin,
    ...[...targets, ...sets].map(({ value }) => value),
  ]
  const step = one(
    await tx.all(sql<Omit<CopyTotals, 'updated'>>`
      with s as materialized (${nextRows(work, copy, after, size)}
      ), m as materialized (
        select nextval(${physical.rowIds(org)}) as new_id, s.*
        from (select s.*, ${rankOf(copy, sql`false`)} as rank from s
          where not exists (select 1 from ${physical.rows(org, table)} as o where ${isCopyOf('o', sql`s.source_id`, source)})
        ) as s where ${isFirst(work, copy)} order by s.source_id
      ), n as (
        insert into ${physical.rows(org, table)} (${sql.join(names)})
        select ${sql.join(values)} from m ${computed} order by m.new_id
        returning _id
      ), w as (
        ${source.hasSide ? insertWarnings(work, copy, sql`select new_id as row_id, source_id from m`) : sql`select`}
      ), ${logInserted(org, log.entry('rows-inserted', table.id))}
      select (select count(*)::int from s) as found, (select max(source_id) from s) as last, e.n as created from e`),
  )
  if (step.created > 0) log.written()
  return step
}

/** What the target's formulas read of a row, under the names of the target. */
function formulaCells(
  table: TableDefinition,
  pairs: readonly CopyPair[],
  cells: readonly string[],
): RawBuilder<unknown> {
  const places = new Map(pairs.map(({ to }, place) => [valuesName(to), place]))
  const types = new Map(
    table.columns.map((column) => [valuesName(column), cellStorages[column.columnType.storage].sqlType]),
  )
  const given = cells.map((cell) => {
    const place = places.get(cell)
    const value = place === undefined ? sql`null::${sql.raw(types.get(cell) ?? 'text')}` : sql`m.${sql.id(`v${place}`)}`
    return sql`${value} as ${sql.id(cell)}`
  })
  return sql`(select ${sql.join([sql`m.new_id`, ...given])} from m)`
}

/**
 * Deletes the next rows whose origin is gone, or no longer satisfies the filter.
 *
 * @param after id of the last row of the target that was deleted
 */
export async function deleteGoneCopies(
  work: TableWork,
  { source, filter }: CopyFrom,
  after: string,
  size: number,
  log: OperationLog,
): Promise<{ readonly deleted: number; readonly last: string | null }> {
  const { org, table } = work
  if (!table.hasExternal) return { deleted: 0, last: null }
  const rows = physical.rows(org, table)
  const gone = await work.tx.all(
    deleteStatement(
      org,
      table,
      log.entry('rows-deleted', table.id),
      sql`
        from ${rows} as t join (
          select c._id as gone from ${rows} as c
          where c._external_key is not null and coalesce(c._source ->> 'id', '') = ${originOf(source)} and c._id > ${after}::bigint
            and not exists (
              select 1 from ${physical.rows(org, source)} as t
              where t._id = c._external_key::bigint and ${conditionOf(work, source, filter)})
          order by c._id limit ${sql.lit(size)}
        ) as g on g.gone = t._id`,
      size,
    ),
  )
  if (gone.length > 0) log.written()
  const last = gone.reduce((most, { id }) => (BigInt(id) > BigInt(most) ? id : most), after)
  return { deleted: gone.length, last: gone.length < size ? null : last }
}
