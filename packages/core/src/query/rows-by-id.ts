import { type RawBuilder, sql } from 'kysely'
import { say } from '../sentences/say.ts'
import { bindValues, isBindable } from './bind-value.ts'
import { cursorKeys } from './order-key.ts'
import { rowsTable } from './physical.ts'
import { type PhysicalRow, projection } from './projection.ts'
import { queryFault } from './query-fault.ts'
import type { QueryColumn, QueryTable } from './query-table.ts'
import type { CheckedSort } from './sort.ts'

export interface RowsByIdQuery {
  readonly table: QueryTable
  /** At most 10,000; ids that no row has are passed over. */
  readonly ids: readonly string[]
  readonly columns: readonly QueryColumn[]
  /** The order for whose cursors the keys are wanted: `encodeCursor` makes a known row's place of them. */
  readonly sort?: CheckedSort | undefined
}

/**
 * The rows of some ids, by ascending id.
 *
 * @throws OpsError `INVALID_QUERY` for something that is no id, `LIMIT_EXCEEDED` for too many
 */
export function selectRowsById({ table, ids, columns, sort }: RowsByIdQuery): RawBuilder<PhysicalRow> {
  if (ids.length > 10_000) throw queryFault(['ids'], say('Ask for at most 10,000 rows at once.'), 'LIMIT_EXCEEDED')
  const wrong = ids.findIndex((id) => !isBindable('bigint', id))
  if (wrong !== -1) throw queryFault(['ids', wrong], say('A row id is a whole number.'))
  const list = sql.join([projection(columns), ...(sort === undefined ? [] : cursorKeys(sort))])
  return sql`select ${list} from ${rowsTable(table)} as t where t._id = any(${bindValues('bigint', ids)}) order by t._id`
}
