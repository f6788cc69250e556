import { type RawBuilder, sql } from 'kysely'
import { say } from '../sentences/say.ts'
import { allOf, type CheckedFilter, type CheckedNode } from './checked-filter.ts'
import { compilePredicate } from './compile-predicate.ts'
import { orderedRead } from './ordered-read.ts'
import { cellRef } from './physical.ts'
import { checkedSearch } from './query-bounds.ts'
import { queryFault } from './query-fault.ts'
import type { QueryColumn } from './query-table.ts'
import { searchPredicate } from './search-predicate.ts'
import type { CheckedSort } from './sort.ts'

export interface FindQuery {
  /** What the user sees: hits lie among these rows. */
  readonly filter: CheckedFilter
  readonly sort: CheckedSort
  readonly text: string
  /** The columns to look in, as the user sees them. */
  readonly columns: readonly QueryColumn[]
  /** How many rows with hits, 1 to 1,000. */
  readonly limit: number
  /** The cursor of the last hit before; absent for the first. */
  readonly after?: string | undefined
}

/** A row with at least one hit. */
export interface FindRow {
  readonly _id: string
  /** Ids of the columns that hold the text, in the order asked. */
  readonly _hits: readonly string[]
  readonly [key: `_k${number}`]: string | null
}

/** The rows of a view in which a text is found: the filter to count them by, and to find their places with. */
export function findFilter({ filter, text, columns }: Pick<FindQuery, 'filter' | 'text' | 'columns'>): CheckedFilter {
  const of = columns.flatMap((column): CheckedNode[] => {
    const predicate = searchPredicate(column, findText(text), filter.context)
    return predicate === null ? [] : [{ kind: 'predicate', column, predicate }]
  })
  return allOf(filter, { ...filter, root: { kind: 'or', of } })
}

/**
 * Finds a text in the rows of a view, in the view's order, page by page; `encodeCursor` of the last row goes on. For
 * "3 of 47" count `findFilter` with `selectCount` once, and number the hits while going through them, or ask
 * `selectBehind` for the number of one.
 *
 * @throws OpsError `INVALID_QUERY` for an empty text or bounds that do not fit
 */
export function selectFind(query: FindQuery): RawBuilder<FindRow> {
  const hits = query.columns.flatMap((column) => {
    const predicate = searchPredicate(column, findText(query.text), query.filter.context)
    if (predicate === null) return []
    const target = { ref: cellRef(column.values), storage: column.type.storage }
    return [sql`case when ${compilePredicate(predicate, target, false)} then ${column.id}::text end`]
  })
  const list = sql`t._id, to_jsonb(array_remove(array[${sql.join(hits)}]::text[], null)) as _hits`
  const { sort, limit, after } = query
  return orderedRead<FindRow>({ filter: findFilter(query), sort, limit, after, list, late: true })
}

function findText(text: string): string {
  const wanted = checkedSearch(text, ['text'])
  if (wanted === '') throw queryFault(['text'], say('Write between 1 and 1,000 characters to find.'))
  return wanted
}
