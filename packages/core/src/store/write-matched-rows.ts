import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { cellParameters } from './cell-parameters.ts'
import { cellStorages } from './cell-storage.ts'
import { fillDefaults } from './formulas/column-checks.ts'
import { writeInserts } from './insert-rows.ts'
import { lockUpserts, matchCondition, mergeSame } from './match-rows.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import type { CellError, PreparedRow } from './prepare-cells.ts'
import { type RowColumn, type RowColumns, rowAt, rowColumnArray, rowsUnder } from './row-columns.ts'
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
  given: RowColumns,
  how: MatchedWrite,
  log: OperationLog,
): Promise<MatchedTotals> {
  if (!work.table.hasSide && given.kept.size > 0) throw new PartMissing('side')
  if (how.match.length > 0) await lockUpserts(work)
  const rows = rowsUnder(work.table, given)
  const { groups, made, changes, passed } = await planMatchedRows(work, rows, how)
  const refused: CellError[] = []
  const updated = await writeUnique(work, changes, 'reject', refused, (fitting) => update(work, fitting, log))
  const inserts = withDefaults(work, made)
  const created = await writeUnique(work, inserts, 'reject', refused, async (fitting) => {
    await writeInserts(work, fitting, [], { at: 'end' }, log)
    return fitting.length
  })
  const refusedRows = new Set(refused.map(({ index }) => index)).size
  return {
    created,
    updated,
    unchanged: groups - passed - created - updated - refusedRows,
    skipped: passed,
    merged: rows.count - groups,
    refused,
  }
}

/** What writing rows would do. */
export interface MatchedPlan {
  /** Rows that the input means, several of its rows being one. */
  readonly groups: number
  readonly made: readonly PreparedRow[]
  /** Rows that are there and differ. */
  readonly changes: readonly AddressedRow[]
  /** Rows passed over. */
  readonly passed: number
}

/** Looks which rows are there and differ; writes nothing. */
export async function planMatchedRows(
  work: TableWork,
  rows: RowColumns,
  { match, matched, unmatched }: MatchedWrite,
): Promise<MatchedPlan> {
  const groups = groupsOf(rows, match)
  const found = match.length === 0 ? new Map<number, FoundRow>() : await findMatches(work, rows, match)
  const made: PreparedRow[] = []
  const changes: AddressedRow[] = []
  let passed = 0
  for (const places of groups) {
    const target = found.get(places[0] ?? 0)
    if (target === undefined) {
      if (unmatched === 'insert') made.push(mergedRow(rows, places))
      else passed += 1
    } else if (matched === 'skip') passed += 1
    else if (places.some((place) => found.get(place)?.differs === true || rows.kept.has(place)))
      changes.push({ ...mergedRow(rows, places), id: target.id })
  }
  return { groups: groups.length, made, changes, passed }
}

/** Places of the rows that mean one row, in order; those that match by an empty cell mean nobody else's. */
function groupsOf(rows: RowColumns, match: readonly ColumnDefinition[]): readonly (readonly number[])[] {
  const byKey = new Map<string | number, number[]>()
  const cells = match.map((column) => rows.columns.find((each) => each.column === column)?.values ?? [])
  for (let place = 0; place < rows.count; place += 1) {
    const values = cells.map((values) => values[place] ?? null)
    const key = values.length === 0 || values.includes(null) ? place : JSON.stringify(values)
    const same = byKey.get(key)
    if (same === undefined) byKey.set(key, [place])
    else same.push(place)
  }
  return [...byKey.values()]
}

function mergedRow(rows: RowColumns, places: readonly number[]): PreparedRow {
  const [first] = mergeSame(
    places.map((place) => rowAt(rows, place)),
    () => 'same',
  )
  return first ?? rowAt(rows, 0)
}

interface FoundRow {
  readonly id: string
  /** Whether it differs from the input in a cell that the input has. */
  readonly differs: boolean
}

/**
 * The row that each input means, by the input's place. In one statement: most rows of a file that is imported again are
 * as they were, and are not even locked.
 */
async function findMatches(
  work: TableWork,
  rows: RowColumns,
  match: readonly ColumnDefinition[],
): Promise<ReadonlyMap<number, FoundRow>> {
  const { tx, org, table } = work
  const keys = match.flatMap((column) => rows.columns.find((each) => each.column === column) ?? [])
  const others = rows.columns.filter((each) => !keys.includes(each))
  const named = (columns: readonly RowColumn[], letter: string): RawBuilder<unknown> =>
    sql`unnest(${sql.join(columns.map(rowColumnArray))}) with ordinality as i (${sql.join([
      ...columns.map((_, place) => sql.id(`${letter}${place}`)),
      sql`place`,
    ])})`
  const differs = others.map(({ column }, place) => {
    const { castOnArrival, sqlType } = cellStorages[column.columnType.storage]
    const value = castOnArrival ? sql`i.${sql.id(`v${place}`)}::${sql.raw(sqlType)}` : sql`i.${sql.id(`v${place}`)}`
    return sql`(${value} is not null and ${value} is distinct from t.${physical.values(column)})`
  })
  // The keys alone first: PostgreSQL would hash the whole table rather than inputs that are wide.
  const compared = sql`
    select f.place, f.id, ${differs.length === 0 ? sql`false` : sql.join(differs, sql` or `)} as differs
    from f join ${named(others.length === 0 ? keys : others, 'v')} on i.place = f.place
    join ${physical.rows(org, table)} as t on t._id = f.id`
  const found = await tx.all(sql<{ place: number } & FoundRow>`
    with f as materialized (
      select i.place, min(t._id) as id from ${named(keys, 'm')}
      join ${physical.rows(org, table)} as t on ${matchCondition(match)} group by i.place
    )
    select c.place::int as place, c.id, c.differs from (${compared}) as c`)
  return new Map(found.map(({ place, id, differs: isDifferent }) => [place - 1, { id, differs: isDifferent }]))
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
