import { OpsError } from '../errors/ops-error.ts'

const allowed = /^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,127}$/

/**
 * Org ids come from the host's session. They are written into the envelope of each transaction, hence the narrow
 * alphabet: letters, digits and `_ . : @ -`, at most 128 characters.
 *
 * @throws OpsError `INVALID_INPUT`
 */
export function checkOrgId(orgId: unknown): string {
  if (isOrgId(orgId)) return orgId
  throw new OpsError('INVALID_INPUT', 'An org id has 1 to 128 characters out of letters, digits and _ . : @ -', {
    path: ['orgId'],
  })
}

export function isOrgId(orgId: unknown): orgId is string {
  return typeof orgId === 'string' && allowed.test(orgId)
}
