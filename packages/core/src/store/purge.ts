import { sql } from 'kysely'
import * as z from 'zod'
import {
  columnNumbers,
  deleteColumnRecords,
  deleteTableRecord,
  expiredColumns,
  expiredTables,
  liveTableIds,
} from '../catalog/expired.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { dropEditFunctions } from './edit-function.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { originName, physical, rowsName, schemaName, sortKeyName, stateName, valuesName } from './physical-names.ts'
import { dropRowsTable } from './table-ddl.ts'

export interface PurgeOptions extends CallOptions {
  /** What was deleted before this moment goes for good. */
  readonly before: Date
}

export interface PurgeResult {
  readonly tables: number
  /** Physical columns: of deleted columns, and those that retyped columns had before. */
  readonly columns: number
}

const beforeSchema = z.date()

/**
 * Frees the space of deleted tables and columns. They can no longer be restored, nor can their deletion be undone. One
 * short transaction for each table; killed half-way, call it again.
 */
export async function purgeDeleted(session: OrgSession, options: PurgeOptions): Promise<PurgeResult> {
  const before = checkInput(beforeSchema, options.before, ['before']).toISOString()
  const tables = await session.read(options, ({ tx, org }) => expiredTables(tx.db, org.orgId, before))
  for (const table of tables) {
    await session.write(options, async ({ tx, org }) => {
      await dropRowsTable(tx, org, table)
      await deleteTableRecord(tx.db, org.orgId, table.id)
    })
  }
  let columns = 0
  for (const tableId of await session.read(options, ({ tx, org }) => liveTableIds(tx.db, org.orgId))) {
    columns += await session.defineTable(tableId, options, (work) => purgeColumns(work, before))
  }
  return { tables: tables.length, columns }
}

async function purgeColumns(work: TableWork, before: string): Promise<number> {
  const { tx, org, table } = work
  const expired = await expiredColumns(tx.db, org.orgId, table.id, before)
  const numbers = [...expired.map(({ number }) => number), ...(await retiredNumbers(work, before))]
  if (numbers.length === 0) return 0
  const drops = numbers.flatMap((number) => [
    sql`drop column if exists ${sql.id(valuesName({ number }))}`,
    sql`drop column if exists ${sql.id(sortKeyName({ number }))}`,
    sql`drop column if exists ${sql.id(stateName({ number }))}`,
    sql`drop column if exists ${sql.id(originName({ number }))}`,
  ])
  await tx.run(sql`alter table ${physical.rows(org, table)} ${sql.join(drops)}`)
  await dropEditFunctions(work)
  if (table.hasSide)
    await tx.run(sql`delete from ${physical.side(org, table)} where column_number = any (${numbers}::int[])`)
  await deleteColumnRecords(
    tx.db,
    org.orgId,
    expired.map(({ id }) => id),
  )
  return numbers.length
}

/** Physical columns that no column has any more and no entry of the change log younger than `before` names. */
async function retiredNumbers({ tx, org, table }: TableWork, before: string): Promise<number[]> {
  const found = await tx.all(sql<{ number: number }>`
    select substr(a.attname, 2)::int as number
    from pg_attribute as a
    where a.attrelid = ${`${schemaName(org)}.${rowsName(table)}`}::regclass and a.attnum > 0 and not a.attisdropped
      and a.attname ~ '^c[0-9]+$'
      and not exists (
        select 1 from ${physical.changes(org)} as l
        where l.table_id = ${table.id} and l.kind = 'column' and l.at >= ${before}::timestamptz
          and (l.before ->> 'number' = substr(a.attname, 2) or l.after ->> 'number' = substr(a.attname, 2)))`)
  const used = new Set(await columnNumbers(tx.db, org.orgId, table.id))
  return found.map(({ number }) => number).filter((number) => !used.has(number) && number < table.nextColumnNumber)
}
