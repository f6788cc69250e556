import type { Mutation, Paged, PageOf, Query } from './calls.ts'

/** What may be spent in a month, with what is gone of it. */
export interface OpsBudget {
  readonly unit: string
  /** One plugin's own; null for all together. */
  readonly plugin: string | null
  readonly perMonth: number
  readonly spent: number
  /** Put aside for what is under way. */
  readonly reserved: number
}

/** What one run has spent in a month. */
export interface SpendLine {
  readonly plugin: string
  readonly unit: string
  readonly tableId: string
  /** Null for an action, or for rows that were tried before their column was made. */
  readonly columnId: string | null
  readonly runId: string
  readonly spent: number
  readonly reserved: number
  readonly items: number
}

export interface BudgetsCalls {
  /** `perMonth: null` takes the budget away. */
  readonly set: Mutation<
    { readonly unit: string; readonly plugin?: string | null | undefined; readonly perMonth: number | null },
    readonly OpsBudget[]
  >
  readonly list: Query<Record<string, never>, readonly OpsBudget[]>
  /** `month`: `2026-11`. @default the present one */
  readonly spend: Query<Paged & { readonly month?: string | undefined }, PageOf<SpendLine>>
}
