import { sameBytes } from './same-bytes.ts'
import type { VerifyWebhook, WebhookProof, WebhookRequest, WebhookVerdict } from './webhook-part.ts'

const utf8 = new TextEncoder()

const genuine: WebhookVerdict = { ok: true }
const refused = (reason: string): WebhookVerdict => ({ ok: false, reason })

export interface HmacSignatureOptions<Credentials> {
  /** The header that carries the signature. */
  readonly header: string
  /** @default 'SHA-256' */
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-512'
  /** @default 'hex' */
  readonly encoding?: 'hex' | 'base64'
  /** What stands before the signature: `sha256=`, `v0=`. @default '' */
  readonly prefix?: string
  /** When it was sent, and for how long it is good. Left out where the vendor signs no time. */
  readonly timestamp?: {
    readonly header: string
    readonly unit: 's' | 'ms'
    /** Both ways, for clocks that differ. @default 300000 */
    readonly toleranceMs?: number
  }
  /** What is signed, in parts. @default the body */
  readonly signed?: (request: WebhookRequest, timestamp: string) => readonly (string | Uint8Array<ArrayBuffer>)[]
  /** The key. @default the webhook's secret */
  readonly key?: (proof: WebhookProof<Credentials>) => string
}

/**
 * Checks a keyed hash over the raw request, in constant time, and its age.
 *
 * @example
 * // Slack
 * verify: hmacSignature({
 *   header: 'x-slack-signature', prefix: 'v0=', timestamp: { header: 'x-slack-request-timestamp', unit: 's' },
 *   signed: (request, timestamp) => [`v0:${timestamp}:`, request.body],
 * })
 */
export function hmacSignature<Credentials>(options: HmacSignatureOptions<Credentials>): VerifyWebhook<Credentials> {
  const { header, hash = 'SHA-256', encoding = 'hex', prefix = '', timestamp } = options
  const signed = options.signed ?? ((request) => [request.body])
  const keyOf = options.key ?? ((proof) => proof.secret)
  return async (request, proof) => {
    const given = request.headers.get(header)
    if (given === null) return refused(`It has no header "${header}".`)
    if (!given.startsWith(prefix)) return refused(`Its header "${header}" does not begin with "${prefix}".`)
    const signature = bytesOf(given.slice(prefix.length), encoding)
    const sentAt = timestamp === undefined ? '' : (request.headers.get(timestamp.header) ?? '')
    if (timestamp !== undefined) {
      const age = proof.now.getTime() - Number(sentAt) * (timestamp.unit === 's' ? 1000 : 1)
      if (!/^\d{1,16}$/.test(sentAt)) return refused(`It has no time in its header "${timestamp.header}".`)
      if (Math.abs(age) > (timestamp.toleranceMs ?? 300_000)) return refused('It is too old, or from the future.')
    }
    const key = keyOf(proof)
    if (key === '') return refused('There is no secret to check it against.')
    const expected = await hmac(hash, key, signed(request, sentAt))
    if (signature === undefined || !sameBytes(signature, expected)) return refused('Its signature is not right.')
    return genuine
  }
}

/**
 * Looks for the webhook's secret in a header or in the address, in constant time. For vendors that sign nothing; use a
 * signature where there is one, since a secret that is sent can be read on its way and sent again.
 *
 * @example verify: sharedSecret({ header: 'x-opslayer-secret' })
 */
export function sharedSecret<Credentials>(
  place: { readonly header: string } | { readonly query: string },
): VerifyWebhook<Credentials> {
  return async (request, proof) => {
    const given =
      'header' in place ? request.headers.get(place.header) : new URL(request.url).searchParams.get(place.query)
    if (proof.secret === '') return refused('There is no secret to check it against.')
    // Digests have one length, so the comparison tells nothing of the secret's.
    if (!sameBytes(await sha256(given ?? ''), await sha256(proof.secret))) return refused('Its secret is not right.')
    return genuine
  }
}

async function hmac(
  hash: string,
  secret: string,
  parts: readonly (string | Uint8Array<ArrayBuffer>)[],
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash }, false, ['sign'])
  const message = await new Blob([...parts]).arrayBuffer()
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message))
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)))
}

function bytesOf(text: string, encoding: 'hex' | 'base64'): Uint8Array | undefined {
  if (encoding === 'hex') {
    if (!/^(?:[0-9a-f]{2}){1,64}$/i.test(text)) return undefined
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  }
  if (!/^[A-Za-z0-9+/]{2,100}={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
