import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../catalog/orgs.repository.ts'
import { columnsAsJson } from './cell-parameters.ts'
import { type EntryHead, insertEntry } from './log-entry.ts'

/**
 * The log entry of rows that got another position, none if there are no rows.
 *
 * @param moved relation with `_id` and the position before, `b`, and after, `a`
 * @param options `spread`: the rows only made room; undo puts them back without counting or reporting them
 */
export function movesEntry(
  org: Org,
  entry: EntryHead,
  moved: RawBuilder<unknown>,
  { spread = false }: { readonly spread?: boolean } = {},
): RawBuilder<unknown> {
  const position = (json: RawBuilder<unknown>): { name: string; json: RawBuilder<unknown> } => ({
    name: '_position',
    json,
  })
  const mark = spread ? [{ name: '_spread', json: sql`true` }] : []
  const none = sql`null::json`
  return insertEntry(
    org,
    entry,
    {
      count: sql`e.n`,
      first: sql`e.first`,
      last: sql`e.last`,
      ids: sql`e.ids`,
      before: columnsAsJson([], none, [position(sql`e.b`)]),
      after: columnsAsJson([], none, [position(sql`e.a`), ...mark]),
    },
    sql`(
      select count(*)::int as n, min(_id) as first, max(_id) as last, array_agg(_id order by _id) as ids,
        json_agg(b order by _id) as b, json_agg(a order by _id) as a
      from ${moved}
    ) as e where e.n > 0`,
  )
}
