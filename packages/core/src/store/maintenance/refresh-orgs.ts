import { everyItem } from '../../catalog/every-item.ts'
import { tablesCalling } from '../../catalog/system.repository.ts'
import type { FunctionRegistry } from '../../formula/function-registry.ts'
import { refreshVolatile } from '../formulas/refresh-volatile.ts'
import type { OrgSession } from '../org-session.ts'
import type { MaintenanceTask } from './maintenance.ts'

/** The shortest time that a result of `NOW` stays good. */
const leastAgeMs = 60_000

/**
 * Brings results that change with time up to date where nobody reads them, so that filters, rules and exports find
 * those of today. Reads do the same for the tables that they read.
 *
 * @param sessionOf a session of the system's own actor
 */
export function refreshOrgs(
  sessionOf: (orgId: string) => OrgSession,
  functions: FunctionRegistry,
  now: () => Date,
): MaintenanceTask {
  const names = functions.functions.flatMap(({ volatile, name, aliases = [] }) =>
    volatile === undefined ? [] : [name, ...aliases],
  )
  return async ({ database, signal, guarded, onVisit }) => {
    const before = new Date(now().getTime() - leastAgeMs).toISOString()
    const first = { orgId: '', tableId: '' }
    const tables = everyItem(first, (page) => tablesCalling(database, names, before, page, { signal }))
    for await (const { orgId, tableId } of tables) {
      await guarded(async () => {
        const { tables: due, rows } = await refreshVolatile(sessionOf(orgId), { tableId, signal })
        if (due > 0) onVisit({ task: 'formulas', orgId, tableId, rows })
      })
    }
  }
}
