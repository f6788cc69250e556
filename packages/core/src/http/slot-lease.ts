import type { OpenDatabase } from '../db/open-database.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { BudgetRule, PaceRule } from './limit-rule.ts'
import type { HolderRules } from './limit-store.ts'
import { type LimitHolder, type RefusedSlot, type TakenSlots, takeSlots } from './limits.repository.ts'

/** Leave for one call. */
export interface Slot {
  /** When it may go, by `performance.now()`. */
  readonly at: number
  /** How late it may still be used, in milliseconds. */
  readonly lateMs: number
  /** What it was taken from, for the case that the vendor refuses the call. */
  readonly origin: readonly { readonly holder: LimitHolder; readonly slots: readonly RefusedSlot[] }[]
}

export interface LeasedSlots {
  readonly slots: readonly Slot[]
  /** Where there are none: when there may be some, in milliseconds from now. */
  readonly untilMs: number
  /** Whether a budget is used up, rather than a rate. */
  readonly quota: boolean
}

/** Takes slots that satisfy all limits at once, of the connection and of the plugin. */
export async function leaseSlots(
  database: OpenDatabase,
  groups: readonly HolderRules[],
  count: number,
  options: CallOptions,
): Promise<LeasedSlots> {
  const stands: { readonly rule: PaceRule | BudgetRule; readonly taken: TakenSlots }[] = []
  const origin: { holder: LimitHolder; slots: RefusedSlot[] }[] = []
  let wanted = count
  for (const { holder, rules } of groups) {
    const asked = rules.map((rule) => ({
      name: rule.name,
      intervalMs: rule.kind === 'pace' ? rule.intervalMs : null,
      max: rule.max,
      perMs: rule.perMs,
    }))
    const taken = await takeSlots(database, holder, asked, wanted, options)
    for (const each of taken) {
      const rule = rules.find(({ name }) => name === each.name)
      if (rule !== undefined) stands.push({ rule, taken: each })
      wanted = Math.min(wanted, each.taken)
    }
    origin.push({ holder, slots: taken.map(({ name, epoch }) => ({ name, epoch })) })
    if (wanted === 0) return { slots: [], ...nextChance(stands) }
  }
  const now = performance.now()
  const times = stands.map(({ rule, taken }) => slotTimes(rule, taken, wanted))
  const lateMs = Math.min(...stands.map(({ rule }) => rule.lateMs))
  const slots = Array.from({ length: wanted }, (_, place) => ({
    at: now + Math.max(0, ...times.map((each) => each[place] ?? 0)),
    lateMs,
    origin,
  }))
  return { slots, untilMs: 0, quota: false }
}

/** When the calls of the slots may go, in milliseconds from their taking. */
function slotTimes(rule: PaceRule | BudgetRule, taken: TakenSlots, count: number): number[] {
  if (rule.kind === 'budget' || taken.intervalMs === null) return Array.from({ length: count }, () => taken.blockedMs)
  // A vendor that refused calls is not met with bursts.
  const aheadMs = taken.intervalMs > rule.intervalMs ? 0 : rule.aheadMs
  const times: number[] = []
  for (let next = taken.nextMs; times.length < count; ) {
    const at = Math.max(taken.blockedMs, next - aheadMs)
    times.push(at)
    next = Math.max(at, next) + taken.intervalMs
  }
  return times
}

function nextChance(
  stands: readonly { readonly rule: PaceRule | BudgetRule; readonly taken: TakenSlots }[],
): Pick<LeasedSlots, 'untilMs' | 'quota'> {
  const waits = stands.map(({ rule, taken }) => {
    const quota = rule.kind === 'budget' && taken.left < 1
    return { quota, untilMs: Math.max(taken.blockedMs, quota ? taken.resetMs : taken.nextMs) }
  })
  return {
    quota: waits.some(({ quota }) => quota),
    untilMs: Math.max(0, ...waits.map(({ untilMs }) => untilMs)),
  }
}
