/**
 * What a summary row or a group can say of a column. All but `empty`, `filled`, `empty_share` and `filled_share` look
 * at non-empty cells only.
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
