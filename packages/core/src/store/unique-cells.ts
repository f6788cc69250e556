import { sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { isPostgresError } from '../db/database-errors.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { cellStorages } from './cell-storage.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import type { CellError, OnInvalid, PreparedRow } from './prepare-cells.ts'
import { uniqueExpression } from './table-ddl.ts'

/** A prepared row with the row it goes to; null for a new one. */
export type AddressedRow = PreparedRow & { readonly id: string | null }

const raceRetries = 3

/**
 * Writes rows into a table that may have unique columns. Cells that break uniqueness are found beforehand and taken
 * out, each with an error of its own; what another writer slips in between is caught by the index and looked at again.
 *
 * @param write writes the rows it is given; runs again after a race
 */
export async function writeUnique<T>(
  work: TableWork,
  rows: readonly AddressedRow[],
  onInvalid: OnInvalid,
  errors: CellError[],
  write: (rows: readonly AddressedRow[]) => Promise<T>,
): Promise<T> {
  const columns = work.table.columns.filter((column) => column.unique && rows.some(({ values }) => values.has(column)))
  if (columns.length === 0) return await write(rows)
  for (let attempt = 0; ; attempt += 1) {
    const fitting = await withoutDuplicates(work, columns, rows, onInvalid, errors)
    await work.tx.run(sql`savepoint unique_cells`)
    try {
      const result = await write(fitting)
      await work.tx.run(sql`release savepoint unique_cells`)
      return result
    } catch (error) {
      if (!isPostgresError(error, '23505')) throw error
      if (attempt === raceRetries)
        throw new OpsError('CONTENTION', say('Others keep writing the same unique values. Try again.'), {
          cause: error,
        })
      await work.tx.run(sql`rollback to savepoint unique_cells`)
    }
  }
}

async function withoutDuplicates(
  work: TableWork,
  columns: readonly ColumnDefinition[],
  rows: readonly AddressedRow[],
  onInvalid: OnInvalid,
  errors: CellError[],
): Promise<readonly AddressedRow[]> {
  const bad = new Map<AddressedRow, ColumnDefinition[]>()
  for (const column of columns) {
    const taken = await takenRows(work, column, rows)
    const seen = new Set<string>()
    for (const row of rows) {
      const value = row.values.get(column) ?? null
      if (value === null) continue
      const text = JSON.stringify(value)
      if (taken.has(row) || seen.has(text)) {
        bad.set(row, [...(bad.get(row) ?? []), column])
        errors.push({
          index: row.index,
          column: column.key,
          code: 'UNIQUE_VIOLATION',
          message: say('Another row already has this value in {column}, which must be unique.', {
            column: column.name,
          }),
        })
      } else seen.add(text)
    }
  }
  if (bad.size === 0) return rows
  if (onInvalid === 'reject') return rows.filter((row) => !bad.has(row))
  return rows.map((row) => {
    const out = bad.get(row)
    if (out === undefined) return row
    return { ...row, values: new Map([...row.values].filter(([column]) => !out.includes(column))) }
  })
}

/** The rows whose value another row of the table has. */
async function takenRows(
  { tx, org, table }: TableWork,
  column: ColumnDefinition,
  rows: readonly AddressedRow[],
): Promise<Set<AddressedRow>> {
  const storage = cellStorages[column.columnType.storage]
  const values = rows.map(({ values }) => storage.encode(values.get(column) ?? null))
  const ids = rows.map(({ id }) => id)
  const value = storage.castOnArrival ? sql`i.v::${sql.raw(storage.sqlType)}` : sql`i.v`
  const cell = sql`t.${physical.values(column)}`
  const found = await tx.all(sql<{ place: number }>`
    select i.place::int as place
    from unnest(${values}::${sql.raw(storage.arrayType)}, ${ids}::bigint[]) with ordinality as i (v, id, place)
    where i.v is not null and exists (
      select 1 from ${physical.rows(org, table)} as t
      where ${uniqueExpression(column, cell)} = ${uniqueExpression(column, value)} and ${cell} is not null and t._id is distinct from i.id
    )`)
  const taken = new Set<AddressedRow>()
  for (const { place } of found) {
    const row = rows[place - 1]
    if (row !== undefined) taken.add(row)
  }
  return taken
}
