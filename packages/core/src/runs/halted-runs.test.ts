import { expect, it } from 'vitest'
import {
  describeDatabases,
  describeOneDatabase,
  type MakeDatabase,
} from '../../../../tests/databases/describe-databases.ts'
import { migrated } from '../../../../tests/flows/testing/open-ops.ts'
import { PluginError } from '../plugin/plugin-error.ts'
import { appendKind } from './testing/append-kind.ts'
import { openRunWorld } from './testing/run-world.ts'

const asked = { rows: 6, perStep: 2 }

/** A run whose third step throws what is left in a list, one item a time. */
async function openWorld(makeDatabase: MakeDatabase, errors: PluginError[]) {
  const database = await makeDatabase(migrated)
  const world = await openRunWorld(database, [
    {
      ...appendKind(),
      prepare: async function* ({ checkpoint }) {
        for (let written = checkpoint?.written ?? 0; written < asked.rows; written += asked.perStep) {
          const error = written === 4 ? errors.shift() : undefined
          if (error !== undefined) throw error
          yield undefined
        }
      },
    },
  ])
  const table = await world.acme.tables.create({ name: 'Log', columns: [{ name: 'Name', type: 'text' }] })
  const id = await world.queue(table.id, 'append', asked)
  world.session.wakeRun(id)
  return {
    ...world,
    id,
    rows: async () => (await world.acme.rows.count(table.id)).count,
    [Symbol.asyncDispose]: async () => {
      await world[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

describeDatabases('runs that what a plugin threw stops', (makeDatabase) => {
  it('pause for a quota until it is renewed', async () => {
    await using world = await openWorld(makeDatabase, [
      new PluginError('QUOTA_EXHAUSTED', 'No credits.', { retryAfterMs: 300 }),
    ])
    const paused = await world.acme.runs.wait(world.id)
    expect(paused).toMatchObject({ state: 'paused', error: { code: 'QUOTA_EXHAUSTED', message: 'No credits.' } })
    expect(paused.resumesAt).not.toBeNull()
    expect(await world.rows()).toBe(4)
    for await (const { state } of world.acme.runs.watch(world.id)) if (state === 'done') break
    expect(await world.rows()).toBe(6)
  })
})

describeOneDatabase('runs that what a plugin threw stops', (makeDatabase) => {
  it('wait for a vendor that is away, and go on by themselves where they stopped', async () => {
    await using world = await openWorld(makeDatabase, [
      new PluginError('VENDOR_UNAVAILABLE', 'The vendor is away.'),
      new PluginError('RATE_LIMITED', 'Too many calls.', { retryAfterMs: 100 }),
    ])
    const seen = new Set<string>()
    for await (const { state, error, resumesAt } of world.acme.runs.watch(world.id))
      if (error !== null) seen.add(`${state} ${error.code} ${resumesAt !== null}`)
    expect([...seen]).toEqual(['queued VENDOR_UNAVAILABLE true', 'queued RATE_LIMITED true'])
    expect(await world.acme.runs.get(world.id)).toMatchObject({ state: 'done', error: null, resumesAt: null })
    expect(await world.rows()).toBe(6)
  })

  it('pause for credentials until somebody lets them go on', async () => {
    await using world = await openWorld(makeDatabase, [new PluginError('CREDENTIALS_REFUSED', 'Reconnect.')])
    world.startWorker()
    const paused = await world.acme.runs.wait(world.id)
    expect(paused).toMatchObject({ state: 'paused', error: { code: 'CREDENTIALS_REFUSED' }, resumesAt: null })
    await world.acme.runs.resume(world.id)
    expect(await world.acme.runs.wait(world.id)).toMatchObject({ state: 'done', error: null })
    expect(await world.rows()).toBe(6)
  })

  it('are cancelled while they wait', async () => {
    await using world = await openWorld(makeDatabase, [
      new PluginError('VENDOR_UNAVAILABLE', 'The vendor is away.', { retryAfterMs: 60_000 }),
    ])
    for await (const { resumesAt } of world.acme.runs.watch(world.id)) if (resumesAt !== null) break
    expect(await world.acme.runs.cancel(world.id)).toMatchObject({ state: 'cancelled', resumesAt: null })
  })
})
