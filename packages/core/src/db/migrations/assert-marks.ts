import { quoteLiteral } from '../quote.ts'
import type { MigrationContext } from './catalog-migration.ts'

/** What `assert_marks` raises. */
export const outdatedCode = 'OPS01'

/**
 * The function that an envelope calls to be sure of what it assumes. PostgreSQL keeps the plan of its query, which took
 * half of the time of an envelope to make: 0.23 ms with begin and commit before, 0.12 since (PostgreSQL 18).
 *
 * It is volatile, so that it sees what was committed before the locks of the envelope were granted.
 */
export function assertMarks({ schema, roles }: Pick<MigrationContext, 'schema' | 'roles'>): string[] {
  const body = `begin
  if not exists (
    select from ${schema}.orgs as o join ${schema}.tables as t on t.org_id = o.org_id
    where o.org_id = $1 and o.short_id = $3 and o.revision = $4 and o.state = 'live' and t.id = $2 and t.revision = $5
  ) then
    raise exception 'The org or the table is not as assumed.' using errcode = '${outdatedCode}';
  end if;
end`
  const signature = `${schema}.assert_marks(text, text, text, int, int)`
  return [
    `create function ${signature} returns void language plpgsql as ${quoteLiteral(body)}`,
    `grant execute on function ${signature} to ${roles.org}, ${roles.system}`,
  ]
}
