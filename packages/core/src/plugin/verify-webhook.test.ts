import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { hmacSignature, sharedSecret } from './verify-webhook.ts'
import type { WebhookProof, WebhookRequest } from './webhook-part.ts'

const now = new Date('2026-11-20T12:00:00Z')
const proof: WebhookProof<undefined> = { secret: 's3cret', credentials: undefined, now }
const body = '{"a":"ü"}'
const request = (headers: Record<string, string>, text = body, url = 'https://host.test/hook'): WebhookRequest => ({
  method: 'POST',
  url,
  headers: new Headers(headers),
  body: new TextEncoder().encode(text),
})
const sign = (text: string, encoding: 'hex' | 'base64', secret = 's3cret') =>
  createHmac('sha256', secret).update(text).digest(encoding)

it('accepts a body that the vendor signed, and no other', async () => {
  const verify = hmacSignature<undefined>({ header: 'x-sig', encoding: 'base64' })
  expect(await verify(request({ 'x-sig': sign(body, 'base64') }), proof)).toEqual({ ok: true })
  for (const forged of [
    request({ 'x-sig': sign(body, 'base64') }, `${body} `),
    request({ 'x-sig': sign(body, 'base64', 'other') }),
    request({ 'x-sig': sign(body, 'base64').slice(0, 20) }),
    request({ 'x-sig': '' }),
    request({ 'x-sig': '%%%' }),
    request({ 'x-sig': 'A' }),
    request({}),
  ])
    expect((await verify(forged, proof)).ok).toBe(false)
})

it('never accepts anything without a secret, not even an empty signature of it', async () => {
  const verify = hmacSignature<undefined>({ header: 'x-sig' })
  const given = request({ 'x-sig': sign(body, 'hex', '') })
  expect(await verify(given, { ...proof, secret: '' })).toMatchObject({ ok: false })
  expect(await sharedSecret({ header: 'x-none' })(request({}), { ...proof, secret: '' })).toMatchObject({ ok: false })
})

it.each([
  ['now', 0, true],
  ['just within the window', -299_000, true],
  ['ahead, within the window', 299_000, true],
  ['too old', -301_000, false],
  ['from the future', 301_000, false],
])('keeps a replay window: %s', async (_when, shiftMs, ok) => {
  const verify = hmacSignature<undefined>({
    header: 'x-slack-signature',
    prefix: 'v0=',
    timestamp: { header: 'x-slack-request-timestamp', unit: 's' },
    signed: (given, timestamp) => [`v0:${timestamp}:`, given.body],
  })
  const timestamp = String((now.getTime() + shiftMs) / 1000)
  const headers = {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${sign(`v0:${timestamp}:${body}`, 'hex')}`,
  }
  expect((await verify(request(headers), proof)).ok).toBe(ok)
  const moved = { ...headers, 'x-slack-request-timestamp': String(now.getTime() / 1000 + 1) }
  expect((await verify(request(moved), proof)).ok).toBe(false)
  expect((await verify(request({ ...headers, 'x-slack-request-timestamp': 'NaN' }), proof)).ok).toBe(false)
})

it('finds a shared secret in a header or in the address', async () => {
  const inHeader = sharedSecret<undefined>({ header: 'x-secret' })
  expect(await inHeader(request({ 'x-secret': 's3cret' }), proof)).toEqual({ ok: true })
  expect((await inHeader(request({ 'x-secret': 's3cre' }), proof)).ok).toBe(false)
  const inQuery = sharedSecret<undefined>({ query: 'token' })
  expect(await inQuery(request({}, body, 'https://host.test/hook?token=s3cret'), proof)).toEqual({ ok: true })
  expect((await inQuery(request({}), proof)).ok).toBe(false)
})
