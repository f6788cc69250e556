import type { Json } from './json.ts'
import { noOperand } from './operand.ts'
import { defineOperator } from './operator.ts'

const isEmpty = defineOperator<unknown, Json, null>({
  id: 'is_empty',
  label: 'is empty',
  operandKind: 'none',
  operand: () => noOperand,
  predicate: () => ({ kind: 'empty' }),
  test: (value) => value === null,
})

const isNotEmpty = defineOperator<unknown, Json, null>({
  id: 'is_not_empty',
  label: 'is not empty',
  operandKind: 'none',
  operand: () => noOperand,
  predicate: () => ({ kind: 'not', of: { kind: 'empty' } }),
  test: (value) => value !== null,
})

/** `is_empty` and `is_not_empty`, which every type but checkbox has. */
export const emptyOperators = [isEmpty, isNotEmpty] as const
