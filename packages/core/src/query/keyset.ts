import { type RawBuilder, sql } from 'kysely'
import { bindValue } from './bind-value.ts'
import { allOf, anyOf } from './compile-predicate.ts'
import type { Cursor } from './cursor.ts'
import { type OrderKey, orderKeys } from './order-key.ts'
import { cellRef } from './physical.ts'
import type { CheckedSort, SortDirection } from './sort.ts'

/** One of the parts in which an ordered read is done. */
export interface Branch {
  readonly where: readonly RawBuilder<boolean>[]
  readonly orderBy: RawBuilder<unknown>
}

/**
 * An order as branches to be read one after the other: the rows that have a value in the first sort, then those that
 * are empty there. Either branch is one range of an ascending index `(c, _id)`, forwards or backwards; as one ORDER BY
 * with NULLS LAST a descending read would need an index of its own.
 *
 * With `after`, only rows behind that place.
 */
export function branches(sort: CheckedSort, after: Cursor | null): readonly [Branch, Branch?] {
  const keys = orderKeys(sort)
  const [first, ...rest] = keys
  const tie = sql`${cellRef('_id')} ${direction(first.dir)}`
  const restOrder = [...rest.map((step) => sql`${step.key} ${direction(step.dir)} nulls last`), tie]
  const values = {
    where: first.total ? [] : [sql<boolean>`${first.presence} is not null`],
    orderBy: sql.join([sql`${first.key} ${direction(first.dir)}`, ...restOrder]),
  }
  const empties = { where: [sql<boolean>`${first.presence} is null`], orderBy: sql.join(restOrder) }
  if (after === null) return first.total ? [values] : [values, empties]
  const [value = null, ...restValues] = after.values
  if (value === null) {
    return [{ ...empties, where: [...empties.where, beyond(rest, restValues, after.id, first.dir)] }]
  }
  const valuesAfter = { ...values, where: [...values.where, beyondFirst(first, value, rest, restValues, after.id)] }
  return first.total ? [valuesAfter] : [valuesAfter, empties]
}

/** Rows behind the place, among those with a value in the first sort. */
function beyondFirst(
  first: OrderKey,
  value: string,
  rest: readonly OrderKey[],
  restValues: readonly (string | null)[],
  id: string,
): RawBuilder<boolean> {
  const bound = bindValue(first.type, value)
  const behind = first.dir === 'asc' ? sql`>` : sql`<`
  if (rest.length === 0) {
    return sql`(${first.key}, ${cellRef('_id')}) ${behind} (${bound}, ${bindValue('bigint', id)})`
  }
  // The first comparison is implied by the rest; it is the one that an index can start from.
  return allOf([
    sql`${first.key} ${behind}= ${bound}`,
    anyOf([
      sql`${first.key} ${behind} ${bound}`,
      allOf([sql`${first.key} = ${bound}`, beyond(rest, restValues, id, first.dir)]),
    ]),
  ])
}

/** Rows behind the place in the lesser sorts, whose empty cells come last. */
function beyond(
  keys: readonly OrderKey[],
  values: readonly (string | null)[],
  id: string,
  tieDir: SortDirection,
): RawBuilder<boolean> {
  const [key, ...rest] = keys
  if (key === undefined) return sql`${cellRef('_id')} ${tieDir === 'asc' ? sql`>` : sql`<`} ${bindValue('bigint', id)}`
  const [value = null, ...restValues] = values
  const equalBefore = beyond(rest, restValues, id, tieDir)
  if (value === null) return allOf([sql`${key.presence} is null`, equalBefore])
  const bound = bindValue(key.type, value)
  return anyOf([
    sql`${key.key} ${key.dir === 'asc' ? sql`>` : sql`<`} ${bound}`,
    sql`${key.presence} is null`,
    allOf([sql`${key.key} = ${bound}`, equalBefore]),
  ])
}

function direction(dir: SortDirection): RawBuilder<unknown> {
  return dir === 'asc' ? sql`asc` : sql`desc`
}
