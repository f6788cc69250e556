import type { Filter, ViewDefinition } from '../data/client/views-calls.ts'
import type { ColumnMarks } from '../grid/header-cell.tsx'

/** How the columns' headers show that a view sorts and filters by them, by column id. @param others what else they show */
export function columnMarks(
  { sorts, filter }: ViewDefinition,
  others: Readonly<Record<string, ColumnMarks>> = {},
): Readonly<Record<string, ColumnMarks>> {
  const marks: Record<string, ColumnMarks> = { ...others }
  for (const id of filteredColumns(filter)) marks[id] = { ...marks[id], isFiltered: true }
  for (const { column, dir = 'asc' } of sorts) marks[column] = { ...marks[column], sorted: dir }
  return marks
}

function filteredColumns(filter: Filter | null): readonly string[] {
  if (filter === null) return []
  if ('and' in filter) return filter.and.flatMap(filteredColumns)
  if ('or' in filter) return filter.or.flatMap(filteredColumns)
  if ('not' in filter) return filteredColumns(filter.not)
  return 'column' in filter ? [filter.column] : []
}
