import { eachAlone } from '../catalog/each-alone.ts'
import { everyItem } from '../catalog/every-item.ts'
import { orgsWithFormerKeys } from '../catalog/system.repository.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { OrgSession } from '../store/org-session.ts'
import { dropKeysBehind, keysBehind, saveSecret, secretsBehind } from './secrets.repository.ts'
import { isGoneKey, sealing, type Vault } from './vault.ts'

export interface RotationResult {
  /** Secrets encrypted anew by this call. */
  readonly secrets: number
  /** Keys of orgs that still need a former key of the host's: another process is at work on them, or was. */
  readonly left: number
}

const secretsAtOnce = 50

/**
 * Encrypts the secrets of all orgs anew, one org after the other. What fails for one of them is thrown once the others are
 * done.
 */
export async function rotateSecrets(
  databases: readonly OpenDatabase[],
  sessionOf: (orgId: string) => OrgSession,
  vault: Vault,
  options: CallOptions = {},
): Promise<RotationResult> {
  const kekId = await vault.currentKey()
  let done: RotationResult = { secrets: 0, left: 0 }
  async function* orgs(): AsyncGenerator<string> {
    for (const database of databases) {
      yield* everyItem('', (page) => orgsWithFormerKeys(database, kekId, page, options))
    }
  }
  await eachAlone(orgs(), async (orgId) => {
    const { secrets, left } = await rotateOrgSecrets(sessionOf(orgId), vault, options)
    done = { secrets: done.secrets + secrets, left: done.left + left }
  })
  return done
}

/**
 * Encrypts the secrets of one org anew under the host's current key, a few at a time, while everybody reads and writes
 * them. What is done is done: after an interruption it goes on, and several processes share the work.
 */
async function rotateOrgSecrets(session: OrgSession, vault: Vault, options: CallOptions = {}): Promise<RotationResult> {
  const current = await vault.currentKey()
  let secrets = 0
  for (;;) {
    secrets += await moveSecrets(session, vault, current, options)
    try {
      const left = await session.write(options, ({ tx }) => dropKeysBehind(tx.db, session.orgId, current))
      return { secrets, left }
    } catch (error) {
      // Somebody who knows only the former key has written another secret with it.
      if (!isGoneKey(error)) throw error
    }
  }
}

async function moveSecrets(session: OrgSession, vault: Vault, current: string, options: CallOptions): Promise<number> {
  const { orgId } = session
  const former = await session.read(options, ({ tx }) => keysBehind(tx.db, orgId, current))
  if (former.length === 0) return 0
  for (const key of former) await vault.prepare(orgId, key)
  let secrets = 0
  for (;;) {
    const moved = await sealing(vault, session, (sealer) =>
      session.write(options, async ({ tx }) => {
        const behind = await secretsBehind(tx.db, orgId, current, secretsAtOnce)
        for (const { place, ...sealed } of behind)
          await saveSecret(tx.db, place, sealer.seal(place, await vault.open(place, sealed)))
        return behind.length
      }),
    )
    if (moved === 0) return secrets
    secrets += moved
  }
}
