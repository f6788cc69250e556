import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { LoggedEntry } from './change-log.operations.ts'
import { writeWarnings } from './kept-text.ts'
import { arrayOrEmpty, cellFromJson } from './logged-cells.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { missingRows } from './revert-missing.ts'
import { addConflicts, type RevertConflict, type RevertConflictReason, type RevertReport } from './revert-report.ts'
import { uniqueExpression } from './table-ddl.ts'
import { type FlaggedOutcome, updateStatement } from './update-statement.ts'

/**
 * Puts cells back as they were before the entry, in one statement that reads the entry's arrays: no value leaves the
 * database. A cell that is no longer as the entry left it stays and is reported.
 *
 * @returns whether an entry was written
 */
export async function revertUpdates(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  report: RevertReport,
): Promise<boolean> {
  const { tx, org, table, context, functions } = work
  const columns = columnsToRevert(work, entry, report)
  if (columns.length === 0) return false
  const same = await sameValued(work, entry)
  const cells = columns.map((column, place) => loggedCells(column, place, same.has(column.id)))
  const lists = cells.flatMap(({ lists }) => lists)
  const warnings = table.hasSide ? sql`(${warningsOf(work, entry, columns)})` : undefined
  const outcomes = await tx.all(
    updateStatement({
      org,
      table,
      context,
      functions,
      entry: log.entry('rows-updated', table.id),
      from: sql`
        from (
          select r.*, ${sql.join([sql`c.seq`, ...cells.flatMap(({ single }) => single)])}
          from ${physical.changes(org)} as c,
            rows from (${sql.join([sql`unnest(c.row_ids)`, ...lists.map(({ list }) => list)])}) as r (${sql.join([sql`id`, ...lists.map(({ name }) => name)])})
          where c.seq = ${entry.seq}::bigint
        ) as i join ${physical.rows(org, table)} as t on t._id = i.id`,
      expected: sql`null`,
      flag: sql`nullif(concat_ws(' ', ${sql.join(cells.map(({ column, before, after }) => conflictOf(work, column, before, after)))}), '')`,
      writes: cells.map(({ column, before, after }) => ({
        column,
        value: sql`case when t.${physical.values(column)} is not distinct from ${after} and not ${isTaken(work, column, before)} then ${before} else t.${physical.values(column)} end`,
        same: false,
      })),
      ...(warnings !== undefined && {
        touched: sql`i.id in (select (w ->> 'row_id')::bigint from json_array_elements(${arrayOrEmpty(warnings)}) as w)`,
        kept: warnings,
      }),
    }),
  )
  const flagged = outcomes.flatMap((outcome) => conflictsIn(table.id, outcome))
  if (warnings !== undefined) await writeBack(work, entry, columns, outcomes, flagged)
  report.rows += outcomes.filter(({ outcome }) => outcome === 'updated').length
  addConflicts(report, flagged)
  if (outcomes.length < entry.rowCount) await missingRows(work, entry, report)
  return outcomes.some(({ outcome }) => outcome === 'updated')
}

/** Columns of the entry that still lie where it wrote them. */
function columnsToRevert({ table }: TableWork, entry: LoggedEntry, report: RevertReport): ColumnDefinition[] {
  return (entry.columnIds ?? []).flatMap((id, place) => {
    const column = table.columns.find((live) => live.id === id)
    if (column !== undefined && column.number === entry.columnNumbers?.[place]) return [column]
    const reason = column === undefined ? 'column-deleted' : 'column-retyped'
    addConflicts(report, [{ tableId: table.id, rowId: null, columnId: id, reason }])
    return []
  })
}

/** Ids of the columns for which the entry keeps one value for all rows. */
async function sameValued({ tx, org }: TableWork, entry: LoggedEntry): Promise<Set<string>> {
  const found = await tx.all(sql<{ key: string }>`
    select m.key from ${physical.changes(org)} as c, json_each(c.after) as m
    where c.seq = ${entry.seq}::bigint and json_typeof(m.value) = 'object'`)
  return new Set(found.map(({ key }) => key))
}

interface LoggedCells {
  readonly column: ColumnDefinition
  /** Value before and after the entry, typed, over `i`. */
  readonly before: RawBuilder<unknown>
  readonly after: RawBuilder<unknown>
  /** Set-returning members of the relation `r`, one value per row. */
  readonly lists: readonly { readonly name: RawBuilder<unknown>; readonly list: RawBuilder<unknown> }[]
  /** Members that are one value for all rows. */
  readonly single: readonly RawBuilder<unknown>[]
}

function loggedCells(column: ColumnDefinition, place: number, same: boolean): LoggedCells {
  const [b, a] = [sql.id(`before${place}`), sql.id(`after${place}`)]
  const { storage } = column.columnType
  const member = (image: RawBuilder<unknown>): RawBuilder<unknown> => sql`${image} -> ${sql.lit(column.id)}`
  return {
    column,
    before: cellFromJson(storage, sql`i.${b}`),
    after: cellFromJson(storage, sql`i.${a}`),
    lists: [
      { name: b, list: sql`json_array_elements(${member(sql`c.before`)})` },
      ...(same ? [] : [{ name: a, list: sql`json_array_elements(${member(sql`c.after`)})` }]),
    ],
    single: same ? [sql`${member(sql`c.after`)} -> 'same' as ${a}`] : [],
  }
}

/** `<column id>:<reason>` if the cell should go back but must stay as it is, else null. */
function conflictOf(
  work: TableWork,
  column: ColumnDefinition,
  before: RawBuilder<unknown>,
  after: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const cell = sql`t.${physical.values(column)}`
  const say = (reason: RevertConflictReason): RawBuilder<unknown> => sql.lit(`${column.id}:${reason}`)
  return sql`(case
    when ${before} is not distinct from ${after} or ${before} is not distinct from ${cell} then null
    when ${cell} is distinct from ${after} then ${say('changed')}
    when ${isTaken(work, column, before)} then ${say('unique')} end)`
}

/** Whether another row has the value of a unique column. */
function isTaken({ org, table }: TableWork, column: ColumnDefinition, value: RawBuilder<unknown>): RawBuilder<unknown> {
  if (!column.unique) return sql`false`
  const other = sql`other.${physical.values(column)}`
  return sql`exists (
    select 1 from ${physical.rows(org, table)} as other
    where other._id <> t._id and ${other} is not null and ${uniqueExpression(column, other)} = ${uniqueExpression(column, value)})`
}

function conflictsIn(tableId: string, { id, flag }: FlaggedOutcome): RevertConflict[] {
  return (flag ?? '').split(' ').flatMap((word) => {
    const [columnId = '', reason] = word.split(':')
    return reason === undefined ? [] : [{ tableId, rowId: id, columnId, reason: reason as RevertConflictReason }]
  })
}

/** Warnings that the entry's write took away from the columns' cells, as a JSON array. */
function warningsOf(
  { org }: TableWork,
  entry: LoggedEntry,
  columns: readonly ColumnDefinition[],
  where: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`
    select json_agg(w) from ${physical.changes(org)} as c, json_array_elements(${arrayOrEmpty(sql`c.before -> '_warnings'`)}) as w
    where c.seq = ${entry.seq}::bigint and (w ->> 'column_number')::int = any (${columns.map(({ number }) => number)}::int[]) and ${where}`
}

async function writeBack(
  work: TableWork,
  entry: LoggedEntry,
  columns: readonly ColumnDefinition[],
  outcomes: readonly FlaggedOutcome[],
  flagged: readonly RevertConflict[],
): Promise<void> {
  const written = outcomes.filter(({ outcome }) => outcome === 'updated').map(({ id }) => id)
  if (written.length === 0) return
  const numbers = new Map(columns.map(({ id, number }) => [id, number]))
  const left = [
    sql`${flagged.map(({ rowId }) => rowId)}::bigint[]`,
    sql`${flagged.map(({ columnId }) => numbers.get(columnId ?? '') ?? null)}::int[]`,
  ]
  const fitting = sql`(w ->> 'row_id')::bigint = any (${written}::bigint[])
    and ((w ->> 'row_id')::bigint, (w ->> 'column_number')::int) not in (select * from unnest(${sql.join(left)}))`
  await work.tx.run(writeWarnings(work, sql`(${warningsOf(work, entry, columns, fitting)})`))
}
