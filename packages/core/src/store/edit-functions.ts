import { isPostgresError } from '../db/database-errors.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { type EditFunction, makeEditFunction } from './edit-function.ts'
import type { OrgSession } from './org-session.ts'

/** By name: how many edits are to pass before a function is made, or that it is there. */
export type EditFunctions = Map<string, number | 'ready'>

/** Edits of the same columns in one process before a function is worth making. */
const editsBefore = 2

/** Edits until the next try where a function could not be made, because of another process that made it say. */
const editsUntilRetry = 100

/** Functions remembered at most. */
const mostFunctions = 20_000

export function isReady({ editFunctions }: OrgSession, { name }: EditFunction): boolean {
  return editFunctions.get(name) === 'ready'
}

/** Notes an edit that went without its function. Makes it behind the back of who edits, once it is worth it. */
export function noteEdit(session: OrgSession, tableId: string, edit: EditFunction): void {
  const { editFunctions } = session
  const { name } = edit
  if (!editFunctions.has(name) && editFunctions.size >= mostFunctions) editFunctions.clear()
  const left = editFunctions.get(name) ?? editsBefore
  if (left === 'ready') return
  editFunctions.set(name, left - 1)
  if (left !== 1) return
  const made = session.writeTable(tableId, {}, (work) => makeEditFunction(work, edit))
  void made.then(
    () => editFunctions.set(name, 'ready'),
    () => editFunctions.set(name, editsUntilRetry),
  )
}

/** Whether an error says that a function is not there: the table's columns changed, or the org was restored. */
export function isFunctionMissing(error: unknown): boolean {
  return isOpsError(error) && isPostgresError(error.cause, '42883', '3F000')
}
