import { type RawBuilder, sql } from 'kysely'
import type { CheckedFilter } from './checked-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { allOf } from './compile-predicate.ts'
import { decodeCursor } from './cursor.ts'
import { branches } from './keyset.ts'
import { rowsTable } from './physical.ts'
import type { CheckedSort } from './sort.ts'

/**
 * How many rows lie behind a place in the order: `{ behind }`, a JavaScript number. With the count of all rows it gives
 * the number of a row in its view (`total - behind`, from 1), so that a grid can jump to a row it knows. Goes through
 * the rows behind the place, along the index where one serves the sort.
 *
 * @throws OpsError `INVALID_QUERY` for a cursor of another sort
 */
export function selectBehind(
  filter: CheckedFilter,
  sort: CheckedSort,
  after: string,
): RawBuilder<{ readonly behind: number }> {
  const condition = compileFilter(filter)
  const counts = branches(sort, decodeCursor(sort, after)).flatMap((branch) => {
    if (branch === undefined) return []
    return [sql`(select count(*) from ${rowsTable(filter.table)} as t where ${allOf([...branch.where, condition])})`]
  })
  return sql`select (${sql.join(counts, sql` + `)})::float8 as behind`
}
