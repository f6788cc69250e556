import type { OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import type { AnyOperator } from '../values/operator.ts'
import { type CheckedFilter, type CheckedNode, everyRow } from './checked-filter.ts'
import {
  type CellFilter,
  type Filter,
  type FormulaFilter,
  parseFilter,
  type SearchFilter,
  type StateFilter,
} from './filter.ts'
import { excerpt, type QueryFaults, queryFaults } from './query-fault.ts'
import type { QueryColumn, QueryContext, QueryTable } from './query-table.ts'
import { resolveColumn } from './resolve-column.ts'
import { searchPredicate } from './search-predicate.ts'

const everything: CheckedNode = { kind: 'and', of: [] }

/**
 * Reads a filter and fits it to a table: columns, operators and operands are resolved and normalised. `undefined` and
 * `null` mean every row.
 *
 * @param at where the filter lies in the call's input, the start of every issue's path
 * @throws OpsError `INVALID_QUERY` with all faults as issues; `LIMIT_EXCEEDED` where a bound is crossed
 */
export function checkFilter(
  input: unknown,
  table: QueryTable,
  context: QueryContext,
  at: OpsErrorPath = ['filter'],
): CheckedFilter {
  if (input === undefined || input === null) return everyRow(table, context)
  const filter = parseFilter(input, at)
  const faults = queryFaults()
  const root = checkNode(filter, { table, context, faults }, at)
  faults.throwIfAny()
  return { table, context, root }
}

interface Checking {
  readonly table: QueryTable
  readonly context: QueryContext
  readonly faults: QueryFaults
}

function checkNode(filter: Filter, checking: Checking, at: OpsErrorPath): CheckedNode {
  if ('and' in filter) {
    return { kind: 'and', of: filter.and.map((part, i) => checkNode(part, checking, [...at, 'and', i])) }
  }
  if ('or' in filter) {
    return { kind: 'or', of: filter.or.map((part, i) => checkNode(part, checking, [...at, 'or', i])) }
  }
  if ('not' in filter) return { kind: 'not', of: checkNode(filter.not, checking, [...at, 'not']) }
  if ('search' in filter) return checkSearch(filter, checking, at)
  if ('formula' in filter) return checkFormulaLeaf(filter, checking, at)
  const column = resolveColumn(checking.table, filter.column)
  if ('fault' in column) {
    checking.faults.add([...at, 'column'], column.fault)
    return everything
  }
  return 'op' in filter ? checkCell(filter, column, checking, at) : checkState(filter, column, checking, at)
}

function checkCell(filter: CellFilter, column: QueryColumn, checking: Checking, at: OpsErrorPath): CheckedNode {
  const { context, faults } = checking
  const operators: readonly AnyOperator<unknown, Json>[] = column.type.operators
  const operator = operators.find((candidate) => candidate.id === filter.op)
  if (operator === undefined) {
    faults.add(
      [...at, 'op'],
      say('{column} ({type}) has no operator {operator}. It has: {names}.', {
        column: excerpt(column.name),
        type: column.type.label,
        operator: excerpt(filter.op),
        names: operators.map((candidate) => candidate.id).join(', '),
      }),
    )
    return everything
  }
  const operand = operator.operand(column.settings, context).safeParse(filter.value)
  if (!operand.success) {
    for (const issue of operand.error.issues) {
      faults.add(
        [...at, 'value', ...(issue.path as OpsErrorPath)],
        say('{column} {type}: {~reason}', {
          column: excerpt(column.name),
          type: operator.label,
          reason: issue.message,
        }),
      )
    }
    return everything
  }
  const predicate = operator.predicate(operand.data, column.settings, context)
  return { kind: 'cell', column, operator, operand: operand.data, predicate }
}

function checkState(filter: StateFilter, column: QueryColumn, checking: Checking, at: OpsErrorPath): CheckedNode {
  const states = [...new Set(typeof filter.state === 'string' ? [filter.state] : filter.state)]
  const codes = filter.code === undefined ? null : [...new Set([filter.code].flat())]
  if (column.state === null && states.some((state) => state !== 'warning')) {
    checking.faults.add(
      [...at, 'state'],
      say('{column} is not computed; its cells know only the state “warning”. For empty cells use an operator.', {
        column: excerpt(column.name),
      }),
    )
  }
  return { kind: 'state', column, states, codes }
}

function checkFormulaLeaf({ formula }: FormulaFilter, checking: Checking, at: OpsErrorPath): CheckedNode {
  const { table, context, faults } = checking
  const condition = table.conditions?.read(formula, context) ?? {
    fault: say('Formulas cannot be used here.'),
    start: 0,
    end: 0,
  }
  if (!('fault' in condition)) return { kind: 'formula', condition }
  faults.add([...at, 'formula'], condition.fault, 'INVALID_QUERY', { start: condition.start, end: condition.end })
  return everything
}

function checkSearch(filter: SearchFilter, checking: Checking, at: OpsErrorPath): CheckedNode {
  const { table, context, faults } = checking
  const text = filter.search.trim()
  if (text === '') return everything
  const columns: QueryColumn[] = []
  for (const [i, name] of (filter.columns ?? []).entries()) {
    const column = resolveColumn(table, name)
    if ('fault' in column) faults.add([...at, 'columns', i], column.fault)
    else columns.push(column)
  }
  const searched = filter.columns === undefined ? table.columns.filter((column) => column.number !== null) : columns
  const of = searched.flatMap((column): CheckedNode[] => {
    const predicate = searchPredicate(column, text, context)
    return predicate === null ? [] : [{ kind: 'predicate', column, predicate }]
  })
  return { kind: 'or', of }
}
