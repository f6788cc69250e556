import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { createOps } from '../create-ops.ts'

it('a malformed connection string is refused without showing its password', async () => {
  await using ops = createOps({ database: 'postgres://user:geheim@[::1/name' })
  const error: unknown = await ops.migrate().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'INVALID_INPUT', path: ['database'] })
  expect(inspect(error, { depth: 10 })).not.toContain('geheim')
})

it('a database that is not there is said to be unreachable', async () => {
  await using ops = createOps({ database: 'postgres://user@127.0.0.1:1/name' })
  await expect(ops.migrate()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true })
})
