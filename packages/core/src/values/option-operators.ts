import type { ColumnType } from './column-type.ts'
import { emptyOperators } from './empty-operators.ts'
import { operandList, operandOf } from './operand.ts'
import { type AnyOperator, defineOperator } from './operator.ts'
import type { Predicate } from './predicate.ts'

/** For columns that hold one option: operands may be ids or names. */
export function optionOperators<Settings>(
  parse: ColumnType<Settings, string>['parse'],
): readonly AnyOperator<Settings, string>[] {
  const single = (id: string, label: string, negated: boolean) =>
    defineOperator<Settings, string, string>({
      id,
      label,
      operandKind: 'option',
      operand: (settings, context) => operandOf((input) => parse(input, settings, context)),
      predicate: (value) => signed({ kind: 'compare', op: '=', value }, negated),
      test: (value, operand) => (value === operand) !== negated,
    })
  const several = (id: string, label: string, negated: boolean) =>
    defineOperator<Settings, string, readonly string[]>({
      id,
      label,
      operandKind: 'options',
      operand: (settings, context) => operandList((input) => parse(input, settings, context)),
      predicate: (values) => signed({ kind: 'in', values }, negated),
      test: (value, operand) => (value !== null && operand.includes(value)) !== negated,
    })
  return [
    single('is', 'is', false),
    single('is_not', 'is not', true),
    several('is_any_of', 'is any of', false),
    several('is_none_of', 'is none of', true),
    ...emptyOperators,
  ]
}

function signed(predicate: Predicate, negated: boolean): Predicate {
  return negated ? { kind: 'not', of: predicate } : predicate
}
