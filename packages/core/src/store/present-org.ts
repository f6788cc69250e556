import type { Org } from '../catalog/orgs.repository.ts'
import type { OrgState } from '../db/tables/orgs.db.ts'
import type { OrgMark } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/** What is known of the org is of the past: it was erased, moved, migrated, or its settings changed. */
export class StaleOrg extends OpsError {
  constructor(options: { readonly cause?: unknown } = {}) {
    super('ORG_UNAVAILABLE', say('The org is being changed as a whole. Try again.'), options)
  }
}

/**
 * @param present what the transaction's first message read
 * @throws OpsError `ORG_UNAVAILABLE`; {@link StaleOrg} if the org must be looked up anew
 */
export function checkPresent(present: OrgMark | null, known: Org): void {
  if (present === null || present.shortId !== known.shortId) throw new StaleOrg()
  checkLive(present.state)
  if (present.revision !== known.revision) throw new StaleOrg()
}

/** @throws OpsError `ORG_UNAVAILABLE` */
export function checkLive(state: OrgState): void {
  if (state === 'live') return
  const [what, how] =
    state === 'erasing'
      ? ['being erased', 'call ops.eraseOrg again']
      : ['being imported', 'call ops.importOrg again, or ops.eraseOrg']
  throw new OpsError('ORG_UNAVAILABLE', `The org is ${what}. If that was interrupted, ${how}.`)
}

export function orgNotFound(orgId: string): OpsError {
  return new OpsError('NOT_FOUND', `There is no org "${orgId}" in the database.`)
}
