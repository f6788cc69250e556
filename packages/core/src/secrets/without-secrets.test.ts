import { expect, it } from 'vitest'
import { withoutSecrets } from './without-secrets.ts'

it('leaves nothing of a secret that begins with another one, whichever comes first', () => {
  const [account, key] = ['acme', 'acme-live-7f3e21']
  for (const secrets of [
    [account, key],
    [key, account],
  ])
    expect(withoutSecrets(`${account} calls with ${key}`, secrets)).toBe('*** calls with ***')
})

it('takes what a person typed as a secret, broken Unicode too', () => {
  const secret = 'key\ud800-7f3e21'
  expect(withoutSecrets(`It is ${secret}.`, [secret])).toBe('It is ***.')
})
