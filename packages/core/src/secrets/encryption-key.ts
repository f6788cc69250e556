import { OpsError } from '../errors/ops-error.ts'
import { decrypt, encrypt, type SecretPlace } from './cipher.ts'

/** A key that wraps keys and never leaves where it is. */
export interface KeyService {
  readonly id: string
  /** Encrypts 32 bytes; `context` must be given again to decrypt them (the encryption context of a KMS). */
  readonly wrap: (key: Uint8Array, context: Readonly<Record<string, string>>) => Promise<Uint8Array>
  readonly unwrap: (wrapped: Uint8Array, context: Readonly<Record<string, string>>) => Promise<Uint8Array>
}

/**
 * A key of the host's: 32 random bytes as base64, or a key service.
 *
 * @example { id: '2026-11', key: process.env.OPSLAYER_KEY } // openssl rand -base64 32
 */
export type EncryptionKey = KeyService | { readonly id: string; readonly key: string }

/** The host's keys: the first one wraps, all unwrap. */
export interface KeyRing {
  /** Id of the key that wraps from now on. */
  readonly current: string
  readonly wrap: (orgId: string, keyId: string, key: Buffer) => Promise<string>
  /** @throws OpsError `ENCRYPTION_KEY_MISSING` naming the key that the ring lacks */
  readonly unwrap: (orgId: string, keyId: string, kekId: string, wrapped: string) => Promise<Buffer>
}

/** @throws OpsError `INVALID_INPUT` without quoting a key */
export function createKeyRing(keys: readonly EncryptionKey[]): KeyRing {
  const services = new Map<string, KeyService>()
  for (const [index, key] of keys.entries()) {
    const path = ['encryptionKeys', index]
    if (typeof key?.id !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,199}$/.test(key.id))
      throw new OpsError('INVALID_INPUT', 'An encryption key has an id of letters, digits and _ . : / -', { path })
    if (services.has(key.id))
      throw new OpsError('INVALID_INPUT', `Two encryption keys have the id "${key.id}".`, { path })
    services.set(key.id, 'key' in key ? localKey(key.id, key.key, path) : key)
  }
  const [current] = services.values()
  if (current === undefined)
    throw new OpsError('INVALID_INPUT', 'Give at least one encryption key, or leave `encryptionKeys` out.')
  return {
    current: current.id,
    wrap: async (orgId, keyId, key) => Buffer.from(await current.wrap(key, contextOf(orgId, keyId))).toString('base64'),
    unwrap: async (orgId, keyId, kekId, wrapped) => {
      const service = services.get(kekId)
      if (service === undefined) {
        throw new OpsError(
          'ENCRYPTION_KEY_MISSING',
          `Secrets of the org are encrypted with the key "${kekId.slice(0, 60)}", which \`encryptionKeys\` lacks. Add it behind the current one until \`ops.rotateSecrets()\` has found nothing left.`,
        )
      }
      try {
        return Buffer.from(await service.unwrap(Buffer.from(wrapped, 'base64'), contextOf(orgId, keyId)))
      } catch (cause) {
        throw new OpsError(
          'ENCRYPTION_KEY_MISSING',
          `The encryption key "${kekId.slice(0, 60)}" does not decrypt what was encrypted under its id. Give the key that had this id.`,
          { cause },
        )
      }
    },
  }
}

function contextOf(orgId: string, keyId: string): Readonly<Record<string, string>> {
  return { org: orgId, key: keyId }
}

function localKey(id: string, text: string, path: readonly (string | number)[]): KeyService {
  const key = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0)
  if (key.length !== 32) {
    throw new OpsError(
      'INVALID_INPUT',
      `The encryption key "${id}" must be 32 bytes as base64; make one with: openssl rand -base64 32`,
      { path },
    )
  }
  const placeOf = (context: Readonly<Record<string, string>>): SecretPlace => ({
    orgId: context.org ?? '',
    holder: 'secret_keys',
    rowId: context.key ?? '',
    field: 'wrapped',
  })
  return {
    id,
    wrap: async (plain, context) => Buffer.from(encrypt(key, placeOf(context), Buffer.from(plain)), 'base64'),
    unwrap: async (wrapped, context) => decrypt(key, placeOf(context), Buffer.from(wrapped).toString('base64')),
  }
}
