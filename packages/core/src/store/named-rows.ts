import { sql } from 'kysely'
import { projection } from '../query/projection.ts'
import type { Json } from '../values/json.ts'
import { cellStorages } from './cell-storage.ts'
import type { TableWork } from './org-session.ts'
import { physical, valuesName } from './physical-names.ts'
import { queryColumnOf } from './query-table-of.ts'
import { isSeen } from './seen-rows.ts'
import { seenTable } from './table-access.ts'

/** What people know rows by: stored values of the first column that the actor sees, by row id. Others' rows and those that are gone are left out. */
export async function namedRows(work: TableWork, rowIds: readonly string[]): Promise<ReadonlyMap<string, Json>> {
  const [first] = seenTable(work.table).columns
  if (first === undefined || rowIds.length === 0) return new Map()
  const found = await work.tx.all(sql<Readonly<Record<string, unknown>>>`
    select ${projection([queryColumnOf(first)])} from ${physical.rows(work.org, work.table)} as t
    where t._id = any (${[...rowIds]}::bigint[]) and ${isSeen(work)}`)
  const { decode } = cellStorages[first.columnType.storage]
  return new Map(found.map((row) => [String(row._id), decode(row[valuesName(first)])]))
}
