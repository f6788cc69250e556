import { sql } from 'kysely'
import type { OpenDatabase } from '../db/open-database.ts'
import type { CallOptions, Transaction } from '../db/transaction.ts'
import { one } from '../db/transaction.ts'

/** Whose limits: an org's connection, or a plugin for all orgs (then `orgId` is empty). */
export interface LimitHolder {
  readonly orgId: string
  readonly holder: string
}

/** What is asked of one limit. */
export interface SlotRule {
  readonly name: string
  /** Between two calls; null for a budget. */
  readonly intervalMs: number | null
  readonly max: number
  readonly perMs: number
}

/** Where one limit stood when slots were taken. All times are milliseconds from then on. */
export interface TakenSlots {
  readonly name: string
  /** Slots taken, the same of all limits; 0 if one of them had none in the near future. */
  readonly taken: number
  /** The theoretical arrival time of the first slot. */
  readonly nextMs: number
  /** The interval that holds at present: longer than declared after the vendor refused calls. */
  readonly intervalMs: number | null
  readonly blockedMs: number
  /** Calls left in the window of a budget, before these. */
  readonly left: number
  /** End of a budget's window. */
  readonly resetMs: number
  readonly epoch: number
}

const nowMs = sql<number>`extract(epoch from clock_timestamp())::float8 * 1000`

/** A limit that stands some milliseconds back after a crash of the server does no harm: nobody waits for the disk. */
const looseCommit = sql`set_config('synchronous_commit', 'off', true)`

/** Nobody takes slots further ahead than this. */
const horizonMs = 60_000

/** A rate that was lowered stays so for this long, and then rises by a quarter each time. */
const holdMs = 60_000
const rise = 1.25

/** What a refusal leaves of the full rate, and of one that was lowered before. */
const firstLowering = 0.5
const nextLowering = 0.8
const leastFactor = 0.01

/**
 * Takes up to `count` slots from several limits at once, in one statement: the rows are locked in the order of their
 * names, and the clock is read after the last lock, so that no slot lies before it was given out. This is GCRA
 * (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm) for rates and a count for budgets.
 */
export async function takeSlots(
  database: OpenDatabase,
  holder: LimitHolder,
  rules: readonly SlotRule[],
  count: number,
  options: CallOptions,
): Promise<readonly TakenSlots[]> {
  return await ofHolder(database, holder, rules, options, (tx) =>
    tx.all(sql<TakenSlots>`
      with wanted as (
        select * from unnest(${rules.map(({ name }) => name)}::text[], ${rules.map(({ intervalMs }) => intervalMs)}::float8[],
          ${rules.map(({ max }) => max)}::float8[], ${rules.map(({ perMs }) => perMs)}::float8[]) as w (name, interval_ms, max, per_ms)
      ), locked as materialized (
        select l.* from ${sql.id(database.schema, 'http_limits')} as l
        where l.org_id = ${holder.orgId} and l.holder = ${holder.holder} and l.name = any (${rules.map(({ name }) => name)}::text[])
        order by l.name for no key update
      ), clock as materialized (
        select count(*) as found, ${nowMs} as now_ms, ${looseCommit} from locked
      ), stood as (
        select l.name, l.next_at, l.blocked_until, l.epoch, l.factor_at, w.interval_ms, w.max, w.per_ms, c.now_ms,
          l.factor < 1 and c.now_ms - l.factor_at > ${holdMs} as rises,
          case when l.factor < 1 and c.now_ms - l.factor_at > ${holdMs} then least(1, l.factor * ${rise}::float8) else l.factor end as factor,
          greatest(l.next_at, l.blocked_until, c.now_ms) as start,
          floor(c.now_ms / w.per_ms) * w.per_ms as window_start,
          case when l.window_start = floor(c.now_ms / w.per_ms) * w.per_ms then l.used else 0 end as used
        from locked as l join wanted as w on w.name = l.name cross join clock as c
      ), granted as (
        select min(case
          when s.blocked_until - s.now_ms > ${horizonMs} then 0
          when s.interval_ms is null then least(${count}::float8, greatest(0, s.max - s.used))
          when s.start - s.now_ms > ${horizonMs} then 0
          else ${count}::float8 end)::int as taken
        from stood as s
      ), updated as (
        update ${sql.id(database.schema, 'http_limits')} as l set
          next_at = case when s.interval_ms is null or g.taken = 0 then s.next_at else s.start + g.taken * s.interval_ms / s.factor end,
          factor = s.factor,
          factor_at = case when s.rises then s.now_ms else s.factor_at end,
          used = s.used + g.taken,
          window_start = s.window_start
        from stood as s cross join granted as g
        where l.org_id = ${holder.orgId} and l.holder = ${holder.holder} and l.name = s.name
      )
      select s.name, g.taken, greatest(s.next_at - s.now_ms, 0) as "nextMs", s.interval_ms / s.factor as "intervalMs",
        greatest(s.blocked_until - s.now_ms, 0) as "blockedMs", greatest(s.max - s.used, 0) as left,
        s.window_start + s.per_ms - s.now_ms as "resetMs", s.epoch
      from stood as s cross join granted as g`),
  )
}

/** A limit as it stood when a call went out that the vendor refused. */
export interface RefusedSlot {
  readonly name: string
  readonly epoch: number
}

/**
 * Notes that the vendor refused a call: nobody calls for `waitMs`, and with `slower` the rates are halved, or lowered further. Of several
 * processes that were refused at once, the first one lowers them. Slots that were given out at the former rate are used yet, by processes
 * that hear of it later: they count at the new one, or those behind them would be too many for the vendor once more.
 */
export async function noteRefusal(
  database: OpenDatabase,
  holder: LimitHolder,
  slots: readonly RefusedSlot[],
  { waitMs, slower }: { readonly waitMs: number; readonly slower: boolean },
  options: CallOptions,
): Promise<void> {
  await inScope(database, holder, options, (tx) =>
    tx.run(sql`
      with locked as materialized (
        select l.name, l.epoch = r.epoch and ${slower} as lowers,
          greatest(${leastFactor}::float8, l.factor * case when l.factor = 1 then ${firstLowering}::float8 else ${nextLowering}::float8 end) as lowered
        from ${sql.id(database.schema, 'http_limits')} as l
        join unnest(${slots.map(({ name }) => name)}::text[], ${slots.map(({ epoch }) => epoch)}::int[]) as r (name, epoch) on r.name = l.name
        where l.org_id = ${holder.orgId} and l.holder = ${holder.holder}
        order by l.name for no key update of l
      ), clock as materialized (
        select count(*) as found, ${nowMs} as now_ms, ${looseCommit} from locked
      )
      update ${sql.id(database.schema, 'http_limits')} as l set
        next_at = case when s.lowers then greatest(l.next_at, c.now_ms + (l.next_at - c.now_ms) * l.factor / s.lowered) else l.next_at end,
        blocked_until = greatest(l.blocked_until, c.now_ms + ${waitMs}::float8),
        factor = case when s.lowers then s.lowered else l.factor end,
        factor_at = case when s.lowers then c.now_ms else l.factor_at end,
        epoch = case when s.lowers then l.epoch + 1 else l.epoch end
      from locked as s cross join clock as c
      where l.org_id = ${holder.orgId} and l.holder = ${holder.holder} and l.name = s.name`),
  )
}

/** What a process has and wants of a limit on calls under way. */
export interface InFlightShare {
  readonly process: string
  /** Calls under way: it keeps at least these. */
  readonly active: number
  /** Calls under way and waiting; 0 gives all back. */
  readonly wanted: number
  /** How long the share holds unless it is asked for again, in milliseconds. */
  readonly forMs: number
}

/**
 * Shares a limit on calls under way out among processes, in one statement. What all hold together never exceeds it:
 * a share grows only by what nobody holds, and shrinks to an equal part while another process wants more than it has.
 *
 * @returns how many calls the process may have under way; what it has under way counts as its share until it ends
 */
export async function shareInFlight(
  database: OpenDatabase,
  holder: LimitHolder,
  rule: { readonly name: string; readonly max: number },
  { process, active, wanted, forMs }: InFlightShare,
  options: CallOptions,
): Promise<number> {
  const slot: SlotRule = { name: rule.name, intervalMs: null, max: rule.max, perMs: 1 }
  const shares = await ofHolder(database, holder, [slot], options, (tx) =>
    tx.all(sql<{ share: number }>`
      with locked as materialized (
        select l.holders from ${sql.id(database.schema, 'http_limits')} as l
        where l.org_id = ${holder.orgId} and l.holder = ${holder.holder} and l.name = ${rule.name} for no key update
      ), clock as materialized (
        select count(*) as found, ${nowMs} as now_ms, ${looseCommit} from locked
      ), others as materialized (
        select h.key, h.value, (h.value ->> 'share')::int as share, (h.value ->> 'wanted')::int as wanted
        from locked as l cross join lateral jsonb_each(l.holders) as h cross join clock as c
        where h.key <> ${process} and (h.value ->> 'until')::float8 > c.now_ms
      ), sums as (
        select coalesce(sum(o.share), 0)::int as held, count(*)::int as processes, coalesce(bool_or(o.wanted > o.share), false) as wanting from others as o
      ), decided as (
        select greatest(${active}::int, least(${wanted}::int, ${rule.max}::int - s.held,
          case when s.wanting then greatest(1, ${rule.max}::int / (s.processes + 1)) else ${rule.max}::int end)) as share
        from sums as s
      )
      update ${sql.id(database.schema, 'http_limits')} as l set holders =
        coalesce((select jsonb_object_agg(o.key, o.value) from others as o), '{}') || case when ${wanted}::int = 0 then '{}'
          else jsonb_build_object(${process}::text, jsonb_build_object('share', d.share, 'wanted', ${wanted}::int, 'until', c.now_ms + ${forMs}::float8)) end
      from decided as d cross join clock as c
      where l.org_id = ${holder.orgId} and l.holder = ${holder.holder} and l.name = ${rule.name}
      returning d.share`),
  )
  return one(shares).share
}

/** Runs a statement that gives a row for each rule; where it gives fewer, the rows are made first. */
async function ofHolder<Row>(
  database: OpenDatabase,
  holder: LimitHolder,
  rules: readonly SlotRule[],
  options: CallOptions,
  statement: (tx: Transaction) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  return await inScope(database, holder, options, async (tx) => {
    const found = await statement(tx)
    if (found.length === rules.length) return found
    await tx.db
      .insertInto('http_limits')
      .values(rules.map(({ name }) => ({ org_id: holder.orgId, holder: holder.holder, name, ...fresh })))
      .onConflict((conflict) => conflict.columns(['org_id', 'holder', 'name']).doNothing())
      .execute()
    return await statement(tx)
  })
}

const fresh = {
  next_at: 0,
  blocked_until: 0,
  factor: 1,
  factor_at: 0,
  epoch: 0,
  used: 0,
  window_start: 0,
  holders: '{}',
}

async function inScope<T>(
  database: OpenDatabase,
  { orgId }: LimitHolder,
  options: CallOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const scope = orgId === '' ? ({ kind: 'system' } as const) : ({ kind: 'org', orgId, actor: 'system:http' } as const)
  return await database.transaction({ ...options, scope, mode: 'write', orgLock: 'none' }, work)
}
