import { sql } from 'kysely'
import { firstCallIdOf } from '../catalog/new-id.ts'
import type { OpenDatabase } from '../db/open-database.ts'

/** A request that went out. */
export interface LoggedCall {
  readonly id: string
  readonly at: Date
  readonly pluginId: string
  readonly connectionId: string | null
  readonly runId: string | null
  readonly method: string
  readonly host: string
  readonly route: string
  readonly status: number | null
  readonly error: string | null
  readonly ms: number
  readonly attempt: number
  readonly requestId: string | null
}

/**
 * Writes calls and adds them to the sums, by minute and by hour, in one statement. It does not wait for the disk: a crash of
 * the server may take the last calls with it.
 */
export async function writeCalls(database: OpenDatabase, orgId: string, calls: readonly LoggedCall[]): Promise<void> {
  const rows = JSON.stringify(calls)
  const table = (name: string) => sql.id(database.schema, name)
  await database.transaction({ scope: { kind: 'org', orgId, actor: 'system:http' }, mode: 'write' }, async (tx) => {
    await tx.run(sql`
      with given as (
        select g.*, set_config('synchronous_commit', 'off', true) from jsonb_to_recordset(${rows}::jsonb) as g (
          id text, at timestamptz, "pluginId" text, "connectionId" text, "runId" text, method text, host text, route text,
          status int, error text, ms float8, attempt int, "requestId" text)
      ), logged as (
        insert into ${table('http_calls')} (org_id, id, at, plugin, connection_id, run_id, method, host, route, status, error, ms, attempt, request_id)
        select ${orgId}, g.id, g.at, g."pluginId", g."connectionId", g."runId", g.method, g.host, g.route, g.status, g.error, g.ms, g.attempt, g."requestId"
        from given as g
      )
      insert into ${table('http_metrics')} as m (org_id, plugin, connection_id, unit, bucket, calls, refused, throttled, failed, total_ms, max_ms)
      select ${orgId}, g."pluginId", coalesce(g."connectionId", ''), u.unit, date_trunc(u.unit, g.at, 'UTC'), count(*),
        count(*) filter (where g.status between 400 and 499 and g.status <> 429), count(*) filter (where g.status = 429),
        count(*) filter (where g.status >= 500 or g.status is null), sum(g.ms), max(g.ms)
      from given as g cross join (values ('minute'), ('hour')) as u (unit)
      group by g."pluginId", coalesce(g."connectionId", ''), u.unit, date_trunc(u.unit, g.at, 'UTC')
      order by 2, 3, 4, 5
      on conflict (org_id, plugin, connection_id, unit, bucket) do update set
        calls = m.calls + excluded.calls, refused = m.refused + excluded.refused, throttled = m.throttled + excluded.throttled,
        failed = m.failed + excluded.failed, total_ms = m.total_ms + excluded.total_ms, max_ms = greatest(m.max_ms, excluded.max_ms)`)
  })
}

const day = 86_400_000

/** How long calls, sums of minutes and sums of hours are kept. */
const keptMs = { calls: 14 * day, minute: 2 * day, hour: 90 * day } as const

/** Rows deleted in one transaction at most, of each kind. */
const prunedAtOnce = 5_000

/** Deletes what is older than it is kept, some thousand rows at a time. */
export async function pruneCalls(database: OpenDatabase, orgId: string, now: Date): Promise<void> {
  const before = (ms: number): Date => new Date(now.getTime() - ms)
  const calls = sql.id(database.schema, 'http_calls')
  const sums = sql.id(database.schema, 'http_metrics')
  await database.transaction({ scope: { kind: 'org', orgId, actor: 'system:http' }, mode: 'write' }, async (tx) => {
    await tx.run(sql`
      delete from ${calls} where org_id = ${orgId} and id in (
        select c.id from ${calls} as c where c.org_id = ${orgId} and c.id < ${firstCallIdOf(before(keptMs.calls))}
        order by c.id limit ${sql.lit(prunedAtOnce)})`)
    for (const unit of ['minute', 'hour'] as const) {
      await tx.run(sql`
        delete from ${sums} where (org_id, plugin, connection_id, unit, bucket) in (
          select m.org_id, m.plugin, m.connection_id, m.unit, m.bucket from ${sums} as m
          where m.org_id = ${orgId} and m.unit = ${unit} and m.bucket < ${before(keptMs[unit]).toISOString()}
          limit ${sql.lit(prunedAtOnce)})`)
    }
  })
}
