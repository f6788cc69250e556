import { isPostgresError } from '../../db/database-errors.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import type { OrgSession } from '../org-session.ts'
import type { RowFunction } from './row-function.ts'

/** Functions by name: there, or not to be had. */
export type RowFunctions = Map<string, 'ready' | 'unavailable'>

/** Functions remembered at most. */
const mostFunctions = 20_000

/** Makes a function behind the back of who edits, once: the edits after this one use it. */
export function makeRowFunctionSoon(session: OrgSession, tableId: string, { name, create }: RowFunction): void {
  const { rowFunctions } = session
  if (rowFunctions.has(name)) return
  if (rowFunctions.size >= mostFunctions) rowFunctions.clear()
  // Until it is made, and where it cannot be, edits do without.
  rowFunctions.set(name, 'unavailable')
  const made = session.writeTable(tableId, {}, ({ tx }) => tx.run(create))
  void made.then(
    () => rowFunctions.set(name, 'ready'),
    () => {},
  )
}

/** Whether an error says that a function is not there: the table's formulas changed, or the org was restored. */
export function isFunctionMissing(error: unknown): boolean {
  return isOpsError(error) && isPostgresError(error.cause, '42883', '3F000')
}
