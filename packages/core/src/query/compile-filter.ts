import { type RawBuilder, sql } from 'kysely'
import { cellStates } from './cell-state.ts'
import type { CheckedFilter, CheckedNode } from './checked-filter.ts'
import { allOf, anyOf, compilePredicate, truth, twoValued } from './compile-predicate.ts'
import { baseMark, highestMark } from './formula-mark.ts'
import { compileGroupKey } from './group-key.ts'
import { cellRef, sideTable } from './physical.ts'
import type { FormulaMarks, QueryTable } from './query-table.ts'

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
    case 'formula':
      return negated ? sql`not ${node.condition.sql}` : node.condition.sql
    case 'state':
      return compileState(node, table, negated)
    default:
      return node satisfies never
  }
}

function compileState(
  { column, states, code }: Extract<CheckedNode, { kind: 'state' }>,
  table: QueryTable,
  negated: boolean,
): RawBuilder<boolean> {
  if (column.marks !== undefined) return compileMarks({ column, states, code }, column.marks, negated)
  const codes = states.map((state) => cellStates[state])
  const conditions: RawBuilder<boolean>[] = []
  if (column.state !== null) {
    const ref = cellRef(column.state)
    const stored =
      codes.length === 1
        ? sql<boolean>`${ref} = ${codes[0]}::smallint`
        : sql<boolean>`${ref} = any(${codes}::smallint[])`
    // A row that the column never looked at has no state yet.
    conditions.push(codes.includes(cellStates.empty) ? anyOf([stored, sql`${ref} is null`]) : stored)
  }
  if (column.state === null || code !== null) {
    const side = sideTable(table)
    if (side === null || column.number === null) return truth(negated)
    const ofCode = code === null ? sql`` : sql` and side.code = ${code}::text`
    conditions.push(
      sql`exists (select 1 from ${side} as side where side.row_id = ${cellRef('_id')} and side.column_number = ${column.number}::int and side.state = any(${codes}::smallint[])${ofCode})`,
    )
  }
  return twoValued(allOf(conditions), negated)
}

/** States of a formula's cells, of which each row has exactly one. */
function compileMarks(
  { column, states, code }: Pick<Extract<CheckedNode, { kind: 'state' }>, 'column' | 'states' | 'code'>,
  { generation, numbersOf }: FormulaMarks,
  negated: boolean,
): RawBuilder<boolean> {
  const mark = cellRef(column.state ?? '')
  const cell = cellRef(column.values)
  const [done, highest] = [sql.lit(baseMark(generation)), sql.lit(highestMark(generation))]
  const conditions = states.flatMap((state): RawBuilder<boolean>[] => {
    if (state === 'failed') {
      if (code === null) return [sql`${mark} between ${done} + 1 and ${highest}`]
      return [sql`${mark} = any(${numbersOf(code).map((number) => baseMark(generation) + number)}::smallint[])`]
    }
    if (code !== null) return []
    if (state === 'done') return [sql`(${mark} = ${done} and ${cell} is not null)`]
    if (state === 'empty') return [sql`(${mark} = ${done} and ${cell} is null)`]
    if (state === 'stale') return [sql`${mark} not between ${done} and ${highest}`]
    return state === 'queued' ? [sql`${mark} is null`] : []
  })
  return twoValued(anyOf(conditions), negated)
}
