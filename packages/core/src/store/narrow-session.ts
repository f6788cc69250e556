import type { TableDefinition } from '../catalog/table-definition.ts'
import { tableNotFound } from '../catalog/tables.repository.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from './org-session.ts'
import { type Access, isRestricted, restrictTable, type TableAccess } from './table-access.ts'

const unrestricted: TableAccess = {}

/**
 * The session of an actor who may not do everything. Everything that touches rows goes through it, so no method can
 * forget: reads find the table without its hidden columns and only the rows of the actor, writes the table whole, and
 * with it what to refuse; definitions of a table that is not wholly theirs stay as they are.
 */
export function narrowSession(session: OrgSession, access: Access): OrgSession {
  /** @throws OpsError `NOT_FOUND` */
  function accessTo(tableId: string): TableAccess {
    const given = access.table?.(tableId)
    if (given === null) throw tableNotFound(tableId)
    return given ?? unrestricted
  }

  return {
    ...session,
    readTable: (tableId, options, work) =>
      session.readTable(tableId, options, (found) =>
        work({ ...found, table: restrictTable(found.table, accessTo(tableId)).seen }),
      ),
    writeTable: (tableId, options, work) =>
      session.writeTable(tableId, options, (found) =>
        work({ ...found, table: restrictTable(found.table, accessTo(tableId)).whole }),
      ),
    writeSingle: async (tableId, options, statement) =>
      isRestricted(accessTo(tableId)) ? undefined : await session.writeSingle(tableId, options, statement),
    defineTable: (tableId, options, work) =>
      session.defineTable(tableId, options, async (found) => {
        const mayDefine = access.define !== false && !isRestricted(accessTo(tableId))
        if (mayDefine || options.part === true) return await work(found)
        throw new OpsError('FORBIDDEN', say('You may not change the definition of this table.'), { path: ['tableId'] })
      }),
    seen: (table: TableDefinition) => {
      const given = access.table?.(table.id)
      return given === null ? undefined : restrictTable(table, given ?? unrestricted).seen
    },
  }
}
