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
 * Encrypts the secrets of one org anew under the host's current key, a few at a time, while everybody reads and writes
 * them. What is done is done: after an interruption it goes on, and several processes share the work.
 */
export async function rotateOrgSecrets(
  session: OrgSession,
  vault: Vault,
  options: CallOptions = {},
): Promise<RotationResult> {
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
