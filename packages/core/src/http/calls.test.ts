import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { createCallLog } from './call-log.ts'
import { writeCalls } from './calls.repository.ts'
import { openOutgoingWorld } from './testing/outgoing-world.ts'

const day = 86_400_000

describeDatabases('the API log', (makeDatabase) => {
  it('keeps calls for 14 days, sums of minutes for two and those of hours for 90', async () => {
    await using world = await openOutgoingWorld(makeDatabase)
    const { database } = world
    const began = Date.now()
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
})
