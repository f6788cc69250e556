import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { isoDay } from '../../formula/date-value.ts'
import type { FormulaColumn } from '../../formula/formula-column.ts'
import type { CheckedFormula, TypedNode } from '../../formula/typed-formula.ts'
import type { Value } from '../../formula/value.ts'
import type { CheckedNode } from '../../query/checked-filter.ts'
import type { Predicate } from '../../values/predicate.ts'
import { queryColumnOf } from '../query-table-of.ts'

const comparisons = ['=', '<', '<=', '>', '>='] as const

type Comparison = (typeof comparisons)[number]

/** The same comparison with its sides changed over. */
const turned: Readonly<Record<Comparison, Comparison>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/**
 * What must hold of a row's cells for a condition to be true, in terms that an index can serve: of `@score > 50`,
 * `@name = "x"`, and of `AND` and `OR` of such. It lets more rows through than the condition, never fewer.
 *
 * @returns null where nothing is known
 */
export function impliedCondition({ columns }: TableDefinition, formula: CheckedFormula): CheckedNode | null {
  const byId = new Map(columns.map((column) => [column.id, column]))
  return impliedBy(formula.root, formula, byId)
}

function impliedBy(
  node: TypedNode,
  formula: CheckedFormula,
  byId: ReadonlyMap<string, ColumnDefinition>,
): CheckedNode | null {
  if (node.kind !== 'call') return null
  const { args } = node
  const { name } = node.definition
  if (name === 'AND' || name === 'OR') {
    const of = args.flatMap((arg) => impliedBy(arg, formula, byId) ?? [])
    if (of.length === 0 || (name === 'OR' && of.length < args.length)) return null
    return { kind: name === 'AND' ? 'and' : 'or', of }
  }
  const comparison = comparisons.find((each) => each === name)
  const [left, right] = args
  if (comparison === undefined || left === undefined || right === undefined) return null
  return impliedByComparison(comparison, left, right, formula, byId)
}

function impliedByComparison(
  comparison: Comparison,
  left: TypedNode,
  right: TypedNode,
  formula: CheckedFormula,
  byId: ReadonlyMap<string, ColumnDefinition>,
): CheckedNode | null {
  if (left.kind === 'constant' && right.kind === 'column')
    return impliedByComparison(turned[comparison], right, left, formula, byId)
  if (left.kind !== 'column' || right.kind !== 'constant') return null
  const read = formula.columns[left.index]
  const column = read === undefined ? undefined : byId.get(read.id)
  // Two blanks are the same.
  if (read === undefined || column === undefined || right.value === null) return null
  const predicate = predicateOf(comparison, read, column, right.value as Value)
  return predicate === null ? null : { kind: 'predicate', column: queryColumnOf(column), predicate }
}

function predicateOf(
  comparison: Comparison,
  { options }: FormulaColumn,
  { columnType: { storage } }: ColumnDefinition,
  value: Value,
): Predicate | null {
  if (typeof value === 'string') {
    if (storage !== 'text' || comparison !== '=') return null
    if (options === undefined) return { kind: 'text', match: 'equals', value }
    const ids = options.filter(({ name }) => name === value).map(({ id }) => id)
    // The id of an option that is gone counts as its name.
    return { kind: 'in', values: [...new Set([...ids, value])] }
  }
  if (typeof value !== 'number') return null
  if (storage === 'date') return { kind: 'compare', op: comparison, value: isoDay(value) }
  return storage === 'numeric' ? nearly(comparison, value) : null
}

/** Formulas compare numbers by 15 digits, cells may have more: a little more than what is asked for. */
function nearly(comparison: Comparison, value: number): Predicate {
  const margin = Math.max(Math.abs(value) * 1e-13, 1e-100)
  const atLeast: Predicate = { kind: 'compare', op: '>=', value: value - margin }
  const atMost: Predicate = { kind: 'compare', op: '<=', value: value + margin }
  if (comparison === '=') return { kind: 'and', of: [atLeast, atMost] }
  return comparison === '>' || comparison === '>=' ? atLeast : atMost
}
