import type { OpsOptions } from '@opslayer/core'
import { afterAll, beforeAll } from 'vitest'
import type { MakeDatabase } from '../../databases/describe-databases.ts'
import { openOps, type TestOps } from './open-ops.ts'

/**
 * opslayer on one fresh database for all tests of a block, which make tables of their own: opening takes longer than most of
 * them.
 */
export function openOpsOnce(
  makeDatabase: MakeDatabase,
  options: Omit<OpsOptions, 'database'> = {},
): Pick<TestOps, 'ops' | 'target'> {
  let opened: TestOps | undefined
  const ready = (): TestOps => {
    if (opened === undefined) throw new Error('It is opened before the first test of the block.')
    return opened
  }
  beforeAll(async () => {
    opened = await openOps(makeDatabase, options)
  })
  afterAll(async () => await opened?.[Symbol.asyncDispose]())
  return {
    get ops() {
      return ready().ops
    },
    get target() {
      return ready().target
    },
  }
}
