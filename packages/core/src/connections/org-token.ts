import { createHash } from 'node:crypto'
import { randomText } from '../catalog/new-id.ts'
import { checkOrgId } from '../catalog/org-id.ts'

/** What comes back to the host in an address: unguessable, and finds its org without a search. */
export interface OrgToken {
  readonly orgId: string
  /** Of a connection, or of a visit to a consent screen. */
  readonly id: string
  readonly secret: string
}

/** A fresh secret, and what is kept to recognise it. */
export function makeTokenSecret(): { readonly secret: string; readonly digest: string } {
  const secret = randomText(40)
  return { secret, digest: digestOf(secret) }
}

/** Digests of texts that nobody can guess need no salt, and are compared without telling anything of the text. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64')
}

export function printOrgToken({ orgId, id, secret }: OrgToken): string {
  return `${Buffer.from(orgId).toString('base64url')}.${id}.${secret}`
}

/** @returns undefined for what is no token of the kind */
export function readOrgToken(token: unknown, kind: 'con' | 'oat'): OrgToken | undefined {
  if (typeof token !== 'string' || token.length > 500) return undefined
  const [org = '', id = '', secret = '', ...more] = token.split('.')
  if (more.length > 0 || !id.startsWith(`${kind}_`) || !/^[a-z]{3}_[a-z0-9]{16}$/.test(id)) return undefined
  if (!/^[a-z0-9]{40}$/.test(secret)) return undefined
  try {
    return { orgId: checkOrgId(Buffer.from(org, 'base64url').toString()), id, secret }
  } catch {
    return undefined
  }
}
