import { type RawBuilder, sql } from 'kysely'
import { sortKeySql } from '../values/sort-key.ts'

/** The sort key of a text, computed by PostgreSQL: equal to the one `sortKey` computes. Null for null. */
export function sortKeyExpression(text: RawBuilder<unknown>): RawBuilder<unknown> {
  const [before, after] = sortKeySql('\u0000').split('\u0000')
  return sql`${sql.raw(before ?? '')}${text}${sql.raw(after ?? '')}`
}
