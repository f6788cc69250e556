import { sql } from 'kysely'
import type { OpenDatabase } from '../db/open-database.ts'
import type { RunLane } from '../db/tables/runs.db.ts'
import { type CallOptions, one } from '../db/transaction.ts'

/*
 * What is asked over all orgs of a database, in the system role: the one place where no org is named.
 */

/** Live orgs whose schema is older than `version`, in the order of their ids; `after` is the last one seen. */
export async function orgsBehind(
  database: OpenDatabase,
  version: number,
  after: string,
  limit: number,
  options: CallOptions = {},
): Promise<string[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, async ({ db }) => {
    const rows = await db
      .selectFrom('orgs')
      .select('org_id')
      .where('schema_version', '<', version)
      .where('state', '=', 'live')
      .where('org_id', '>', after)
      .orderBy('org_id')
      .limit(limit)
      .execute()
    return rows.map(({ org_id }) => org_id)
  })
}

/** How many orgs there are, and how their schemas stand to a version. */
export async function countOrgs(
  database: OpenDatabase,
  version: number,
): Promise<{ all: number; behind: number; newer: number }> {
  return await database.transaction({ scope: { kind: 'system' }, mode: 'read' }, async (tx) =>
    one(
      await tx.all(sql<{ all: number; behind: number; newer: number }>`
        select count(*)::int as all, (count(*) filter (where schema_version < ${version}))::int as behind,
          (count(*) filter (where schema_version > ${version}))::int as newer
        from ${sql.id(database.schema, 'orgs')}`),
    ),
  )
}

/**
 * Live orgs with samples of their reads, in the order of their ids. `mark` changes with each sample, whatever the clock
 * of the process that noted it.
 */
export async function orgsWithSamples(
  database: OpenDatabase,
  { after, limit }: { readonly after: string; readonly limit: number },
  options: CallOptions = {},
): Promise<{ orgId: string; mark: string }[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, ({ all }) =>
    all(sql<{ orgId: string; mark: string }>`
      select s.org_id as "orgId", sum(s.calls) || ' ' || count(*) as mark
      from ${sql.id(database.schema, 'query_samples')} as s
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = s.org_id and o.state = 'live'
      where s.org_id > ${after} group by s.org_id order by s.org_id limit ${sql.lit(limit)}`),
  )
}

/** Live tables of live orgs with a column that is filled by itself, in order; `after` is the last one seen. */
export async function tablesToFill(
  database: OpenDatabase,
  { after, limit }: { readonly after: { readonly orgId: string; readonly tableId: string }; readonly limit: number },
  options: CallOptions = {},
): Promise<{ orgId: string; tableId: string }[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, ({ all }) =>
    all(sql<{ orgId: string; tableId: string }>`
      select distinct c.org_id as "orgId", c.table_id as "tableId"
      from ${sql.id(database.schema, 'columns')} as c
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = c.org_id and o.state = 'live'
      where c.fill ->> 'auto' = 'true' and c.deleted_at is null and (c.org_id, c.table_id) > (${after.orgId}, ${after.tableId})
      order by c.org_id, c.table_id limit ${sql.lit(limit)}`),
  )
}

export interface RunToWorkOn {
  readonly orgId: string
  readonly id: string
  readonly kind: string
  readonly lane: RunLane
}

/**
 * Live tables of live orgs with a formula that calls one of `names` and was computed before a moment (ISO 8601), in the
 * order of their orgs and ids; now and then one more, whose formula only has such a name as a text.
 */
export async function tablesCalling(
  database: OpenDatabase,
  names: readonly string[],
  before: string,
  { after, limit }: { readonly after: { readonly orgId: string; readonly tableId: string }; readonly limit: number },
  options: CallOptions = {},
): Promise<{ orgId: string; tableId: string }[]> {
  const called = `\\m(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})\\M`
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, ({ all }) =>
    all(sql<{ orgId: string; tableId: string }>`
      select distinct c.org_id as "orgId", c.table_id as "tableId"
      from ${sql.id(database.schema, 'columns')} as c
      join ${sql.id(database.schema, 'tables')} as t on t.org_id = c.org_id and t.id = c.table_id and t.deleted_at is null
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = c.org_id and o.state = 'live'
      where c.formula ~* ${called} and c.deleted_at is null and coalesce(c.formula_at < ${before}::timestamptz, true)
        and (c.org_id, c.table_id) > (${after.orgId}, ${after.tableId})
      order by c.org_id, c.table_id limit ${sql.lit(limit)}`),
  )
}

/** Live orgs that were made and last tidied up before a moment (ISO 8601), in the order of their ids. */
export async function orgsToTidy(
  database: OpenDatabase,
  before: string,
  { after, limit }: { readonly after: string; readonly limit: number },
  options: CallOptions = {},
): Promise<string[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, async ({ all }) => {
    const rows = await all(sql<{ orgId: string }>`
      select org_id as "orgId" from ${sql.id(database.schema, 'orgs')}
      where state = 'live' and coalesce(tidied_at, created_at) < ${before}::timestamptz and org_id > ${after}
      order by org_id limit ${sql.lit(limit)}`)
    return rows.map(({ orgId }) => orgId)
  })
}

/**
 * Runs of live orgs that no process holds, in the order of their orgs and ids; `after` is the last one seen.
 *
 * @param alone claims of former processes do not count, since there is no other process
 */
export async function runsToWorkOn(
  database: OpenDatabase,
  { after, limit }: { readonly after: { readonly orgId: string; readonly id: string }; readonly limit: number },
  alone: boolean,
  options: CallOptions = {},
): Promise<RunToWorkOn[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, ({ all }) =>
    all(sql<RunToWorkOn>`
      select r.org_id as "orgId", r.id, r.kind, r.lane
      from ${sql.id(database.schema, 'runs')} as r
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = r.org_id and o.state = 'live'
      where (r.state in ('queued', 'running') or r.resume_at is not null) and (r.org_id, r.id) > (${after.orgId}, ${after.id})
        and case r.state
          when 'running' then r.lease_until is null or r.lease_until < clock_timestamp() or ${alone}
          when 'queued' then coalesce(r.resume_at <= clock_timestamp(), true)
          else r.resume_at <= clock_timestamp() end
      order by r.org_id, r.id limit ${sql.lit(limit)}`),
  )
}

/** Live orgs with runs that ended before a moment (ISO 8601), in the order of their ids. */
export async function orgsWithEndedRuns(
  database: OpenDatabase,
  before: string,
  { after, limit }: { readonly after: string; readonly limit: number },
  options: CallOptions = {},
): Promise<string[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, async ({ all }) => {
    const rows = await all(sql<{ orgId: string }>`
      select distinct r.org_id as "orgId" from ${sql.id(database.schema, 'runs')} as r
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = r.org_id and o.state = 'live'
      where r.ended_at < ${before}::timestamptz and r.org_id > ${after} order by r.org_id limit ${sql.lit(limit)}`)
    return rows.map(({ orgId }) => orgId)
  })
}

/** Those of the names that are files of imports which may still read them. */
export async function filesOfRuns(
  database: OpenDatabase,
  names: readonly string[],
  options: CallOptions = {},
): Promise<string[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, async ({ all }) => {
    const rows = await all(sql<{ file: string }>`
      select distinct input -> 'source' ->> 'file' as file from ${sql.id(database.schema, 'runs')}
      where kind = 'import' and state not in ('done', 'cancelled')
        and input -> 'source' ->> 'file' = any (${[...names]}::text[])`)
    return rows.map(({ file }) => file)
  })
}

/** Live orgs with keys under another key of the host's than `kekId`, in the order of their ids. */
export async function orgsWithFormerKeys(
  database: OpenDatabase,
  kekId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
  options: CallOptions = {},
): Promise<string[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, async ({ all }) => {
    const rows = await all(sql<{ orgId: string }>`
      select distinct k.org_id as "orgId" from ${sql.id(database.schema, 'secret_keys')} as k
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = k.org_id and o.state = 'live'
      where k.kek_id <> ${kekId} and k.org_id > ${after} order by k.org_id limit ${sql.lit(limit)}`)
    return rows.map(({ orgId }) => orgId)
  })
}

/** Schedules of live orgs that are due at a moment and that no process holds; `after` is the last one seen. */
export async function dueSchedules(
  database: OpenDatabase,
  now: Date,
  { after, limit }: { readonly after: { readonly orgId: string; readonly id: string }; readonly limit: number },
  options: CallOptions = {},
): Promise<{ orgId: string; id: string }[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, ({ all }) =>
    all(sql<{ orgId: string; id: string }>`
      select s.org_id as "orgId", s.id
      from ${sql.id(database.schema, 'schedules')} as s
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = s.org_id and o.state = 'live'
      where s.enabled and s.next_at <= ${now.toISOString()}::timestamptz and (s.org_id, s.id) > (${after.orgId}, ${after.id})
        and (s.claim_until is null or s.claim_until < clock_timestamp())
      order by s.org_id, s.id limit ${sql.lit(limit)}`),
  )
}

/** Connections of live orgs with deliveries to deal with that no process deals with; `after` is the last one seen. */
export async function inboxesToWorkOn(
  database: OpenDatabase,
  { after, limit }: { readonly after: { readonly orgId: string; readonly id: string }; readonly limit: number },
  alone: boolean,
  options: CallOptions = {},
): Promise<{ orgId: string; id: string }[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, ({ all }) =>
    all(sql<{ orgId: string; id: string }>`
      select c.org_id as "orgId", c.id
      from ${sql.id(database.schema, 'connections')} as c
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = c.org_id and o.state = 'live'
      where (c.org_id, c.id) > (${after.orgId}, ${after.id})
        and (c.inbox_claim_until is null or c.inbox_claim_until < clock_timestamp() or ${alone})
        and exists (
          select 1 from ${sql.id(database.schema, 'webhook_deliveries')} as d
          where d.org_id = c.org_id and d.connection_id = c.id and d.state = 'stored'
            and coalesce(d.next_at <= clock_timestamp(), true))
      order by c.org_id, c.id limit ${sql.lit(limit)}`),
  )
}

/** Connections of live orgs whose account at the vendor is one of those given. */
export async function connectionsOfAccounts(
  database: OpenDatabase,
  plugin: string,
  accounts: readonly string[],
  options: CallOptions = {},
): Promise<{ orgId: string; id: string; account: string }[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, ({ all }) =>
    all(sql<{ orgId: string; id: string; account: string }>`
      select c.org_id as "orgId", c.id, c.account_id as account
      from ${sql.id(database.schema, 'connections')} as c
      join ${sql.id(database.schema, 'orgs')} as o on o.org_id = c.org_id and o.state = 'live'
      where c.plugin = ${plugin} and c.account_id = any (${accounts}::text[]) order by c.org_id, c.id`),
  )
}
