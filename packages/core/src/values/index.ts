export { type AggregateId, aggregateIds } from './aggregate.ts'
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
export type { Json } from './json.ts'
export { type AnyOperator, defineOperator, type OperandKind, type Operator } from './operator.ts'
export type { Predicate, Scalar } from './predicate.ts'
