import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { sortKeyName, valuesName } from '../physical-names.ts'
import type { IndexPart, IndexPlan } from './index-plan.ts'
import type { ShapeCondition } from './query-shape.ts'
import type { TableFacts } from './table-facts.ts'

/** Bytes of cells that an index entry may hold; PostgreSQL refuses rows beyond 2,700, so this must never be crossed. */
export const maxEntryBytes = 2_000

/** What a range is taken to leave, its bounds being unknown. */
const shareOfRange = 0.3

/** A condition as an ordered index can serve it. */
export interface Condition {
  readonly part: IndexPart
  readonly use: 'one' | 'some' | 'range'
  readonly share: number
  /** Whether the entry says all that the condition asks, so that the row need not be looked at. */
  readonly exact: boolean
}

/** How an index can serve a condition: as part of an ordered one, by one of its own, or not at all. */
export function conditionOf(
  table: TableDefinition,
  facts: TableFacts,
  { column: id, use }: ShapeCondition,
): Condition | IndexPlan | null {
  const system = systemPart(id)
  if (system !== null) {
    return use === 'list' || use === 'text' ? null : { part: system, use, share: shareOfRange, exact: true }
  }
  const column = table.columns.find((candidate) => candidate.id === id)
  if (column === undefined) return null
  const values = { column: id, name: valuesName(column) }
  if (use === 'list') return { method: 'list', parts: [values], include: [] }
  if (use === 'text') return { method: 'text', parts: [values], include: [] }
  const natural = isKeyable(column)
  if (!natural && !holdsWholeCells(column)) return null
  if (natural && use === 'range') return null
  const share = facts.sharePerValue.get(values.name) ?? 0
  return {
    part: natural ? { column: id, name: sortKeyName(column) } : values,
    use,
    share: use === 'range' ? shareOfRange : use === 'some' ? Math.min(1, share * 3) : share,
    exact: !natural,
  }
}

/** The part that an index needs to give the order of a column, or why none can. */
export function sortPart(table: TableDefinition, id: string): IndexPart | string | null {
  const system = systemPart(id)
  if (system !== null) return system
  const column = table.columns.find((candidate) => candidate.id === id)
  if (column === undefined) return null
  if (isKeyable(column)) return { column: id, name: sortKeyName(column) }
  const { sort, label } = column.columnType
  if (sort === 'value' && holdsWholeCells(column)) return { column: id, name: valuesName(column) }
  return sort === 'option-order'
    ? `${label} is ordered by the place of its options, which change without touching a row.`
    : `${label} may hold texts that are too long for an index.`
}

/** Columns whose order is kept in a sort key. */
export function isKeyable(column: ColumnDefinition): boolean {
  return column.columnType.storage === 'text' && column.columnType.sort === 'natural-text'
}

/** Columns whose every cell fits into an index entry. */
function holdsWholeCells({ columnType }: ColumnDefinition): boolean {
  switch (columnType.storage) {
    case 'numeric':
    case 'boolean':
    case 'date':
    case 'timestamptz':
      return true
    case 'text':
      return (columnType.maxBytes ?? maxEntryBytes) < maxEntryBytes
    case 'text[]':
    case 'jsonb':
      return false
    default:
      return columnType.storage satisfies never
  }
}

function systemPart(id: string): IndexPart | null {
  return id === '_created_at' || id === '_updated_at' || id === '_version' ? { column: id, name: id } : null
}

/** The part that carries the values of a column along; null for cells that may be too long. */
export function valuePart(table: TableDefinition, id: string): IndexPart | null {
  const system = systemPart(id)
  if (system !== null) return system
  const column = table.columns.find((candidate) => candidate.id === id)
  return column !== undefined && holdsWholeCells(column) ? { column: id, name: valuesName(column) } : null
}
