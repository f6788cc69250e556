import { sql } from 'kysely'
import * as z from 'zod'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import { heldReservation } from './spend.repository.ts'

/** What the org may spend in a month of its time zone. */
export interface Budget {
  /** The unit of parts: `credit`, `usd`. */
  readonly unit: string
  /** One plugin's own; null for all plugins together. Both count where there are both. */
  readonly plugin: string | null
  readonly perMonth: number
}

/** A budget with what is gone of it this month. */
export interface BudgetStanding extends Budget {
  readonly spent: number
  /** Put aside for what is under way. */
  readonly reserved: number
}

/** What was spent by one run. */
export interface SpendLine {
  readonly plugin: string
  readonly unit: string
  readonly tableId: string
  /** null for an action, or for rows that were looked at before their column was made. */
  readonly columnId: string | null
  readonly runId: string
  readonly spent: number
  readonly reserved: number
  /** Cells or rows that were asked for. */
  readonly items: number
}

const unitSchema = z.string().regex(/^[a-z][a-z0-9_]{0,19}$/, 'A unit is one lower-case word, such as "credit".')

export const budgetSchema = z.strictObject({
  unit: unitSchema,
  plugin: z.string().min(1).max(60).nullable().default(null),
  /** null takes the budget away. */
  perMonth: z.number().min(0).max(1_000_000_000).nullable(),
})

export const spendQuerySchema = z.strictObject({
  /** `2026-11`. @default the present month */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'A month is written 2026-11.')
    .optional(),
  limit: z.int().min(1).max(200).default(100),
  cursor: z
    .string()
    .regex(/^run_[a-z0-9]{17,40}$/, say('The cursor is not one that this list gave.'))
    .optional(),
})

export type BudgetInput = z.input<typeof budgetSchema>
export type SpendQuery = z.input<typeof spendQuerySchema>

/** Budgets at most; an org pays in few units. */
const mostBudgets = 200

/** Sets a budget, or takes it away; what is spent stays counted. */
export async function setBudget(
  session: OrgSession,
  input: BudgetInput,
  options: CallOptions = {},
): Promise<readonly BudgetStanding[]> {
  const { unit, plugin, perMonth } = checkInput(budgetSchema, input)
  const key = { org_id: session.orgId, unit, plugin: plugin ?? '' }
  await session.write(options, async ({ tx }) => {
    if (perMonth === null) {
      await tx.db
        .deleteFrom('budgets')
        .where('org_id', '=', key.org_id)
        .where('unit', '=', unit)
        .where('plugin', '=', key.plugin)
        .execute()
      return
    }
    await tx.db
      .insertInto('budgets')
      .values({ ...key, per_month: String(perMonth) })
      .onConflict((conflict) =>
        conflict.columns(['org_id', 'unit', 'plugin']).doUpdateSet({ per_month: String(perMonth) }),
      )
      .execute()
  })
  return await listBudgets(session, options)
}

/** The org's budgets with how they stand this month. */
export async function listBudgets(session: OrgSession, options: CallOptions = {}): Promise<readonly BudgetStanding[]> {
  return await session.read(options, async ({ tx, org, context }) => {
    const budgets = await tx.db
      .selectFrom('budgets')
      .selectAll()
      .where('org_id', '=', org.orgId)
      .orderBy('unit')
      .orderBy('plugin')
      .limit(mostBudgets)
      .execute()
    const sums = await tx.db
      .selectFrom('spend')
      .select((row) => [
        'unit',
        'plugin',
        sql<string>`sum(spent)`.as('spent'),
        sql<string>`sum(${heldReservation(row)})`.as('reserved'),
      ])
      .where('org_id', '=', org.orgId)
      .where('month', '=', firstOfMonth(context.timeZone))
      .groupBy(['unit', 'plugin'])
      .execute()
    return budgets.map(({ unit, plugin, per_month }) => {
      const own = sums.filter((each) => each.unit === unit && (plugin === '' || each.plugin === plugin))
      return {
        unit,
        plugin: plugin === '' ? null : plugin,
        perMonth: Number(per_month),
        spent: own.reduce((all, { spent }) => all + Number(spent), 0),
        reserved: own.reduce((all, { reserved }) => all + Number(reserved), 0),
      }
    })
  })
}

/** The present month in a time zone. */
function firstOfMonth(timeZone: string) {
  return sql<string>`date_trunc('month', now() at time zone ${timeZone})::date`
}

/** What was spent in a month, by run, the newest first. */
export async function listSpend(
  session: OrgSession,
  query: SpendQuery = {},
  options: CallOptions = {},
): Promise<{ readonly items: readonly SpendLine[]; readonly nextCursor: string | null }> {
  const { month, limit, cursor } = checkInput(spendQuerySchema, query)
  return await session.read(options, async ({ tx, org, context }) => {
    const first = month === undefined ? firstOfMonth(context.timeZone) : sql<string>`${`${month}-01`}::date`
    const found = await tx.db
      .selectFrom('spend')
      .selectAll()
      .select((row) => heldReservation(row).as('held'))
      .where('org_id', '=', org.orgId)
      .where('month', '=', first)
      .$if(cursor !== undefined, (rows) => rows.where('run_id', '<', cursor ?? ''))
      .orderBy('run_id', 'desc')
      .orderBy('unit')
      .limit(limit + 1)
      .execute()
    const items = found.slice(0, limit)
    return {
      items: items.map((each) => ({
        plugin: each.plugin,
        unit: each.unit,
        tableId: each.table_id,
        columnId: each.column_id === '' ? null : each.column_id,
        runId: each.run_id,
        spent: Number(each.spent),
        reserved: Number(each.held),
        items: each.items,
      })),
      nextCursor: found.length > limit ? (items.at(-1)?.run_id ?? null) : null,
    }
  })
}
