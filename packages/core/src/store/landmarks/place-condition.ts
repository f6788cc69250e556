import { type RawBuilder, sql } from 'kysely'
import type { TableDefinition } from '../../catalog/table-definition.ts'
import type { Place } from './place.ts'

type OwnOrder = Pick<TableDefinition, 'hasPlaces'>

/** What a table's own order goes by. Positions begin as ids. */
export function ownOrder({ hasPlaces }: OwnOrder): RawBuilder<unknown> {
  return hasPlaces ? sql`t._position, t._id` : sql`t._id`
}

/** Whether the row `t` stands behind a place; any does behind null. */
export function isBehind(table: OwnOrder, place: Place | null): RawBuilder<boolean> {
  return place === null ? sql`true` : sql`(${ownOrder(table)}) > (${bound(table, place)})`
}

/** Whether the row `t` stands before a place. */
export function isBefore(table: OwnOrder, place: Place): RawBuilder<boolean> {
  return sql`(${ownOrder(table)}) < (${bound(table, place)})`
}

function bound({ hasPlaces }: OwnOrder, { position, id }: Place): RawBuilder<unknown> {
  return hasPlaces ? sql`${position}::numeric, ${id}::bigint` : sql`${id}::bigint`
}
