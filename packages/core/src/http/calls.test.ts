import { expect, it } from 'vitest'
import { describeBothKinds } from '../../../../tests/databases/describe-databases.ts'
import { newCallId } from '../catalog/new-id.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { createCallLog } from './call-log.ts'
import { writeCalls } from './calls.repository.ts'
import { openOutgoingWorld } from './testing/outgoing-world.ts'

const day = 86_400_000

const call = {
  pluginId: 'vendor',
  connectionId: null,
  runId: null,
  method: 'GET',
  host: 'api.example.com',
  route: '/people',
  status: 200,
  error: null,
  ms: 12,
  attempt: 1,
  requestId: null,
}

describeBothKinds('the API log', (makeDatabase) => {
  it('keeps calls for 14 days, sums of minutes for two and those of hours for 90', async () => {
    await using world = await openOutgoingWorld(makeDatabase)
    const { database } = world
    const began = Date.now()
    const ages = [0, 1, 3, 13, 15, 89, 91]
    const old = ages.map((age, n) => {
      const at = new Date(began - age * day)
      return { ...call, id: `call_${at.getTime().toString(36).padStart(9, '0')}aaaaaaa${n}`, at }
    })
    await writeCalls(database, 'acme', old)
    const log = createCallLog({ databaseOf: async () => database, now: () => new Date(began) })
    log.note('acme', { ...call, id: `call_${began.toString(36).padStart(9, '0')}aaaaaaaa` })
    await log.close()
    const [calls, sums] = await database.transaction({ scope: { kind: 'system' }, mode: 'read' }, async ({ db }) => [
      await db.selectFrom('http_calls').select('at').orderBy('at', 'desc').execute(),
      await db.selectFrom('http_metrics').select(['unit', 'bucket', 'calls']).orderBy('bucket', 'desc').execute(),
    ])
    const ageOf = (at: string): number => Math.round((began - Date.parse(at)) / day)
    expect(calls.map(({ at }) => ageOf(at))).toEqual([0, 0, 1, 3, 13])
    const kept = (unit: string) => sums.filter((sum) => sum.unit === unit).map(({ bucket }) => ageOf(bucket))
    expect(kept('minute')).toEqual([0, 1])
    expect(kept('hour')).toEqual([0, 1, 3, 13, 15, 89])
  })

  it('lets go of the calls of an org that is not there any more', async () => {
    await using world = await openOutgoingWorld(makeDatabase)
    const { database } = world
    const tried = Promise.withResolvers<void>()
    const watched: OpenDatabase = {
      ...database,
      transaction: (options, work) => database.transaction(options, work).finally(tried.resolve),
    }
    const log = createCallLog({ databaseOf: async () => watched, now: () => new Date() })
    const [early, late] = [newCallId(), newCallId()]
    log.note('gone', { ...call, id: early })
    await tried.promise
    const scope = { kind: 'org', orgId: 'gone', actor: 'system:test' } as const
    await database.transaction({ scope, mode: 'write' }, ({ db }) =>
      db.insertInto('orgs').values({ org_id: 'gone', short_id: 'gone0000', schema_version: 1 }).execute(),
    )
    log.note('gone', { ...call, id: late })
    const written = async (): Promise<readonly string[]> => {
      const rows = await database.transaction({ scope, mode: 'read' }, ({ db }) =>
        db.selectFrom('http_calls').select('id').orderBy('id').execute(),
      )
      return rows.map(({ id }) => id)
    }
    await expect.poll(written).toContain(late)
    expect(await written()).toEqual([late])
    await log.close()
  })
})
