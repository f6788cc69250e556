import { type RawBuilder, sql } from 'kysely'
import type { TableDefinition } from '../../catalog/table-definition.ts'
import type { Json } from '../../values/json.ts'
import type { TableWork } from '../org-session.ts'
import { physical } from '../physical-names.ts'

/**
 * Where cells of plugins are from. What a call says of all its cells is kept once, in a row of the table's `origins` for each window;
 * beside the cell, `c<n>_o` holds the number of that row and the cell's place in it. A cell that a person writes has none; the
 * log keeps the one it had, and undo puts it into the side table.
 */

/** Cells of one origin at most, and what its number is multiplied by in `c<n>_o`. A window is of 5,000 at most. */
const step = 10_000

/** Said of a cell alike in one call. */
export type CellDetails = Readonly<Record<string, Json>>

/** What there is to know of where a cell is from. */
export interface CellOrigin {
  /** Cells of one call have this in common: one object for all of them. */
  readonly told: CellDetails
  /** Of its inputs, as a whole number. */
  readonly hash: string
  readonly confidence: number | null
  /** What is kept of this cell alone, beside it; null for nothing. */
  readonly own: CellDetails | null
}

/** A member of a `with` that keeps the origin of cells, in their order, and gives its `number`. */
export function insertOrigin(
  { org, table }: Pick<TableWork, 'org' | 'table'>,
  cells: readonly CellOrigin[],
): RawBuilder<unknown> {
  const told = [...new Set(cells.map((cell) => cell.told))]
  const places = new Map(told.map((each, place) => [each, place]))
  const confidences = cells.some(({ confidence }) => confidence !== null)
    ? cells.map(({ confidence }) => confidence)
    : null
  return sql`
    insert into ${physical.origins(org, table)} (number, told, told_of, hashes, confidences)
    values (nextval(${physical.rowIds(org)}), ${JSON.stringify(told)}::jsonb, ${cells.map((cell) => places.get(cell.told) ?? 0)}::smallint[],
      ${cells.map(({ hash }) => hash)}::bigint[], ${confidences}::float8[])
    returning number`
}

/** What `c<n>_o` holds of the cell at a place, counted from one. */
export function originAt(number: RawBuilder<unknown>, place: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${number} * ${sql.lit(step)} + ${place}`
}

/** The number of the origin that a cell names. */
export function originNumber(origin: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${origin} / ${sql.lit(step)}`
}

/** The details of the cell that names an origin, as one object. */
export async function readOrigin({ tx, org, table }: TableWork, origin: string): Promise<Json> {
  const place = sql`(${origin}::bigint % ${sql.lit(step)})::int`
  const [found] = await tx.all(sql<{ details: Json }>`
    select (o.told -> o.told_of[${place}]::int) || jsonb_build_object('hash', o.hashes[${place}]::text, 'confidence', o.confidences[${place}]) as details
    from ${physical.origins(org, table)} as o where o.number = ${originNumber(sql`${origin}::bigint`)}`)
  return found?.details ?? {}
}

/**
 * Copies the origins that rows of the relation `m` and what lies beside them name, into a copy of the table.
 *
 * @param origins of their cells, over `m`
 */
export function copyOrigins(
  { org, table }: Pick<TableWork, 'org' | 'table'>,
  copy: TableDefinition,
  origins: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const named = origins.map((origin) => sql`select ${originNumber(origin)} from m where ${origin} is not null`)
  return sql`
    insert into ${physical.origins(org, copy)} (number, told, told_of, hashes, confidences)
    select number, told, told_of, hashes, confidences from ${physical.origins(org, table)}
    where number in (
      ${sql.join(named, sql` union `)} union
      select ${originNumber(sql`s.origin`)} from m join ${physical.side(org, table)} as s on s.row_id = m._id where s.origin is not null)
    on conflict do nothing`
}
