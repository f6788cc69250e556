import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { TableRecord } from '../db/tables/tables.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { ColumnTypes } from './column-types.ts'
import { listColumns } from './columns.repository.ts'
import { columnDefinition, type TableDefinition, tableDefinition } from './table-definition.ts'

/** The same words for "absent" and "not yours". */
export function tableNotFound(tableId: unknown): OpsError {
  return new OpsError('NOT_FOUND', say('There is no table "{id}".', { id: String(tableId).slice(0, 60) }), {
    path: ['tableId'],
  })
}

/**
 * @param deleted which tables to look among. @default 'live'
 * @throws OpsError `NOT_FOUND`
 */
export async function loadTable(
  db: Kysely<Database>,
  types: ColumnTypes,
  orgId: string,
  tableId: string,
  deleted: 'live' | 'deleted' = 'live',
): Promise<TableDefinition> {
  const table = await db
    .selectFrom('tables')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', tableId)
    .where('deleted_at', deleted === 'live' ? 'is' : 'is not', null)
    .executeTakeFirst()
  if (table === undefined) throw tableNotFound(tableId)
  const columns = await listColumns(db, orgId, [tableId])
  return tableDefinition(
    table,
    columns.map((record) => columnDefinition(record, types)),
  )
}

/** A page of tables in the order they were made; `after` is the number of the last one seen. */
export async function listTables(
  db: Kysely<Database>,
  types: ColumnTypes,
  orgId: string,
  options: { readonly deleted: 'live' | 'deleted'; readonly after: number; readonly limit: number },
): Promise<TableDefinition[]> {
  const tables = await db
    .selectFrom('tables')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('deleted_at', options.deleted === 'live' ? 'is' : 'is not', null)
    .where('number', '>', options.after)
    .orderBy('number')
    .limit(options.limit)
    .execute()
  if (tables.length === 0) return []
  const columns = await listColumns(
    db,
    orgId,
    tables.map(({ id }) => id),
  )
  return tables.map((table) =>
    tableDefinition(
      table,
      columns.filter(({ table_id }) => table_id === table.id).map((record) => columnDefinition(record, types)),
    ),
  )
}

/** Which of these tables are there. */
export async function presentTables(
  db: Kysely<Database>,
  orgId: string,
  tableIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await db
    .selectFrom('tables')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', 'in', tableIds)
    .where('deleted_at', 'is', null)
    .execute()
  return new Set(found.map(({ id }) => id))
}

/** Whether the org has any table, deleted ones included. */
export async function hasTables(db: Kysely<Database>, orgId: string): Promise<boolean> {
  const table = await db.selectFrom('tables').select('id').where('org_id', '=', orgId).limit(1).executeTakeFirst()
  return table !== undefined
}

export async function insertTable(
  db: Kysely<Database>,
  table: Pick<TableRecord, 'org_id' | 'id' | 'number' | 'name' | 'description' | 'created_by' | 'next_column_number'>,
): Promise<void> {
  await db.insertInto('tables').values(table).execute()
}

export interface TableChanges {
  readonly name?: string
  readonly description?: string
  readonly nextColumnNumber?: number
  readonly hasSide?: boolean
  readonly hasExternal?: boolean
  readonly hasPlaces?: boolean
  readonly deleted?: boolean
}

/** Applies the changes and counts the revision up. */
export async function updateTable(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  changes: TableChanges,
): Promise<void> {
  await db
    .updateTable('tables')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      ...(changes.name !== undefined && { name: changes.name }),
      ...(changes.description !== undefined && { description: changes.description }),
      ...(changes.nextColumnNumber !== undefined && { next_column_number: changes.nextColumnNumber }),
      ...(changes.hasSide !== undefined && { has_side: changes.hasSide }),
      ...(changes.hasExternal !== undefined && { has_external: changes.hasExternal }),
      ...(changes.hasPlaces !== undefined && { has_places: changes.hasPlaces }),
      ...(changes.deleted !== undefined && { deleted_at: changes.deleted ? sql<string>`now()` : null }),
    }))
    .where('org_id', '=', orgId)
    .where('id', '=', tableId)
    .execute()
}
