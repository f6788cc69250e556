export { type AggregateId, aggregateIds } from './aggregate.ts'
export { type BuiltInColumnTypeId, builtInColumnTypes } from './built-in-types.ts'
export { maxCellBytes } from './cell-bounds.ts'
export {
  type AnyColumnType,
  type ColumnType,
  defineColumnType,
  type Parsed,
  type SortOrder,
  type Storage,
  type ValueContext,
  type ValueExample,
} from './column-type.ts'
export { type DetectedColumnType, detectColumnType } from './detect.ts'
export type { Json } from './json.ts'
export { withNewOptions } from './new-options.ts'
export { type AnyOperator, defineOperator, type OperandKind, type Operator } from './operator.ts'
export {
  type Option,
  type OptionColor,
  type OptionSettings,
  optionColors,
  type StatusGroup,
  statusGroups,
} from './options.ts'
export { type ParsedPattern, type Pattern, parsePattern } from './pattern.ts'
export type { Predicate, Scalar } from './predicate.ts'
export { type PeriodUnit, printRelativePeriod, type RelativePeriod, readRelativePeriod } from './relative-period.ts'
export { sortKey } from './sort-key.ts'
