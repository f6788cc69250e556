import { createHash, randomBytes } from 'node:crypto'
import { newId } from '../catalog/new-id.ts'
import { isPostgresError } from '../db/database-errors.ts'
import type { SecretKeyRecord } from '../db/tables/secrets.db.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import type { OrgSession } from '../store/org-session.ts'
import { decrypt, encrypt, type SecretPlace } from './cipher.ts'
import type { KeyRing } from './encryption-key.ts'
import { findKey, insertKey, type SealedSecret } from './secrets.repository.ts'

/** What seals secrets of one org, without waiting. */
export interface Sealer {
  seal(place: Omit<SecretPlace, 'orgId'>, text: string): { readonly keyId: string; readonly content: string }
}

/** Encrypts and decrypts what an org keeps secret. */
export interface Vault {
  /**
   * Fetches the org's key, made at first use. Ask before a transaction, because a key service may take its time.
   *
   * @throws OpsError `ENCRYPTION_KEY_MISSING` if the host has given no key
   */
  sealerFor(session: OrgSession): Promise<Sealer>
  /** @throws OpsError `ENCRYPTION_KEY_MISSING`; `INTERNAL` for a text that was changed or moved here */
  open(place: SecretPlace, sealed: SealedSecret): Promise<string>
  /** Has a key at hand, so that `open` does not wait for a key service inside a transaction. */
  prepare(orgId: string, key: SecretKeyRecord): Promise<void>
  /** Id of the host's key that wraps from now on. */
  currentKey(): Promise<string>
}

/** Keys of orgs that are kept at hand, and for how long. */
const keptKeys = 1_000
const keptMs = 300_000

interface KeptKey {
  readonly key: Promise<Buffer>
  readonly until: number
}

export function createVault(ringOf: () => Promise<KeyRing>): Vault {
  const kept = new Map<string, KeptKey>()

  /** The name holds a digest of the wrapped key, so that another ring or another key of the id is never taken for it. */
  function unwrapped(ring: KeyRing, orgId: string, { keyId, kekId, wrapped }: Omit<SealedSecret, 'content'>) {
    const name = createHash('sha256').update(`${orgId}\n${keyId}\n${kekId}\n${wrapped}`).digest('base64')
    const known = kept.get(name)
    if (known !== undefined && known.until > performance.now()) return known.key
    const key = ring.unwrap(orgId, keyId, kekId, wrapped)
    kept.delete(name)
    kept.set(name, { key, until: performance.now() + keptMs })
    key.catch(() => kept.delete(name))
    const oldest = kept.keys().next()
    if (kept.size > keptKeys && oldest.done !== true) kept.delete(oldest.value)
    return key
  }

  async function currentKeyOf(ring: KeyRing, session: OrgSession): Promise<{ keyId: string; key: Buffer }> {
    const { orgId } = session
    const found = await session.read({}, ({ tx }) => findKey(tx.db, orgId, ring.current))
    if (found !== undefined) {
      const key = await unwrapped(ring, orgId, { keyId: found.id, kekId: found.kek_id, wrapped: found.wrapped })
      return { keyId: found.id, key }
    }
    const keyId = newId('key')
    const key = randomBytes(32)
    const wrapped = await ring.wrap(orgId, keyId, key)
    await session.write({}, ({ tx }) => insertKey(tx.db, { org_id: orgId, id: keyId, kek_id: ring.current, wrapped }))
    return { keyId, key }
  }

  return {
    sealerFor: async (session) => {
      const { keyId, key } = await currentKeyOf(await ringOf(), session)
      return {
        seal: (place, text) => {
          return { keyId, content: encrypt(key, { ...place, orgId: session.orgId }, Buffer.from(text)) }
        },
      }
    },
    open: async (place, sealed) => {
      const key = await unwrapped(await ringOf(), place.orgId, sealed)
      try {
        return decrypt(key, place, sealed.content).toString()
      } catch (cause) {
        throw new OpsError(
          'INTERNAL',
          `A secret of ${place.holder} "${place.rowId}" does not decrypt: it was changed, or belongs elsewhere.`,
          { cause },
        )
      }
    },
    prepare: async (orgId, { id, kek_id, wrapped }) => {
      await unwrapped(await ringOf(), orgId, { keyId: id, kekId: kek_id, wrapped })
    },
    currentKey: async () => (await ringOf()).current,
  }
}

/**
 * Seals and writes, once more if a rotation took the key away in between.
 *
 * @param write saves what the sealer gives, in one transaction
 */
export async function sealing<T>(vault: Vault, session: OrgSession, write: (sealer: Sealer) => Promise<T>): Promise<T> {
  const sealer = await vault.sealerFor(session)
  try {
    return await write(sealer)
  } catch (error) {
    if (!isGoneKey(error)) throw error
    return await write(await vault.sealerFor(session))
  }
}

/** Whether a key is gone that a secret was to refer to, or is still referred to by one. */
export function isGoneKey(error: unknown): boolean {
  return isPostgresError(error, '23503') || (isOpsError(error) && isPostgresError(error.cause, '23503'))
}
