import { isDeepStrictEqual } from 'node:util'
import { findAnyView, updateView, type ViewChanges } from '../catalog/views.repository.ts'
import type { ViewRecord } from '../db/tables/views.db.ts'
import type { Json } from '../values/json.ts'
import { insertDefinitionEntry } from './log-entry.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import type { LoggedImages } from './revert-definitions.ts'
import { addConflicts, type RevertReport } from './revert-report.ts'

/** What the change log keeps of a change of a view. */
export interface LoggedView extends ViewChanges {
  readonly view: string
}

/** Writes the changes over a view and logs both: also how undo and redo go back and forth. */
export async function changeView(
  work: TableWork,
  log: OperationLog,
  record: ViewRecord,
  changes: ViewChanges,
): Promise<void> {
  const { tx, org } = work
  await updateView(tx.db, org.orgId, record.id, changes)
  await logView(work, log, { view: record.id, ...membersOf(record, changes) }, { view: record.id, ...changes })
}

/** Logs that a view was made. */
export async function logNewView(work: TableWork, log: OperationLog, viewId: string): Promise<void> {
  await logView(work, log, { view: viewId, deleted: true }, { view: viewId, deleted: false })
}

/**
 * Takes back the making, deleting, restoring or changing of a view. What is no longer as the entry left it stays.
 *
 * @returns whether an entry was written
 */
export async function revertView(
  work: TableWork,
  log: OperationLog,
  { before, after }: LoggedImages<LoggedView>,
  report: RevertReport,
): Promise<boolean> {
  const { view, ...wanted } = before
  const record = await findAnyView(work.tx.db, work.org.orgId, work.table.id, view)
  const present = record === undefined ? {} : membersOf(record, wanted)
  const back = Object.entries(wanted).filter(([member]) =>
    isDeepStrictEqual(after[member as keyof ViewChanges], present[member as keyof ViewChanges]),
  )
  if (record === undefined || back.length < Object.keys(wanted).length) {
    addConflicts(report, [{ tableId: work.table.id, rowId: null, columnId: null, reason: 'changed' }])
  }
  if (record === undefined || back.length === 0) return false
  await changeView(work, log, record, Object.fromEntries(back))
  return true
}

function membersOf(record: ViewRecord, changes: ViewChanges): ViewChanges {
  const present: Required<ViewChanges> = {
    name: record.name,
    kind: record.kind,
    definition: record.definition,
    deleted: record.deleted_at !== null,
  }
  const members = Object.keys(changes).map((member) => [member, present[member as keyof ViewChanges]])
  return Object.fromEntries(members)
}

async function logView(
  { tx, org, table }: TableWork,
  log: OperationLog,
  before: LoggedView,
  after: LoggedView,
): Promise<void> {
  const image = (view: LoggedView): Json => JSON.parse(JSON.stringify(view))
  await tx.run(insertDefinitionEntry(org, log.entry('view', table.id), image(before), image(after)))
  log.written()
}
