import type { BudgetRule, InFlightRule, PaceRule } from './limit-rule.ts'
import type { InFlightShare, LimitHolder } from './limits.repository.ts'
import type { LeasedSlots, Slot } from './slot-lease.ts'

/** The limits of one holder that count for a call. */
export interface HolderRules {
  readonly holder: LimitHolder
  readonly rules: readonly (PaceRule | BudgetRule)[]
}

/** Where limits stand, for all who share them. */
export interface LimitStore {
  /** Takes slots that satisfy all limits at once, of the connection and of the plugin. */
  lease(orgId: string, groups: readonly HolderRules[], count: number): Promise<LeasedSlots>
  /** How many calls this process may have under way. */
  share(
    orgId: string,
    holder: LimitHolder,
    rule: InFlightRule,
    ask: Pick<InFlightShare, 'active' | 'wanted' | 'forMs'>,
  ): Promise<number>
  /** Notes that the vendor refused the call of a slot, for all who share its limits. */
  refused(orgId: string, slot: Slot, waitMs: number): Promise<void>
}
