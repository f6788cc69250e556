import { type ExpressionBuilder, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** Who spends: a run of a plugin's part. */
export interface Spender {
  readonly orgId: string
  readonly timeZone: string
  readonly runId: string
  readonly plugin: string
  /** `''` where nothing is counted. */
  readonly unit: string
  readonly tableId: string
  /** `''` for an action. */
  readonly columnId: string
}

/** What stands in the way of asking for more. */
export type SpendingBound = 'budget' | 'month' | 'run'

export interface Reservation {
  /** Items that may be asked for. */
  readonly items: number
  /** First day of the month that they are counted in. */
  readonly month: string
  /** What keeps it from being more; null if it is all that was asked for. */
  readonly bound: SpendingBound | null
  /** Until the month ends, in milliseconds. */
  readonly monthLeftMs: number
}

interface Wanted {
  readonly items: number
  readonly perItem: number
  /** Items that the column may ask for in a month; null for no limit. */
  readonly perMonth: number | null
  /** What the run may spend; null for no limit. */
  readonly maxCost: number | null
  /** After which it is free again, in milliseconds; null where it is so once the run is over. */
  readonly holdMs: number | null
}

/** What is put aside by a row of `spend`, unless whoever did it is gone: its run is over, or its time is. */
export function heldReservation(row: ExpressionBuilder<Database, 'spend'>): RawBuilder<string> {
  const isOfRun = row.exists(
    row
      .selectFrom('runs as r')
      .select('r.id')
      .whereRef('r.org_id', '=', 'spend.org_id')
      .whereRef('r.id', '=', 'spend.run_id')
      .where('r.state', 'not in', ['done', 'cancelled']),
  )
  const reserved = row.ref('spend.reserved')
  const isHeld = sql`${row.ref('spend.held_until')} > clock_timestamp() or ${isOfRun}`
  return sql<string>`case when ${reserved} > 0 and (${isHeld}) then ${reserved} else 0 end`
}

/**
 * Puts aside what asking for items costs, as far as budgets and limits allow, in the caller's transaction. Whoever else
 * spends from one of the budgets waits for its end, so that all together never spend more.
 */
export async function reserve(db: Kysely<Database>, spender: Spender, wanted: Wanted): Promise<Reservation> {
  const allowed = await allowance(db, spender, wanted)
  await putAside(db, spender, allowed, wanted)
  return allowed
}

/** The same without putting it aside: that is done in the same transaction, which keeps others from it. */
export async function allowance(db: Kysely<Database>, spender: Spender, wanted: Wanted): Promise<Reservation> {
  const { orgId, runId, plugin, unit, columnId } = spender
  const [budgets, { month, left }] = await Promise.all([
    db
      .selectFrom('budgets')
      .select(['plugin', 'per_month'])
      .where('org_id', '=', orgId)
      .where('unit', '=', unit)
      .where('plugin', 'in', ['', plugin])
      .orderBy('plugin')
      .forUpdate()
      .execute(),
    monthOf(db, spender.timeZone),
  ])
  if (wanted.perMonth !== null) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${orgId} ${columnId}`}, 7))`.execute(db)
  }
  const bounds: { readonly bound: SpendingBound; readonly items: number }[] = []
  if (budgets.length > 0) {
    const sums = await sumsOf(db, orgId, month, unit)
    for (const budget of budgets) {
      const used = sums.filter((each) => budget.plugin === '' || each.plugin === budget.plugin)
      bounds.push({ bound: 'budget', items: affordable(Number(budget.per_month) - total(used), wanted.perItem) })
    }
  }
  if (wanted.perMonth !== null) {
    bounds.push({ bound: 'month', items: wanted.perMonth - (await itemsOf(db, orgId, month, columnId)) })
  }
  if (wanted.maxCost !== null) {
    bounds.push({ bound: 'run', items: affordable(wanted.maxCost - (await costOf(db, orgId, runId)), wanted.perItem) })
  }
  const lowest = bounds.reduce<(typeof bounds)[number] | null>(
    (low, each) => (low === null || each.items < low.items ? each : low),
    null,
  )
  const items = Math.max(0, Math.min(wanted.items, lowest?.items ?? wanted.items))
  return { items, month, bound: items < wanted.items ? (lowest?.bound ?? null) : null, monthLeftMs: left }
}

/** Puts aside what {@link allowance} allows. */
export async function putAside(
  db: Kysely<Database>,
  { orgId, runId, plugin, unit, tableId, columnId }: Spender,
  { items, month }: Pick<Reservation, 'items' | 'month'>,
  { perItem, holdMs }: Pick<Wanted, 'perItem' | 'holdMs'>,
): Promise<void> {
  if (items === 0) return
  await db
    .insertInto('spend')
    .values({
      org_id: orgId,
      run_id: runId,
      month,
      unit,
      plugin,
      table_id: tableId,
      column_id: columnId,
      reserved: String(items * perItem),
      spent: '0',
      items,
      held_until:
        holdMs === null ? null : sql<string>`clock_timestamp() + ${holdMs}::float8 * interval '1 millisecond'`,
    })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'run_id', 'month', 'unit']).doUpdateSet({
        reserved: sql`spend.reserved + excluded.reserved`,
        items: sql`spend.items + excluded.items`,
      }),
    )
    .execute()
}

/** Settles what was put aside: what was really spent counts from here on, the rest is free again. */
export async function settle(
  db: Kysely<Database>,
  { orgId, runId, unit }: Spender,
  done: {
    readonly month: string
    readonly reserved: number
    readonly spent: number
    /** Items that were put aside for and not asked for. */
    readonly unused: number
  },
): Promise<void> {
  await db
    .updateTable('spend')
    .set({
      reserved: sql`greatest(0, reserved - ${String(done.reserved)}::numeric)`,
      spent: sql`spent + ${String(done.spent)}::numeric`,
      items: sql`items - ${done.unused}::int`,
    })
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .where('month', '=', done.month)
    .where('unit', '=', unit)
    .execute()
}

/** Frees what a run that is over had put aside. */
export async function freeReservations(db: Kysely<Database>, orgId: string, runId: string): Promise<void> {
  await db
    .updateTable('spend')
    .set({ reserved: '0' })
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .where('reserved', '>', '0')
    .execute()
}

async function monthOf(db: Kysely<Database>, timeZone: string): Promise<{ month: string; left: number }> {
  const { rows } = await sql<{ month: string; left: number }>`
    select to_char(m.start, 'YYYY-MM-DD') as month,
      (extract(epoch from ((m.start + interval '1 month') at time zone ${timeZone}) - now()) * 1000)::float8 as left
    from (select date_trunc('month', now() at time zone ${timeZone}) as start) as m`.execute(db)
  const [found] = rows
  return { month: found?.month ?? '', left: Math.ceil(found?.left ?? 0) }
}

interface PluginSum {
  readonly plugin: string
  readonly sum: string
}

async function sumsOf(db: Kysely<Database>, orgId: string, month: string, unit: string): Promise<PluginSum[]> {
  return await db
    .selectFrom('spend')
    .select((row) => ['plugin', sql<string>`sum(spent + ${heldReservation(row)})`.as('sum')])
    .where('org_id', '=', orgId)
    .where('month', '=', month)
    .where('unit', '=', unit)
    .groupBy('plugin')
    .execute()
}

async function itemsOf(db: Kysely<Database>, orgId: string, month: string, columnId: string): Promise<number> {
  const { items } = await db
    .selectFrom('spend')
    .select(sql<number>`coalesce(sum(items), 0)::int`.as('items'))
    .where('org_id', '=', orgId)
    .where('month', '=', month)
    .where('column_id', '=', columnId)
    .executeTakeFirstOrThrow()
  return items
}

async function costOf(db: Kysely<Database>, orgId: string, runId: string): Promise<number> {
  const { cost } = await db
    .selectFrom('spend')
    .select(sql<string>`coalesce(sum(spent + reserved), 0)`.as('cost'))
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return Number(cost)
}

function total(sums: readonly PluginSum[]): number {
  return sums.reduce((all, { sum }) => all + Number(sum), 0)
}

/** Numbers of money have six digits behind the point: what is left of one is nothing. */
function affordable(left: number, perItem: number): number {
  return perItem === 0 ? Number.MAX_SAFE_INTEGER : Math.floor((left + 1e-7) / perItem)
}
