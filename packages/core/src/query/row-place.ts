import { type RawBuilder, sql } from 'kysely'
import type { Json } from '../values/json.ts'
import { bindValue } from './bind-value.ts'
import type { CheckedFilter } from './checked-filter.ts'
import { compileFilter } from './compile-filter.ts'
import type { GroupLevel } from './group-by.ts'
import { groupKeyOf } from './group-key.ts'
import { cursorKeys } from './order-key.ts'
import { rowsTable } from './physical.ts'
import type { CheckedSort } from './sort.ts'

export interface RowPlaceQuery {
  readonly filter: CheckedFilter
  readonly sort: CheckedSort
  /** @default none */
  readonly levels?: readonly GroupLevel[] | undefined
  readonly rowId: string
}

/** What a row's place follows from. */
export interface RowPlaceKeys {
  readonly _id: string
  /** Keys of its groups, outermost first. */
  readonly _path: readonly Json[]
  readonly [key: `_k${number}`]: string | null
}

/** The keys of one row's place in an order and a grouping: one row, or none if the filter keeps it out. */
export function selectRowPlace({ filter, sort, levels = [], rowId }: RowPlaceQuery): RawBuilder<RowPlaceKeys> {
  const path = sql`jsonb_build_array(${sql.join(levels.map(groupKeyOf))}) as _path`
  const list = sql.join([sql`t._id`, path, ...cursorKeys(sort)])
  return sql`select ${list} from ${rowsTable(filter.table)} as t where t._id = ${bindValue('bigint', rowId)} and ${compileFilter(filter)}`
}
