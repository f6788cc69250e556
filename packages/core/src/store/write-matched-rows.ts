import { sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { cellParameters } from './cell-parameters.ts'
import { fillDefaults } from './formulas/column-checks.ts'
import { writeInserts } from './insert-rows.ts'
import { columnsKey, lockUpserts, matchByColumns, mergeSame } from './match-rows.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import type { CellError, PreparedRow } from './prepare-cells.ts'
import { PartMissing } from './table-parts.ts'
import { type AddressedRow, writeUnique } from './unique-cells.ts'
import { writeUpdates } from './update-rows.ts'
import { type ColumnWrite, updateStatement } from './update-statement.ts'

/** What becomes of rows that are there, and of those that are not. */
export interface MatchedWrite {
  /** Columns that all agree between a row and its match; none: every row is new. */
  readonly match: readonly ColumnDefinition[]
  /** Whether rows that have a match change it, or are passed over. */
  readonly matched: 'update' | 'skip'
  /** Whether rows without one are made, or passed over. */
  readonly unmatched: 'insert' | 'skip'
}

/** How many rows ended how. */
export interface MatchedTotals {
  readonly created: number
  readonly updated: number
  /** Matched, and the same already. */
  readonly unchanged: number
  /** Passed over. */
  readonly skipped: number
  /** Merged into a later row of the call that means the same row. */
  readonly merged: number
  /** Left out because a cell breaks uniqueness; `index` is the row's own. */
  readonly refused: readonly CellError[]
}

/**
 * Writes any number of rows, of which some may be there. Cells that a row does not have stay as they are. Rows that mean
 * the same row are merged, later cells winning; of several rows that match, the oldest is updated.
 *
 * @throws PartMissing before anything is written
 */
export async function writeMatchedRows(
  work: TableWork,
  rows: readonly PreparedRow[],
  { match, matched, unmatched }: MatchedWrite,
  log: OperationLog,
): Promise<MatchedTotals> {
  if (!work.table.hasSide && rows.some(({ kept }) => kept.length > 0)) throw new PartMissing('side')
  const merged = match.length === 0 ? rows : mergeSame(rows, (row) => columnsKey(row, match))
  const found = match.length === 0 ? [] : await findMatches(work, merged, match)
  const places = new Map(found.map(({ place, ...row }) => [place - 1, row]))
  const isNew = (_: unknown, place: number): boolean => !places.has(place)
  const made = unmatched === 'insert' ? merged.filter(isNew) : []
  const changes =
    matched === 'update'
      ? merged.flatMap((row, place) => {
          const target = places.get(place)
          return target === undefined || !(target.differs || row.kept.length > 0) ? [] : { ...row, id: target.id }
        })
      : []
  const refused: CellError[] = []
  const updated = await writeUnique(work, changes, 'reject', refused, (fitting) => update(work, fitting, log))
  const inserts = withDefaults(work, made)
  const created = await writeUnique(work, inserts, 'reject', refused, async (fitting) => {
    await writeInserts(work, fitting, [], { at: 'end' }, log)
    return fitting.length
  })
  const passed = matched === 'update' ? 0 : places.size
  return {
    created,
    updated,
    unchanged: places.size - passed - updated - refusedAmong(changes, refused),
    skipped: passed + (unmatched === 'insert' ? 0 : merged.length - places.size),
    merged: rows.length - merged.length,
    refused,
  }
}

function refusedAmong(rows: readonly PreparedRow[], refused: readonly CellError[]): number {
  const indexes = new Set(refused.map(({ index }) => index))
  return rows.filter(({ index }) => indexes.has(index)).length
}

/**
 * The row that each of `rows` means, and whether it differs from it in a cell that the row has. In one statement: most
 * rows of a file that is imported again are as they were, and are not even locked.
 */
async function findMatches(
  work: TableWork,
  rows: readonly PreparedRow[],
  match: readonly ColumnDefinition[],
): Promise<{ place: number; id: string; differs: boolean }[]> {
  const { tx, org, table } = work
  await lockUpserts(work)
  const { arrays, condition } = matchByColumns(rows, match)
  const columns = columnsOf(rows).filter((column) => !match.includes(column))
  const parameters = cellParameters(columns, rows)
  const keys = sql.join([...arrays.map((_, place) => sql.id(`m${place}`)), sql`place`])
  const names = sql.join([...parameters.map(({ name }) => name), sql`place`])
  const differs = parameters.map(
    ({ column, value }) => sql`(${value} is not null and ${value} is distinct from t.${physical.values(column)})`,
  )
  const found = sql`
    select i.place, min(t._id) as id from unnest(${sql.join(arrays)}) with ordinality as i (${keys})
    join ${physical.rows(org, table)} as t on ${condition} group by i.place`
  if (differs.length === 0) return await tx.all(sql`select place::int, id, false as differs from (${found}) as f`)
  // The keys alone first: PostgreSQL would hash the whole table rather than inputs that are wide.
  return await tx.all(sql<{ place: number; id: string; differs: boolean }>`
    with f as materialized (${found})
    select f.place::int as place, f.id, ${sql.join(differs, sql` or `)} as differs
    from f
    join unnest(${sql.join(parameters.map(({ array }) => array))}) with ordinality as i (${names}) on i.place = f.place
    join ${physical.rows(org, table)} as t on t._id = f.id`)
}

/** @returns how many rows were really changed */
async function update(work: TableWork, rows: readonly AddressedRow[], log: OperationLog): Promise<number> {
  // Where a text is kept its cell becomes empty, which a merge with what is there cannot say.
  const plain = rows.filter(({ kept }) => kept.length === 0)
  const keeping = rows.filter(({ kept }) => kept.length > 0)
  const outcomes = [
    ...(plain.length === 0 ? [] : await updateAlike(work, plain, log)),
    ...(keeping.length === 0 ? [] : await writeUpdates(work, keeping, new Map(), log)),
  ]
  return outcomes.filter(({ outcome }) => outcome === 'updated').length
}

/** One statement for rows that have different cells: what a row does not have stays. */
async function updateAlike(work: TableWork, rows: readonly AddressedRow[], log: OperationLog) {
  const { tx, org, table } = work
  const parameters = cellParameters(columnsOf(rows), rows)
  const arrays = [sql`${rows.map(({ id }) => id)}::bigint[]`, ...parameters.map(({ array }) => array)]
  const names = [sql`id`, ...parameters.map(({ name }) => name)]
  const writes: ColumnWrite[] = parameters.map(({ column, value }) => ({
    column,
    value: sql`coalesce(${value}, t.${physical.values(column)})`,
    same: false,
  }))
  const outcomes = await tx.all(
    updateStatement({
      ...work,
      entry: log.entry('rows-updated', table.id),
      from: sql`from unnest(${sql.join(arrays)}) as i (${sql.join(names)}) join ${physical.rows(org, table)} as t on t._id = i.id`,
      expected: sql`null`,
      writes,
    }),
  )
  if (outcomes.some(({ outcome }) => outcome === 'updated')) log.written()
  return outcomes
}

function columnsOf(rows: readonly PreparedRow[]): ColumnDefinition[] {
  const columns = new Set<ColumnDefinition>()
  for (const { values } of rows) for (const column of values.keys()) columns.add(column)
  return [...columns].sort((a, b) => a.number - b.number)
}

function withDefaults(work: TableWork, rows: readonly PreparedRow[]): AddressedRow[] {
  return rows.map((row) => {
    const values = new Map(row.values)
    fillDefaults(work, values)
    return { ...row, id: null, values }
  })
}
