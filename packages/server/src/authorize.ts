import { type Access, OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'
import type { AuthorizedCall, Identity } from './actor.ts'
import { type ProcedureName, procedureActions, roleMay } from './roles.ts'

/** The host's own rules, for calls that the matrix of roles allows. */
export type Authorize = (call: AuthorizedCall) => boolean | Access | Promise<boolean | Access>

/**
 * What of the org is there for the actor in this call; undefined: all of it.
 *
 * @throws OpsError `FORBIDDEN`
 */
export async function authorized(
  identity: Identity,
  procedure: ProcedureName,
  getRawInput: () => Promise<unknown>,
  authorize: Authorize | undefined,
): Promise<Access | undefined> {
  const action = procedureActions[procedure]
  const { role } = identity.actor
  if (!roleMay(role, action)) {
    throw new OpsError(
      'FORBIDDEN',
      role === undefined
        ? say('Without a role this is not allowed ({action}). Ask an administrator.', { action })
        : say('With the role "{role}" this is not allowed ({action}). Ask an administrator.', { role, action }),
    )
  }
  // Undo reaches further than its procedure says: what a role may not define, it may not take back either.
  const define = roleMay(role, 'definitions.write')
  const byRole: Access | undefined = define ? undefined : { define }
  const own = bothOf(identity.access, byRole)
  if (authorize === undefined) return own
  const tableId = tableIdOf(await getRawInput())
  const decision = await authorize({ ...identity, procedure, action, tableId })
  if (decision === false)
    throw new OpsError('FORBIDDEN', say('This is not allowed ({action}). Ask an administrator.', { action }))
  return decision === true ? own : bothOf(own, decision)
}

/** What two accesses both leave; what a key is for is narrowed by the host's rules, and the other way round. */
function bothOf(first: Access | undefined, second: Access | undefined): Access | undefined {
  if (first === undefined || second === undefined) return first ?? second
  const define = first.define !== false && second.define !== false
  if (first.table === undefined || second.table === undefined) return { define, table: first.table ?? second.table }
  return {
    define,
    table: (tableId) => {
      const [one, other] = [first.table?.(tableId), second.table?.(tableId)]
      if (one === null || other === null) return null
      if (one === undefined || other === undefined) return one ?? other
      const rows = [one.rows, other.rows].filter((filter) => filter !== undefined)
      return {
        hidden: [...(one.hidden ?? []), ...(other.hidden ?? [])],
        readOnly: [...(one.readOnly ?? []), ...(other.readOnly ?? [])],
        ...(rows.length > 0 && { rows: { and: rows } }),
      }
    },
  }
}

/** The table that an unchecked input names. */
export function tableIdOf(input: unknown): string | undefined {
  const tableId: unknown = Object(input).tableId
  return typeof tableId === 'string' ? tableId : undefined
}
