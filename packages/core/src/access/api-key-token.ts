import { createHash, timingSafeEqual } from 'node:crypto'
import { randomText } from '../catalog/new-id.ts'

/** What a key's text says: whose it is, which one, and the secret that proves it. */
export interface KeyToken {
  readonly orgId: string
  readonly keyId: string
  readonly secret: string
}

const pattern = /^opk\.([A-Za-z0-9_-]{1,172})\.(apk_[a-z0-9]{16})\.([a-z0-9]{40})$/

/** A secret of 200 random bits: nothing to guess, so a plain digest keeps it. */
export function newSecret(): string {
  return randomText(40)
}

/** `opk.<org>.<key>.<secret>`: the org is in it, so that the key is looked for in its own database. */
export function printToken({ orgId, keyId, secret }: KeyToken): string {
  return `opk.${Buffer.from(orgId).toString('base64url')}.${keyId}.${secret}`
}

/** undefined for whatever is no key. */
export function readToken(text: string): KeyToken | undefined {
  const [, org, keyId, secret] = pattern.exec(text) ?? []
  if (org === undefined || keyId === undefined || secret === undefined) return undefined
  return { orgId: Buffer.from(org, 'base64url').toString(), keyId, secret }
}

export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

export function isSecretOf(secret: string, digest: string): boolean {
  const [given, kept] = [Buffer.from(digestOf(secret)), Buffer.from(digest)]
  return given.length === kept.length && timingSafeEqual(given, kept)
}
