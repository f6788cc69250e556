import type { ViewRecord } from '../db/tables/views.db.ts'
import type { TableWork } from '../store/org-session.ts'
import { seenDefinition } from './seen-definition.ts'
import { storedDefinition, usableDefinition, type ViewIssue } from './usable-definition.ts'
import { emptyDefinition, type ViewDefinition } from './view-definition.ts'

/** Who sees a view: its owner, everyone, or everyone without being able to delete it. */
export type ViewKind = 'personal' | 'shared' | 'system'

/** A saved way to look at a table. */
export interface View {
  /** `viw_…`, or `all` for the view of all rows that every table has. */
  readonly id: string
  readonly tableId: string
  readonly name: string
  readonly kind: ViewKind
  /** Who made it: `user:u1`. */
  readonly owner: string
  /** As it is stored, parts that do not fit the table any more included. */
  readonly definition: ViewDefinition
  /** The parts that do not fit and are left out of use. Empty if all is well. */
  readonly issues: readonly ViewIssue[]
  /** Grows with each change but that of its place. */
  readonly version: number
  /** ISO 8601. */
  readonly createdAt: string
  /** ISO 8601, or null for a live view. */
  readonly deletedAt: string | null
}

/** Id of the view of all rows. It is not stored, so that it costs nothing and nobody can lose it. */
export const allRowsId = 'all'

export function allRowsView({ table }: TableWork): View {
  return {
    id: allRowsId,
    tableId: table.id,
    name: 'All rows',
    kind: 'system',
    owner: 'system:opslayer',
    definition: emptyDefinition,
    issues: [],
    version: 1,
    createdAt: table.createdAt,
    deletedAt: null,
  }
}

export function viewOf(work: TableWork, record: ViewRecord): View {
  const definition = seenDefinition(storedDefinition(record.definition), work)
  return {
    id: record.id,
    tableId: record.table_id,
    name: record.name,
    kind: record.kind,
    owner: record.owner_id,
    definition,
    issues: usableDefinition(definition, work).issues,
    version: record.version,
    createdAt: record.created_at,
    deletedAt: record.deleted_at,
  }
}
