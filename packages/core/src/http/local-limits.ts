import type { LimitStore } from './limit-store.ts'
import type { Slot } from './slot-lease.ts'

/** Where one limit stands, by `performance.now()`. */
interface Standing {
  nextAt: number
  used: number
  blockedUntil: number
}

/** Limits of one process alone, without a database: for tests of plugins. */
export function localLimits(): LimitStore {
  const standings = new Map<string, Standing>()
  const standingOf = (key: string): Standing => {
    const standing = standings.get(key) ?? { nextAt: 0, used: 0, blockedUntil: 0 }
    standings.set(key, standing)
    return standing
  }
  const keyOf = (holder: { readonly orgId: string; readonly holder: string }, name: string): string =>
    [holder.orgId, holder.holder, name].join('\n')

  return {
    lease: async (_, groups, count) => {
      const rules = groups.flatMap(({ holder, rules: own }) =>
        own.map((rule) => ({ rule, key: keyOf(holder, rule.name) })),
      )
      const left = Math.min(
        count,
        ...rules.map(({ rule, key }) => (rule.kind === 'budget' ? rule.max - standingOf(key).used : count)),
      )
      if (left < 1) {
        const windows = rules.map(({ rule }) => (rule.kind === 'budget' ? rule.perMs - (Date.now() % rule.perMs) : 0))
        return { slots: [], untilMs: Math.max(...windows), quota: true }
      }
      const origin = groups.map(({ holder, rules: own }) => ({
        holder,
        slots: own.map(({ name }) => ({ name, epoch: 0 })),
      }))
      const slots = Array.from({ length: left }, (): Slot => {
        let at = performance.now()
        for (const { rule, key } of rules) {
          const standing = standingOf(key)
          standing.used += 1
          at = Math.max(at, standing.blockedUntil, rule.kind === 'pace' ? standing.nextAt - rule.aheadMs : 0)
        }
        for (const { rule, key } of rules) {
          const standing = standingOf(key)
          if (rule.kind === 'pace') standing.nextAt = Math.max(standing.nextAt, at) + rule.intervalMs
        }
        return { at, lateMs: Math.min(...rules.map(({ rule }) => rule.lateMs)), origin }
      })
      return { slots, untilMs: 0, quota: false }
    },
    share: async (_orgId, _holder, rule, { wanted }) => Math.min(wanted, rule.max),
    refused: async (_, slot, waitMs) => {
      for (const { holder, slots } of slot.origin) {
        for (const { name } of slots) standingOf(keyOf(holder, name)).blockedUntil = performance.now() + waitMs
      }
    },
  }
}
