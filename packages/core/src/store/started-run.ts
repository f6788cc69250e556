import { sql } from 'kysely'
import { actorText } from '../catalog/actor.ts'
import { runOfKey } from '../catalog/runs.repository.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { plainText } from '../values/plain-text.ts'
import type { WriteOptions } from './operation-log.ts'
import type { Work } from './org-session.ts'

/** What calls that start a run take beside their input. */
export interface StartOptions extends WriteOptions {
  /**
   * Names the start, at most 100 characters, for who sends it again because no answer came: as long as a run is kept, its actor gets
   * it back for its key, and nothing is started. @default each call starts a run
   */
  readonly key?: string | undefined
}

const keySchema = plainText(100).min(1).optional()

/** How a key stands in the catalog: nobody gets the run of another actor by guessing. @throws OpsError `INVALID_INPUT` */
export function keptKey({ actor }: Pick<Work, 'actor'>, { key }: StartOptions): string | null {
  const checked = checkInput(keySchema, key, ['key'])
  return checked === undefined ? null : `${actorText(actor)} ${checked}`
}

/**
 * The run that a key has started. Others who start by the key wait until the transaction ends.
 *
 * @param tableId that the run is of; null for one that makes its table
 * @returns its id, or undefined if there is none or no key is given
 * @throws OpsError `INVALID_INPUT`; `CONFLICT` if the key has started a run of another kind or table
 */
export async function startedRun(
  work: Work,
  kind: string,
  tableId: string | null,
  options: StartOptions,
): Promise<string | undefined> {
  const { tx, org } = work
  const key = keptKey(work, options)
  if (key === null) return undefined
  const lock = `opslayer run key ${org.orgId} ${key}`
  await tx.all(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0)) as "opslayer run key"`)
  const run = await runOfKey(tx.db, org.orgId, key)
  if (run === undefined || (run.kind === kind && (tableId ?? run.table_id) === run.table_id)) return run?.id
  throw new OpsError('CONFLICT', say('The key has started another run already. Choose a new one.'), { path: ['key'] })
}
