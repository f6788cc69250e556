import type { AnyColumnType, AnyOperator, Json, ValueContext } from '@opslayer/core/values'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { type ColumnTypes, columnTypeIn } from '../provider/column-types.ts'
import type { DraftCondition, DraftQuestion } from './filter-draft.ts'

/** A column that can be filtered by, with its type at hand. */
export interface FilterColumn {
  readonly id: string
  readonly name: string
  readonly type: AnyColumnType
  readonly settings: unknown
  /** Whether its cells are computed and so have states. */
  readonly isComputed: boolean
}

/** Columns of which the front end knows the type; others cannot be filtered by here. */
export function filterColumns(columns: readonly TableColumn[], types: ColumnTypes): readonly FilterColumn[] {
  return columns.flatMap(({ id, name, type, settings, formula }) => {
    const known = columnTypeIn(types, type)
    return known === undefined ? [] : [{ id, name, type: known, settings, isComputed: formula !== null }]
  })
}

/** Columns by every name that filters may use for them. */
export type ColumnsByName = ReadonlyMap<string, FilterColumn>

export function columnsByName(
  columns: readonly FilterColumn[],
  all: readonly Pick<TableColumn, 'id' | 'key'>[] = [],
): ColumnsByName {
  const byId = new Map(columns.map((column) => [column.id, column]))
  const byKey = all.flatMap(({ id, key }) => {
    const column = byId.get(id)
    return column === undefined ? [] : [[key, column] as const]
  })
  return new Map([...byKey, ...byId])
}

export function operatorOf(column: FilterColumn, op: string): AnyOperator<unknown, Json> | undefined {
  const operators: readonly AnyOperator<unknown, Json>[] = column.type.operators
  return operators.find(({ id }) => id === op)
}

/** What a new condition on a column asks at first. */
export function firstQuestion(column: FilterColumn): DraftQuestion {
  const operators: readonly AnyOperator<unknown, Json>[] = column.type.operators
  // “Contains” is what people mean by filtering a text.
  const first = operators.find(({ id }) => id === 'contains' && column.type.storage === 'text') ?? operators[0]
  return { kind: 'cell', column: column.id, op: first?.id ?? 'is', value: firstValue(column, first) }
}

/** Keeps the value of a condition where another operator can take it. */
export function withOperator(
  question: Extract<DraftQuestion, { kind: 'cell' }>,
  column: FilterColumn,
  op: string,
): DraftQuestion {
  const [before, after] = [operatorOf(column, question.op), operatorOf(column, op)]
  const isKept = before?.operandKind === after?.operandKind
  return { ...question, op, value: isKept ? question.value : firstValue(column, after) }
}

function firstValue(column: FilterColumn, operator: AnyOperator<unknown, Json> | undefined): Json | undefined {
  if (column.type.storage === 'boolean') return true
  if (operator?.operandKind === 'period') return 'last_7_days'
  return operator?.operandKind === 'span' ? '30_days' : undefined
}

/** Whether a condition asks something yet: until then it is left out of the filter. */
export function isFinished(condition: DraftCondition, columns: ColumnsByName): boolean {
  switch (condition.kind) {
    case 'cell': {
      const column = columns.get(condition.column)
      const operator = column && operatorOf(column, condition.op)
      return operator === undefined || operator.operandKind === 'none' || !isBlank(condition.value)
    }
    case 'state':
      return condition.states.length > 0
    case 'search':
      return condition.text.trim() !== ''
    case 'formula':
      return condition.formula.trim() !== ''
    default:
      return condition satisfies never
  }
}

function isBlank(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  return Array.isArray(value) && (value.length === 0 || value.some((item) => item === null || item === ''))
}

/** Why a finished condition cannot be asked, as the server would say it; null if it can. */
export function conditionFault(
  condition: DraftCondition,
  columns: ColumnsByName,
  context: ValueContext,
): string | null {
  if (condition.kind !== 'cell' || !isFinished(condition, columns)) return null
  const column = columns.get(condition.column)
  if (column === undefined) return null
  const read = operatorOf(column, condition.op)?.operand(column.settings, context).safeParse(condition.value)
  if (read === undefined || read.success) return null
  return read.error.issues[0]?.message ?? null
}
