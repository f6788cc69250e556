import { type RawBuilder, sql } from 'kysely'

/** Ids that lie this far apart on average count as neighbours. */
const neighbourly = 10n

/**
 * Whether a row, under the alias `t`, lies between the first and the last of some: to be said beside a join that names them one
 * by one, so that neighbours are read by one scan of the index between them. PostgreSQL else reads tables of up to 25,000
 * rows whole for a window of 500, as so many looks into the index seem dearer: 6 ms for each 10,000 rows.
 *
 * @param ids one at least
 */
export function isBetween(ids: readonly string[]): RawBuilder<boolean> {
  const { first, last } = endsOf(ids)
  return sql<boolean>`t._id between ${String(first)}::bigint and ${String(last)}::bigint`
}

/** Whether a row, under the alias `t`, is one of some. Neighbours are read like that, too. */
export function isAmong(ids: readonly string[]): RawBuilder<boolean> {
  if (ids.length === 0) return sql<boolean>`false`
  const isNamed = sql<boolean>`t._id = any (${[...ids]}::bigint[])`
  const { first, last } = endsOf(ids)
  if (last - first > neighbourly * BigInt(ids.length)) return isNamed
  // Said so that no index is asked for the names: up to version 16 PostgreSQL counts that as dear, and reads the table.
  return sql<boolean>`${isBetween(ids)} and (${isNamed}) is true`
}

function endsOf(ids: readonly string[]): { readonly first: bigint; readonly last: bigint } {
  const ordered = ids.map(BigInt).sort((a, b) => (a < b ? -1 : 1))
  return { first: ordered[0] ?? 0n, last: ordered.at(-1) ?? 0n }
}
