import { getSystemErrorMap, inspect } from 'node:util'
import { expect, it } from 'vitest'
import { createOps } from '../create-ops.ts'
import { isPostgresError, toOpsError } from './database-errors.ts'

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

it('no error of the operating system is taken for one of PostgreSQL, whose connection would be used again', () => {
  const names = [...getSystemErrorMap().values()].map(([name]) => name)
  expect(names).toContain('EPIPE')
  expect(names.filter((code) => isPostgresError(Object.assign(new Error(`write ${code}`), { code })))).toEqual([])
  expect(toOpsError(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })).code).toBe('DATABASE_UNAVAILABLE')
})
