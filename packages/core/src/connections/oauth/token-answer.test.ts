import { expect, it } from 'vitest'
import { readTokenAnswer } from './token-answer.ts'

const codeOf = async (status: number, body: string): Promise<unknown> =>
  await readTokenAnswer('Vendor', new Response(body, { status })).then(
    () => undefined,
    ({ code }) => code,
  )

it.each([408, 425, 429, 500, 502, 503, 404, 407])('status %i says nothing of the credentials', async (status) => {
  expect(await codeOf(status, '<html>proxy</html>')).toBe('VENDOR_UNAVAILABLE')
})

it.each([
  [400, '{"error":"invalid_grant"}'],
  [401, ''],
  [403, '{}'],
  [404, '{"error":"invalid_grant"}'],
  [200, '{"error":"invalid_grant"}'],
])('status %i with %s refuses them', async (status, body) => {
  expect(await codeOf(status, body)).toBe('CREDENTIALS_REFUSED')
})
