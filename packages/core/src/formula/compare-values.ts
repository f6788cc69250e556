import { compareCodePoints } from '../values/code-points.ts'
import { compareNumbers } from './float-digits.ts'
import { elementOf, type FormulaType, isList } from './formula-type.ts'
import { code, collated, type Fragment, numericSql } from './fragment.ts'
import type { Value } from './value.ts'

/** How two values of a type that are not blank are ordered: negative, zero or positive. */
export function comparisonOf(type: FormulaType): (a: Value, b: Value) => number {
  if (isList(type)) return compareLists(comparisonOf(elementOf(type)))
  switch (type) {
    case 'number':
    case 'duration':
      return (a, b) => compareNumbers(a as number, b as number)
    case 'date':
    case 'datetime':
      return (a, b) => (a as number) - (b as number)
    case 'boolean':
      return (a, b) => Number(a) - Number(b)
    default:
      return (a, b) => compareCodePoints(String(a), String(b))
  }
}

function compareLists(compare: (a: Value, b: Value) => number): (a: Value, b: Value) => number {
  return (a, b) => {
    const [x, y] = [a as readonly Value[], b as readonly Value[]]
    for (let i = 0; i < Math.min(x.length, y.length); i++) {
      const order = compare(x[i] ?? null, y[i] ?? null)
      if (order !== 0) return order
    }
    return x.length - y.length
  }
}

/** SQL of a value in the form in which it is compared: numbers by 15 digits, text by code point. */
export function comparableSql(value: Fragment, type: FormulaType): Fragment {
  if (isList(type)) {
    const element = elementOf(type)
    if (element === 'number' || element === 'duration') return code`(${value})::numeric[]`
    return element === 'text' ? collated(value) : value
  }
  if (type === 'number' || type === 'duration') return numericSql(value)
  return type === 'text' ? collated(value) : value
}
