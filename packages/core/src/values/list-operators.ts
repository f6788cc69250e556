import type { ColumnType } from './column-type.ts'
import { emptyOperators } from './empty-operators.ts'
import { operandOf } from './operand.ts'
import { type AnyOperator, defineOperator } from './operator.ts'
import type { Predicate } from './predicate.ts'

type ListMatch = Extract<Predicate, { kind: 'list' }>['match']

function listTest(match: ListMatch, value: readonly string[], operand: readonly string[]): boolean {
  switch (match) {
    case 'any':
      return operand.some((item) => value.includes(item))
    case 'all':
      return operand.every((item) => value.includes(item))
    case 'exactly':
      return operand.every((item) => value.includes(item)) && value.every((item) => operand.includes(item))
  }
}

/** For columns that hold a set of options. */
export function listOperators<Settings>(
  parse: ColumnType<Settings, readonly string[]>['parse'],
): readonly AnyOperator<Settings, readonly string[]>[] {
  const operator = (id: string, label: string, match: ListMatch, negated = false) =>
    defineOperator<Settings, readonly string[], readonly string[]>({
      id,
      label,
      operandKind: 'options',
      operand: (settings, context) => operandOf((input) => parse(input, settings, context)),
      predicate: (values) => {
        const predicate: Predicate = { kind: 'list', match, values }
        return negated ? { kind: 'not', of: predicate } : predicate
      },
      test: (value, operand) => (value !== null && listTest(match, value, operand)) !== negated,
    })
  return [
    operator('has_any_of', 'has any of', 'any'),
    operator('has_all_of', 'has all of', 'all'),
    operator('has_none_of', 'has none of', 'any', true),
    operator('is_exactly', 'is exactly', 'exactly'),
    ...emptyOperators,
  ]
}
