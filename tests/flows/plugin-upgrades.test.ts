import { randomBytes } from 'node:crypto'
import { createOps } from '@opslayer/core'
import { apiKey, definePlugin, done } from '@opslayer/core/plugin'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { describeOneServer } from '../databases/describe-databases.ts'
import { capitals } from './testing/capitals.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'
import { serveOps } from './testing/serve-ops.ts'

const member = { orgId: 'acme', id: 'u1', role: 'admin' } as const
const key = 'key-0123456789'

/** Spells words; its second version wants other settings, and a workspace beside the key. */
function speller(version: 1 | 2) {
  const credentials = z.object(version === 1 ? { key: z.string() } : { key: z.string(), workspace: z.string() })
  const settings = z.object({ mode: z.enum(version === 1 ? ['quick'] : ['deep']) })
  return definePlugin({
    id: 'speller',
    version: `${version}.0.0`,
    name: 'Speller',
    credentials: apiKey({ fields: credentials, headers: () => ({}) }),
    test: async () => ({}),
  })
    .columnType({
      ...capitals,
      settings,
      cell: async (_, { inputs: { word } }) => done(word.toUpperCase()),
    })
    .action({
      id: 'say',
      name: 'Say',
      description: 'Says a word.',
      settings,
      inputs: capitals.inputs,
      output: z.object({}),
      idempotency: 'idempotent',
      row: async () => done({}),
    })
}

describeOneServer('an upgrade of a plugin', (makeDatabase) => {
  it('to which settings and credentials do not fit is told where they stand, and all goes on once they do', async () => {
    const encryptionKeys = [{ id: 'k1', key: randomBytes(32).toString('base64') }]
    await using test = await openOps(makeDatabase, { plugins: [speller(1)], encryptionKeys })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const { id: connectionId } = await acme.connections.connect({ plugin: 'speller', credentials: { key } })
    const of = { plugin: 'speller', connectionId, settings: { mode: 'quick' }, inputs: { word: { column: 'word' } } }
    const fill = { ...of, part: 'upper' }
    const table = await acme.tables.create({
      name: 'Words',
      columns: [
        { name: 'Word', type: 'text' },
        { name: 'Upper', fill },
      ],
    })
    await acme.rows.insert(table.id, [{ cells: { word: 'ada' } }, { cells: { word: 'bob' } }])
    await acme.runs.wait((await acme.cells.run(table.id, 'upper', { limit: 1 })).id)
    const request = { ...of, part: 'say' }
    const what = { kind: 'action', tableId: table.id, request }
    const schedule = await acme.schedules.create({ name: 'Say', cron: '* * * * *', what })

    await using later = createOps({
      plugins: [speller(2)],
      encryptionKeys,
      database: databaseOption(test.target),
      // When the schedule is due.
      now: () => new Date(Date.now() + 120_000),
    })
    await using served = await serveOps(later)
    const client = served.clientOf(member)
    const upper = async () => (await client.tables.get.query({ tableId: table.id })).columns[1]
    expect((await upper())?.fill?.fault).toMatch(/^The settings do not fit: mode: /)
    const start = () => client.cells.run.mutate({ tableId: table.id, columnId: 'upper' })
    await expect(start()).rejects.toThrow('Nothing can be asked for "Upper": The settings do not fit')
    await expect(client.actions.start.mutate({ tableId: table.id, request })).rejects.toThrow('mode')
    later.startWorker({ everyMs: 20 })
    const lastError = async () => (await client.schedules.get.query({ scheduleId: schedule.id })).lastError
    await expect.poll(lastError, { timeout: 30_000 }).toContain('mode')
    expect((await client.rows.page.query({ tableId: table.id })).rows[0]?.cells.upper).toBe('ADA')

    const fits = { ...fill, settings: { mode: 'deep' } }
    await client.columns.update.mutate({ tableId: table.id, columnId: 'upper', changes: { fill: fits } })
    expect((await upper())?.fill?.fault).toBeNull()
    const { id } = await start()
    const org = later.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const message = 'The credentials are not what version 2.0.0 of plugin "speller" wants. Reconnect.'
    expect(await org.runs.wait(id)).toMatchObject({ state: 'paused', error: { code: 'CREDENTIALS_REFUSED', message } })
    expect(await client.connections.get.query({ connectionId })).toMatchObject({ state: 'broken', reason: message })
    await client.connections.reconnect.mutate({ connectionId, credentials: { key, workspace: 'acme' } })
    await client.runs.resume.mutate({ runId: id })
    expect(await org.runs.wait(id)).toMatchObject({ state: 'done', progress: { counts: { done: 1 } } })
    const { rows } = await client.rows.page.query({ tableId: table.id })
    expect(rows.map(({ cells }) => cells.upper)).toEqual(['ADA', 'BOB'])
  })
})
