import { type RawBuilder, sql } from 'kysely'
import { type CellState, cellStates } from './cell-state.ts'
import type { CheckedFilter, CheckedNode } from './checked-filter.ts'
import { allOf, anyOf, compilePredicate, truth, twoValued } from './compile-predicate.ts'
import { fillMark, fillMarkStep, runningNumbers, settledNumbers } from './fill-mark.ts'
import { baseMark, highestMark } from './formula-mark.ts'
import { compileGroupKey } from './group-key.ts'
import { cellRef, sideTable } from './physical.ts'
import type { FormulaMarks, QueryColumn, QueryTable } from './query-table.ts'

/**
 * A filter as the condition of a WHERE over the table under the alias `t`. Bound parameters carry every value; the
 * only names in the text are the table's own physical ones.
 *
 * Within WHERE the condition is two-valued. Elsewhere a null is to be read as false.
 */
export function compileFilter(filter: CheckedFilter): RawBuilder<boolean> {
  const asked = compileNode(filter.root, filter.table, false)
  const only = filter.table.only?.(filter.context)
  return only === undefined ? asked : allOf([asked, compileFilter(only)])
}

function compileNode(node: CheckedNode, table: QueryTable, negated: boolean): RawBuilder<boolean> {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.of.map((part) => compileNode(part, table, negated))
      return (node.kind === 'and') === negated ? anyOf(parts) : allOf(parts)
    }
    case 'not':
      return compileNode(node.of, table, !negated)
    case 'cell':
    case 'predicate': {
      const { column } = node
      const target = {
        ref: cellRef(column.values),
        storage: column.type.storage,
        sortKey: column.sortKey === null ? null : cellRef(column.sortKey),
        searchIndexed: column.searchIndexed === true,
      }
      return compilePredicate(node.predicate, target, negated)
    }
    case 'group':
      return compileGroupKey(node.level, node.key, negated)
    case 'formula': {
      const { implied, sql: holds } = node.condition
      if (negated) return sql`not ${holds}`
      return implied === null ? holds : allOf([compileNode(implied, table, false), holds])
    }
    case 'state':
      return compileState(node, table, negated)
    default:
      return node satisfies never
  }
}

function compileState({ column, states, codes }: StateNode, table: QueryTable, negated: boolean): RawBuilder<boolean> {
  if (column.marks !== undefined) return compileMarks({ column, states, codes }, column.marks, negated)
  const isFilled = column.state !== null && column.fillGeneration !== undefined
  const conditions = isFilled ? [compileFillMarks(column, states, column.state, column.fillGeneration)] : []
  if (!isFilled || codes !== null) {
    const side = sideTable(table)
    if (side === null || column.number === null) return truth(negated)
    const numbers = states.map((state) => cellStates[state])
    // No code stands beside a cell that is done, and the index leaves those out.
    const ofState = isFilled
      ? sql` and side.state <> ${sql.lit(cellStates.done)}`
      : sql` and side.state = any(${numbers}::smallint[])`
    const ofCode = codes === null ? sql`` : sql` and side.code = any(${[...codes]}::text[])`
    conditions.push(
      sql`exists (select 1 from ${side} as side where side.row_id = ${cellRef('_id')} and side.column_number = ${column.number}::int${ofState}${ofCode})`,
    )
  }
  return twoValued(allOf(conditions), negated)
}

type StateNode = Pick<Extract<CheckedNode, { kind: 'state' }>, 'column' | 'states' | 'codes'>

/** States of the cells that a plugin fills, of which each row has exactly one. */
function compileFillMarks(
  column: QueryColumn,
  states: readonly CellState[],
  state: string,
  generation: number,
): RawBuilder<boolean> {
  const mark = cellRef(state)
  const cell = cellRef(column.values)
  const number = sql`${mark} % ${sql.lit(fillMarkStep)}`
  const listed = (numbers: readonly number[]): RawBuilder<unknown> => sql.join(numbers.map((each) => sql.lit(each)))
  return anyOf(
    states.map((asked): RawBuilder<boolean> => {
      switch (asked) {
        case 'empty':
          return sql`(${mark} is null and ${cell} is null)`
        case 'done':
          return sql`(${mark} = ${sql.lit(fillMark(generation, 'done'))} or (${mark} is null and ${cell} is not null))`
        case 'failed':
        case 'skipped':
          return sql`${mark} = ${sql.lit(fillMark(generation, asked))}`
        case 'queued':
          return sql`${number} = ${sql.lit(cellStates.queued)}`
        case 'running':
          return sql`${number} in (${listed(runningNumbers)})`
        case 'stale':
          return sql`(${number} = ${sql.lit(cellStates.stale)} or (${number} in (${listed(settledNumbers)}) and ${mark} / ${sql.lit(fillMarkStep)} <> ${sql.lit(generation)}))`
        case 'warning':
          return sql`false`
        default:
          return asked satisfies never
      }
    }),
  )
}

/** States of a formula's cells, of which each row has exactly one. */
function compileMarks(
  { column, states, codes }: StateNode,
  { generation, numbersOf }: FormulaMarks,
  negated: boolean,
): RawBuilder<boolean> {
  const mark = cellRef(column.state ?? '')
  const cell = cellRef(column.values)
  const [done, highest] = [sql.lit(baseMark(generation)), sql.lit(highestMark(generation))]
  const conditions = states.flatMap((state): RawBuilder<boolean>[] => {
    if (state === 'failed') {
      if (codes === null) return [sql`${mark} between ${done} + 1 and ${highest}`]
      const numbers = codes.flatMap((code) => numbersOf(code))
      return [sql`${mark} = any(${numbers.map((number) => baseMark(generation) + number)}::smallint[])`]
    }
    if (codes !== null) return []
    if (state === 'done') return [sql`(${mark} = ${done} and ${cell} is not null)`]
    if (state === 'empty') return [sql`(${mark} = ${done} and ${cell} is null)`]
    if (state === 'stale') return [sql`${mark} not between ${done} and ${highest}`]
    return state === 'queued' ? [sql`${mark} is null`] : []
  })
  return twoValued(anyOf(conditions), negated)
}
