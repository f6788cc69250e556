import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ColumnRecord } from '../db/tables/columns.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Storage } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import type { CheckedColumn } from './column-input.ts'
import type { FillDefinition } from './fill-definition.ts'
import type { ColumnRule } from './table.ts'

/** Live columns of the tables, in the users' order. */
export async function listColumns(
  db: Kysely<Database>,
  orgId: string,
  tableIds: readonly string[],
): Promise<ColumnRecord[]> {
  return await db
    .selectFrom('columns')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('table_id', 'in', tableIds)
    .where('deleted_at', 'is', null)
    .orderBy('table_id')
    .orderBy('position')
    .orderBy('number')
    .execute()
}

/** A checked column with its identity and its place. */
export interface NewColumn extends CheckedColumn {
  readonly id: string
  readonly number: number
  readonly position: number
  /** Whether there are rows whose cells its formula has yet to give. */
  readonly pending: boolean
}

export async function insertColumns(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  columns: readonly NewColumn[],
): Promise<void> {
  if (columns.length === 0) return
  await db
    .insertInto('columns')
    .values(
      columns.map((column) => ({
        org_id: orgId,
        table_id: tableId,
        id: column.id,
        number: column.number,
        key: column.key,
        name: column.name,
        description: column.description,
        type: column.type,
        storage: column.storage,
        settings: JSON.stringify(column.settings),
        default_value: JSON.stringify(column.defaultValue),
        is_unique: column.unique,
        hidden: column.hidden,
        position: column.position,
        formula: column.formula?.source ?? null,
        formula_type: column.formula?.type ?? null,
        formula_pending: column.formula !== null && column.pending,
        default_formula: column.defaultFormula,
        rule: column.rule === null ? null : JSON.stringify(column.rule),
        fill: column.fill === null ? null : JSON.stringify(column.fill),
        deleted_at: null,
      })),
    )
    .execute()
}

export interface ColumnChanges {
  readonly number?: number
  readonly key?: string
  readonly name?: string
  readonly description?: string
  readonly type?: string
  readonly storage?: Storage
  readonly settings?: Json
  readonly defaultValue?: Json
  readonly unique?: boolean
  readonly locked?: boolean
  readonly hidden?: boolean
  readonly sortKeyed?: boolean
  readonly sortKeyReady?: boolean
  readonly searchIndexed?: boolean
  readonly formula?: string | null
  readonly formulaType?: string | null
  readonly formulaGeneration?: number
  readonly formulaPending?: boolean
  /** ISO 8601. */
  readonly formulaAt?: string
  readonly defaultFormula?: string | null
  readonly rule?: ColumnRule | null
  readonly fill?: FillDefinition | null
  readonly deleted?: boolean
}

export async function updateColumn(
  db: Kysely<Database>,
  orgId: string,
  columnId: string,
  changes: ColumnChanges,
): Promise<void> {
  await db
    .updateTable('columns')
    .set({
      ...(changes.number !== undefined && { number: changes.number }),
      ...(changes.key !== undefined && { key: changes.key }),
      ...(changes.name !== undefined && { name: changes.name }),
      ...(changes.description !== undefined && { description: changes.description }),
      ...(changes.type !== undefined && { type: changes.type }),
      ...(changes.storage !== undefined && { storage: changes.storage }),
      ...(changes.settings !== undefined && { settings: JSON.stringify(changes.settings) }),
      ...(changes.defaultValue !== undefined && { default_value: JSON.stringify(changes.defaultValue) }),
      ...(changes.unique !== undefined && { is_unique: changes.unique }),
      ...(changes.locked !== undefined && { locked: changes.locked }),
      ...(changes.hidden !== undefined && { hidden: changes.hidden }),
      ...(changes.sortKeyed !== undefined && { sort_keyed: changes.sortKeyed }),
      ...(changes.sortKeyReady !== undefined && { sort_key_ready: changes.sortKeyReady }),
      ...(changes.searchIndexed !== undefined && { search_indexed: changes.searchIndexed }),
      ...(changes.formula !== undefined && { formula: changes.formula }),
      ...(changes.formulaType !== undefined && { formula_type: changes.formulaType }),
      ...(changes.formulaGeneration !== undefined && { formula_generation: changes.formulaGeneration }),
      ...(changes.formulaPending !== undefined && { formula_pending: changes.formulaPending }),
      ...(changes.formulaAt !== undefined && { formula_at: changes.formulaAt }),
      ...(changes.defaultFormula !== undefined && { default_formula: changes.defaultFormula }),
      ...(changes.rule !== undefined && { rule: changes.rule === null ? null : JSON.stringify(changes.rule) }),
      ...(changes.fill !== undefined && { fill: changes.fill === null ? null : JSON.stringify(changes.fill) }),
      ...(changes.deleted !== undefined && { deleted_at: changes.deleted ? sql<string>`now()` : null }),
    })
    .where('org_id', '=', orgId)
    .where('id', '=', columnId)
    .execute()
}

/** Ids of all columns of a table in the users' order, deleted ones included. */
export async function listColumnOrder(db: Kysely<Database>, orgId: string, tableId: string): Promise<string[]> {
  const columns = await db
    .selectFrom('columns')
    .select('id')
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .orderBy('position')
    .orderBy('number')
    .execute()
  return columns.map(({ id }) => id)
}

/** Writes the users' order of columns: each gets its place in the list as position. */
export async function writeColumnOrder(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  columnIds: readonly string[],
): Promise<void> {
  const order = sql<{ id: string; place: number }>`unnest(${[...columnIds]}::text[]) with ordinality`.as<'o'>(
    sql`o (id, place)`,
  )
  await db
    .updateTable('columns as c')
    .from(order)
    .set({ position: sql`o.place - 1` })
    .where('c.org_id', '=', orgId)
    .where('c.table_id', '=', tableId)
    .whereRef('c.id', '=', 'o.id')
    .execute()
}

const columnIdPattern = /^col_[a-z0-9]{16}$/

/**
 * A deleted column of the table.
 *
 * @throws OpsError `NOT_FOUND`
 */
export async function findDeletedColumn(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  columnId: string,
): Promise<ColumnRecord> {
  const isId = typeof columnId === 'string' && columnIdPattern.test(columnId)
  const record = isId
    ? await db
        .selectFrom('columns')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('table_id', '=', tableId)
        .where('id', '=', columnId)
        .where('deleted_at', 'is not', null)
        .executeTakeFirst()
    : undefined
  if (record !== undefined) return record
  throw new OpsError(
    'NOT_FOUND',
    say('There is no deleted column "{id}" to restore.', { id: String(columnId).slice(0, 60) }),
    {
      path: ['columnId'],
    },
  )
}

/** Ids of the live tables that have a formula. */
export async function tablesWithFormulas(db: Kysely<Database>, orgId: string): Promise<string[]> {
  const found = await db
    .selectFrom('columns as c')
    .innerJoin('tables as t', (join) => join.onRef('t.org_id', '=', 'c.org_id').onRef('t.id', '=', 'c.table_id'))
    .select('c.table_id')
    .distinct()
    .where('c.org_id', '=', orgId)
    .where('c.formula', 'is not', null)
    .where('c.deleted_at', 'is', null)
    .where('t.deleted_at', 'is', null)
    .orderBy('c.table_id')
    .execute()
  return found.map(({ table_id }) => table_id)
}
