/**
 * What a summary row or a group can say of a column. `empty`, `filled` and `checked` with their kin look at every row,
 * an empty checkbox being unchecked, as filters have it; all others look at non-empty cells only.
 */
export const aggregateIds = [
  'filled',
  'empty',
  'filled_share',
  'empty_share',
  'unique',
  'sum',
  'avg',
  'median',
  'min',
  'max',
  'range',
  'earliest',
  'latest',
  'checked',
  'unchecked',
  'checked_share',
  'distribution',
] as const

export type AggregateId = (typeof aggregateIds)[number]
