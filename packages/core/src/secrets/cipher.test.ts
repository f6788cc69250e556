import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { decrypt, encrypt } from './cipher.ts'
import { createKeyRing } from './encryption-key.ts'
import { withoutSecrets } from './without-secrets.ts'

const key = randomBytes(32)
const place = { orgId: 'acme', holder: 'connections', rowId: 'con_1', field: 'credentials' }
const plain = Buffer.from('ü secret')

it('decrypts what it encrypted, where it belongs and nowhere else', () => {
  const sealed = encrypt(key, place, plain)
  expect(decrypt(key, place, sealed)).toEqual(plain)
  expect(encrypt(key, place, plain)).not.toBe(sealed)
  const elsewhere = [{ orgId: 'other' }, { holder: 'oauth_flows' }, { rowId: 'con_2' }, { field: 'hook' }]
  for (const part of elsewhere) expect(() => decrypt(key, { ...place, ...part }, sealed)).toThrow()
  // Parts that run together must not read the same.
  const shifted = { ...place, rowId: 'con_1","credentials', field: '' }
  expect(() => decrypt(key, shifted, sealed)).toThrow()
  expect(() => decrypt(randomBytes(32), place, sealed)).toThrow()
})

it('refuses a text of which a single bit was changed, and a shortened one', () => {
  const bytes = Buffer.from(encrypt(key, place, plain), 'base64')
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => decrypt(key, place, changed.toString('base64'))).toThrow()
  }
  for (let length = 0; length < bytes.length; length += 1)
    expect(() => decrypt(key, place, bytes.subarray(0, length).toString('base64'))).toThrow()
})

it.each([
  ['no key', []],
  ['a short key', [{ id: 'a', key: randomBytes(16).toString('base64') }]],
  ['no text', [{ id: 'a', key: undefined as never }]],
  ['a bad id', [{ id: 'a b', key: key.toString('base64') }]],
  [
    'two of one id',
    [
      { id: 'a', key: key.toString('base64') },
      { id: 'a', key: key.toString('base64') },
    ],
  ],
])('a ring is refused with %s, and the error does not say the key', (_what, keys) => {
  try {
    createKeyRing(keys)
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_INPUT' })
    for (const each of keys) if (each.key !== undefined) expect(inspect(error)).not.toContain(each.key)
    return
  }
  expect.unreachable()
})

it('a wrapped key unwraps for its org and id alone, and names the key that lacks', async () => {
  const ring = createKeyRing([{ id: 'old', key: key.toString('base64') }])
  const wrapped = await ring.wrap('acme', 'key_1', plain)
  expect(await ring.unwrap('acme', 'key_1', 'old', wrapped)).toEqual(plain)
  for (const unwrapping of [
    ring.unwrap('other', 'key_1', 'old', wrapped),
    ring.unwrap('acme', 'key_2', 'old', wrapped),
  ])
    await expect(unwrapping).rejects.toMatchObject({ code: 'ENCRYPTION_KEY_MISSING' })
  const newer = createKeyRing([{ id: 'new', key: randomBytes(32).toString('base64') }])
  await expect(newer.unwrap('acme', 'key_1', 'old', wrapped)).rejects.toThrow('"old"')
})

it('blanks a secret in every form that a text may have it in', () => {
  const secret = 'a/b+c"d=é'
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret), Buffer.from(secret).toString('base64')]
  expect(forms.map((form) => withoutSecrets(`<${form}>`, [secret]))).toEqual(['<***>', '<***>', '<"***">', '<***>'])
  expect(withoutSecrets('abc', ['abc'])).toBe('abc')
})
