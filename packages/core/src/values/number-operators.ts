import type { AggregateId } from './aggregate.ts'
import type { ColumnType } from './column-type.ts'
import { emptyOperators } from './empty-operators.ts'
import { operandOf, operandRange } from './operand.ts'
import { type AnyOperator, defineOperator } from './operator.ts'

/** What can be said of amounts, the sum first. */
export const amountAggregates: readonly AggregateId[] = [
  'sum',
  'avg',
  'median',
  'min',
  'max',
  'range',
  'filled',
  'empty',
  'filled_share',
  'empty_share',
  'unique',
]

const comparisons = {
  '=': (value: number, operand: number) => value === operand,
  '<': (value: number, operand: number) => value < operand,
  '<=': (value: number, operand: number) => value <= operand,
  '>': (value: number, operand: number) => value > operand,
  '>=': (value: number, operand: number) => value >= operand,
} as const

/** For numbers; operands are read by the type's own `parse`, so a percent column takes "50 %". */
export function numberOperators<Settings>(
  parse: ColumnType<Settings, number>['parse'],
): readonly AnyOperator<Settings, number>[] {
  const comparison = (id: string, label: string, op: keyof typeof comparisons) =>
    defineOperator<Settings, number, number>({
      id,
      label,
      operandKind: 'value',
      operand: (settings, context) => operandOf((input) => parse(input, settings, context)),
      predicate: (value) => ({ kind: 'compare', op, value }),
      test: (value, operand) => value !== null && comparisons[op](value, operand),
    })
  return [
    comparison('is', '=', '='),
    defineOperator<Settings, number, number>({
      id: 'is_not',
      label: '≠',
      operandKind: 'value',
      operand: (settings, context) => operandOf((input) => parse(input, settings, context)),
      predicate: (value) => ({ kind: 'not', of: { kind: 'compare', op: '=', value } }),
      test: (value, operand) => value !== operand,
    }),
    comparison('gt', '>', '>'),
    comparison('gte', '≥', '>='),
    comparison('lt', '<', '<'),
    comparison('lte', '≤', '<='),
    defineOperator<Settings, number, readonly [from: number, to: number]>({
      id: 'between',
      label: 'is between',
      operandKind: 'range',
      operand: (settings, context) => operandRange((input) => parse(input, settings, context)),
      predicate: ([from, to]) => ({
        kind: 'and',
        of: [
          { kind: 'compare', op: '>=', value: from },
          { kind: 'compare', op: '<=', value: to },
        ],
      }),
      test: (value, [from, to]) => value !== null && value >= from && value <= to,
    }),
    ...emptyOperators,
  ]
}
