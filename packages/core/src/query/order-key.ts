import { type RawBuilder, sql } from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import type { BoundType } from './bind-value.ts'
import { optionsOf } from './column-options.ts'
import { cellRef } from './physical.ts'
import type { CheckedSort, SortDirection, SortTerm } from './sort.ts'
import { sortKeyExpression } from './sort-key-expression.ts'

/** One step of an ORDER BY: what rows are ordered by, as SQL. */
export interface OrderKey {
  /** Null where the cell is empty, and only there. */
  readonly key: RawBuilder<unknown>
  /** Is null where the cell is empty; a plain column wherever an index could be on it. */
  readonly presence: RawBuilder<unknown>
  readonly type: BoundType
  readonly dir: SortDirection
  /** Whether cells are never empty, so that there is no branch of empties. */
  readonly total: boolean
}

/** Behind every option's place: the place of an id that the settings no longer list. */
const placeOfUnknown = 100_000

/** The steps of an order, before the tie-break by `_id`. */
export function orderKeys(sort: CheckedSort): readonly [OrderKey, ...OrderKey[]] {
  const [first, ...rest] = sort.terms
  if (first === undefined) {
    const own = cellRef(sort.own)
    return [{ key: own, presence: own, type: sort.own === '_id' ? 'bigint' : 'numeric', dir: 'asc', total: true }]
  }
  return [orderKey(first), ...rest.map((term) => orderKey(term))]
}

/** The keys as text under the names `_k1`, `_k2` …, for `encodeCursor`. */
export function cursorKeys(sort: CheckedSort): readonly RawBuilder<unknown>[] {
  return orderKeys(sort).map(({ key }, i) => sql`(${key})::text as ${sql.id(`_k${i + 1}`)}`)
}

/** The step of one term; `of` is the expression that holds the column's values, where it is not the cell itself. */
export function orderKey({ column, dir, locale }: SortTerm, of?: RawBuilder<unknown>): OrderKey {
  const ref = of ?? cellRef(column.values)
  const step = (key: RawBuilder<unknown>, type: BoundType, presence = ref): OrderKey => {
    return { key, presence, type, dir, total: false }
  }
  if (locale !== null) return step(sql`${ref} collate ${sql.id(`${locale}-x-icu`)}`, 'text')
  const { storage, sort } = column.type
  switch (sort) {
    case 'natural-text': {
      if (column.sortKey !== null && of === undefined) {
        const stored = cellRef(column.sortKey)
        return step(sql`${stored} collate "C"`, 'text', stored)
      }
      return step(
        sql`${sortKeyExpression(storage === 'text[]' ? sql`array_to_string(${ref}, ' ')` : ref)} collate "C"`,
        'text',
      )
    }
    case 'option-order': {
      const ids = optionsOf(column.settings).map((option) => option.id)
      const place = (id: RawBuilder<unknown>) =>
        sql`coalesce(array_position(${ids}::text[], ${id}), ${placeOfUnknown}::int)`
      if (storage === 'text[]') {
        const item = place(sql.ref('item.value'))
        // Lists go option by option, like words letter by letter.
        return step(
          sql`(select array_agg(${item} order by item.n) from unnest(${ref}) with ordinality as item(value, n))`,
          'int[]',
        )
      }
      return step(sql`case when ${ref} is null then null else ${place(ref)} end`, 'int')
    }
    case 'value':
      switch (storage) {
        case 'text':
          return step(sql`${ref} collate "C"`, 'text')
        case 'numeric':
          // Compared as a bigint, the row id can use its index.
          return step(ref, column.values === '_id' ? 'bigint' : storage)
        case 'boolean':
        case 'date':
        case 'timestamptz':
          return step(ref, storage)
        case 'text[]':
        case 'jsonb':
          break
        default:
          return storage satisfies never
      }
      break
    case 'none':
      break
    default:
      return sort satisfies never
  }
  throw new OpsError('INTERNAL', `The column type ${column.type.id} cannot be sorted by “${sort}” as ${storage}.`)
}
