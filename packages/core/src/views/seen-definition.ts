import type { TableWork } from '../store/org-session.ts'
import { hiddenColumns } from '../store/table-access.ts'
import type { ViewDefinition } from './view-definition.ts'

/** A definition without the parts that are about columns hidden from the actor. */
export function seenDefinition(definition: ViewDefinition, { table }: Pick<TableWork, 'table'>): ViewDefinition {
  const hidden = hiddenColumns(table)
  if (hidden.length === 0) return definition
  // Stored definitions name columns by id, and nothing else looks like one.
  const isSeen = (part: unknown): boolean => {
    const text = JSON.stringify(part)
    return !hidden.some((id) => text.includes(id))
  }
  return {
    ...definition,
    filter: isSeen(definition.filter) ? definition.filter : null,
    sorts: definition.sorts.filter(isSeen),
    groupBy: definition.groupBy.filter(isSeen),
    columns: definition.columns.filter(isSeen),
    formats: definition.formats.filter(isSeen),
  }
}
