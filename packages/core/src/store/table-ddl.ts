import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../catalog/orgs.repository.ts'
import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import type { Transaction } from '../db/transaction.ts'
import { cellStates } from '../query/cell-state.ts'
import { cellStorages } from './cell-storage.ts'
import { dropEditFunctions } from './edit-function.ts'
import {
  originName,
  physical,
  rowsName,
  schemaName,
  sideName,
  stateName,
  uniqueIndexName,
  viewName,
} from './physical-names.ts'

type Column = Pick<ColumnDefinition, 'number' | 'columnType' | 'unique'>

/** A column to be made: of a formula or a plugin, with the marks of its cells. */
type NewColumn = Column & { readonly formula: unknown; readonly fill: unknown }

/**
 * Percent of a page that new rows fill. The rest takes edited rows, so that most edits stay on their page and touch no
 * index: bulk edits are a quarter faster, and the advisor's indexes cost edits of other columns nothing.
 */
const fillFactor = 90

/** Makes the physical table: 3 ms, measured. */
export async function createRowsTable(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
  columns: readonly NewColumn[],
): Promise<void> {
  const cells = columns.flatMap(columnsSql).map((column) => sql`, ${column}`)
  await tx.script([
    sql`
    create table ${physical.rows(org, table)} (
      _id bigint primary key default nextval(${physical.rowIds(org)}),
      _position numeric not null,
      _version int not null default 1,
      _created_at timestamptz(3) not null default now(),
      _created_by text not null default current_setting('opslayer.actor', true),
      _updated_at timestamptz(3) not null default now(),
      _updated_by text not null default current_setting('opslayer.actor', true),
      _external_key text collate "C",
      _source jsonb
      ${sql.join(cells, sql``)}
    ) with (fillfactor = ${sql.lit(fillFactor)})`,
  ])
  for (const column of columns) if (column.unique) await createUniqueIndex(tx, org, table, column)
}

/** Serves the rows' own order once it is not that of their ids. */
export async function createPlacesIndex(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
): Promise<void> {
  await tx.run(
    sql`create index if not exists ${sql.id(`${rowsName(table)}_position`)} on ${physical.rows(org, table)} (_position, _id)`,
  )
}

/** Keeps external keys unique per source, and finds rows by them. */
export async function createExternalIndex(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
): Promise<void> {
  await tx.run(sql`
    create unique index if not exists ${sql.id(`${rowsName(table)}_external`)} on ${physical.rows(org, table)}
      ((coalesce(_source ->> 'id', '')), _external_key) where _external_key is not null`)
}

/** Gives a column that is there what lies beside the cells of a plugin, unless it had that before. */
export async function addFillColumns(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
  column: Pick<ColumnDefinition, 'number'>,
): Promise<void> {
  const additions = filledSql(column).map((each) => sql`add column if not exists ${each}`)
  await tx.run(sql`alter table ${physical.rows(org, table)} ${sql.join(additions)}`)
}

/** Adds columns in O(1): no default, so no row is touched. */
export async function addPhysicalColumns(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
  columns: readonly NewColumn[],
): Promise<void> {
  if (columns.length === 0) return
  const additions = columns.flatMap(columnsSql).map((column) => sql`add column ${column}`)
  await tx.run(sql`alter table ${physical.rows(org, table)} ${sql.join(additions)}`)
  for (const column of columns) if (column.unique) await createUniqueIndex(tx, org, table, column)
}

function columnsSql({ number, columnType, formula, fill }: NewColumn): RawBuilder<unknown>[] {
  const { sqlType } = cellStorages[columnType.storage]
  const cell = sql`${physical.values({ number })} ${sql.raw(sqlType)}${columnType.storage === 'text' ? sql` collate "C"` : sql``}`
  if (fill !== null) return [cell, ...filledSql({ number })]
  return formula === null ? [cell] : [cell, markSql({ number })]
}

function markSql(column: Pick<ColumnDefinition, 'number'>): RawBuilder<unknown> {
  return sql`${sql.id(stateName(column))} smallint`
}

function filledSql(column: Pick<ColumnDefinition, 'number'>): RawBuilder<unknown>[] {
  return [markSql(column), sql`${sql.id(originName(column))} bigint`]
}

/**
 * What a unique index holds of a cell: the value, or for text, which may be too long for an index, its hash.
 * Why not `md5`: servers in FIPS mode refuse it; why `decode`: `convert_to` is not immutable.
 */
export function uniqueExpression(
  column: Pick<ColumnDefinition, 'columnType'>,
  cell: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return column.columnType.storage === 'text'
    ? sql`sha256(decode(replace(${cell}, chr(92), chr(92) || chr(92)), 'escape'))`
    : cell
}

export async function createUniqueIndex(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
  column: Column,
): Promise<void> {
  const cell = physical.values(column)
  await tx.run(sql`
    create unique index ${sql.id(uniqueIndexName(table, column))} on ${physical.rows(org, table)}
      ((${uniqueExpression(column, cell)})) where ${cell} is not null`)
}

export async function dropUniqueIndex(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
  column: Column,
): Promise<void> {
  await tx.run(sql`drop index if exists ${sql.id(schemaName(org), uniqueIndexName(table, column))}`)
}

/**
 * The narrow tables beside the rows. One holds what is said of single cells: warnings, why a plugin gave no value, what it sent
 * along. The other says where cells are from, once for all that were asked for together: a row for each of them took longer to
 * write than the cells.
 */
export async function createSideTable(
  tx: Transaction,
  org: Org,
  table: Pick<TableDefinition, 'number'>,
): Promise<void> {
  await tx.run(sql`
    create table if not exists ${physical.side(org, table)} (
      row_id bigint not null,
      column_number int not null,
      state smallint not null,
      code text,
      message text,
      original text,
      details jsonb,
      origin bigint,
      primary key (row_id, column_number)
    )`)
  await tx.run(sql`
    create table if not exists ${physical.origins(org, table)} (
      number bigint primary key,
      told jsonb not null,
      told_of smallint[] not null,
      hashes bigint[] not null,
      confidences float8[],
      seen_at timestamptz not null default now(),
      unused_since timestamptz
    )`)
  await tx.run(
    sql`create index if not exists ${sql.id(`${sideName(table)}_column`)} on ${physical.side(org, table)} (column_number, state, row_id)
      where state <> ${sql.lit(cellStates.done)}`,
  )
}

export async function dropRowsTable(tx: Transaction, org: Org, table: Pick<TableDefinition, 'number'>): Promise<void> {
  await tx.run(sql`drop view if exists ${sql.id(schemaName(org), viewName(table))}`)
  await tx.run(sql`drop table if exists ${physical.rows(org, table)}`)
  await tx.run(sql`drop table if exists ${physical.side(org, table)}, ${physical.origins(org, table)}`)
  await dropEditFunctions({ tx, org, table })
}
