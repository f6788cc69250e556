import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/** Where a secret belongs. It is bound into the ciphertext, which decrypts nowhere else. */
export interface SecretPlace {
  readonly orgId: string
  /** Table of the catalog. */
  readonly holder: string
  readonly rowId: string
  readonly field: string
}

/** Encrypts by AES-256-GCM under a fresh nonce: nonce, ciphertext and tag as base64. */
export function encrypt(key: Buffer, place: SecretPlace, plain: Buffer): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(place))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** @throws Error if the key is another, or the text was changed or belongs to another place */
export function decrypt(key: Buffer, place: SecretPlace, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64')
  const body = bytes.subarray(nonceBytes, bytes.length - tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(boundTo(place))
    .setAuthTag(bytes.subarray(bytes.length - tagBytes))
  return Buffer.concat([decipher.update(body), decipher.final()])
}

/** An array in JSON, so that no two places read the same. */
function boundTo({ orgId, holder, rowId, field }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([orgId, holder, rowId, field]))
}
