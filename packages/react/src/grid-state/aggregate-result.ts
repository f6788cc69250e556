import type { AggregateId } from '@opslayer/core/values'

/** A function over the cells of one column. */
export interface ColumnAggregate {
  readonly columnKey: string
  readonly aggregate: AggregateId
}

/**
 * What a function gives: counts and shares (0 to 1) as numbers, amounts as exact decimal text, dates in stored form,
 * null of nothing; a distribution lists the commonest values.
 */
export type AggregateValue = number | string | null | readonly { readonly value?: unknown; readonly count: number }[]

/** What a function gave, with the function. */
export interface AggregateResult {
  readonly aggregate: AggregateId
  readonly value: AggregateValue
}

/** Functions over all rows. */
export interface RowsSummary {
  /** Rows that they went over. */
  readonly count: number
  /** In the order asked. */
  readonly values: readonly AggregateValue[]
}
