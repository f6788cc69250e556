import { type RawBuilder, sql } from 'kysely'
import { sortKeySql } from '../values/sort-key.ts'

const [before = '', after = ''] = sortKeySql('\u0000').split('\u0000')

/**
 * The sort key of a text, computed by PostgreSQL: equal to the one that `sortKey` computes. Null for null. Expects a
 * column, since it is written several times.
 *
 * Ordinary ASCII text takes a short way. Measured on PostgreSQL 15 with 500,000 e-mail addresses, two cores: 1.6 s
 * against 4.4 s.
 */
export function sortKeyExpression(text: RawBuilder<unknown>): RawBuilder<string> {
  const folded = sql`rtrim(lower(left(${text}, 100) collate "C"))`
  // More zeros than needed before each number, then its last twelve digits.
  const padded = sql`left(regexp_replace(regexp_replace(${folded}, '[0-9]+', '00000000000\\&', 'g'), '[0-9]*([0-9]{12})', '\\1', 'g'), 200)`
  const full = sql`${sql.raw(before)}${text}${sql.raw(after)}`
  // Double spaces, spaces at the ends and numbers of more than twelve digits go the long way too.
  const isOrdinary = sql`${text} collate "C" ~ '^[ -~]*$' and ${text} collate "C" !~ '  |^ | $|[1-9][0-9]{12}'`
  return sql`case when ${isOrdinary} then case when ${text} collate "C" ~ '[0-9]' then ${padded} else ${folded} end else ${full} end`
}
