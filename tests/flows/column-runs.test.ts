import { randomBytes } from 'node:crypto'
import { createOps, type OpsOptions, type OrgOps, type Run } from '@opslayer/core'
import { apiKey, definePlugin, done } from '@opslayer/core/plugin'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { dayWindow } from '../../packages/core/src/http/testing/day-window.ts'
import {
  describeBothKinds,
  describeOneDatabase,
  describeOneServer,
  type MakeDatabase,
} from '../databases/describe-databases.ts'
import { freePort } from '../databases/free-port.ts'
import { capitals } from './testing/capitals.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'
import { type PaidPluginOptions, paidPlugin, startPaidVendor } from './testing/paid-vendor.ts'
import { rawQuery } from './testing/raw-query.ts'
import { serveOps } from './testing/serve-ops.ts'
import { steadyClock } from './testing/steady-clock.ts'

/** How often runs share a budget: 30 times by `pnpm fuzz budgets`. */
const rounds = Number(process.env.OPSLAYER_FUZZ ?? 1)
const actor = { type: 'user', id: 'u1' } as const
/** For trials of what takes too long: the least that a part may take. */
const hurried = { timeoutMs: 1_000 }

/** A plugin that answers at once, tells what it was asked for, and lets something happen while that is "w30". */
function quickWords() {
  const quick = { asked: [] as string[], meanwhile: async (): Promise<void> => {} }
  const plugin = definePlugin({ id: 'quick', version: '1.0.0', name: 'Quick' }).columnType({
    ...capitals,
    cell: async (_ctx, { inputs: { word } }) => {
      quick.asked.push(word)
      if (word === 'w30') await quick.meanwhile()
      return done(word.toUpperCase())
    },
  })
  return { plugin, quick }
}

/** An org with a vendor that is paid by the word, and a table of words. */
async function openWords(
  makeDatabase: MakeDatabase,
  words: readonly string[],
  part = 'upper',
  { rateLimits, timeoutMs, ...more }: Pick<OpsOptions, 'publicUrl'> & PaidPluginOptions = {},
) {
  const vendor = await startPaidVendor()
  const clock = { aheadMs: 0 }
  const options = {
    plugins: [paidPlugin(vendor.url, { rateLimits, timeoutMs })],
    encryptionKeys: [{ id: 'k1', key: randomBytes(32).toString('base64') }],
    allowedOrigins: [new URL(vendor.url).origin],
    now: () => new Date(Date.now() + clock.aheadMs),
    ...more,
  }
  const test = await openOps(makeDatabase, options)
  const acme = test.ops.forOrg({ orgId: 'acme', actor })
  const { id: connectionId } = await acme.connections.connect({ plugin: 'paid', credentials: { key: 'good' } })
  const fill = { plugin: 'paid', part, connectionId, inputs: { word: { column: 'word' } } }
  const table = await acme.tables.create({
    name: 'Words',
    columns: [
      { name: 'Word', type: 'text' },
      { name: 'Upper', fill },
      { name: 'Length', formula: 'LEN(@upper)' },
    ],
  })
  const upper = table.columns[1]?.id ?? ''
  const { rows } = await acme.rows.insert(
    table.id,
    words.map((word) => ({ cells: { word } })),
  )
  return {
    vendor,
    clock,
    ops: test.ops,
    target: test.target,
    another: () => createOps({ ...options, database: databaseOption(test.target) }),
    acme,
    fill,
    connectionId,
    tableId: table.id,
    upper,
    ids: rows.map(({ id }) => id),
    run: async (request: Parameters<OrgOps['cells']['run']>[2] = {}): Promise<Run> => {
      const { id } = await acme.cells.run(table.id, upper, request)
      return await acme.runs.wait(id)
    },
    cells: async () => {
      const { rows: read } = await acme.rows.page(table.id, { limit: 1_000 })
      return read.map(({ cells, states }) => states?.upper?.code ?? states?.upper?.state ?? cells.upper)
    },
    [Symbol.asyncDispose]: async () => {
      await test[Symbol.asyncDispose]()
      await vendor.close()
    },
  }
}

describeBothKinds('column runs', (makeDatabase) => {
  it('started again by the same key, for all or for failed cells, are the same run', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob'])
    const { acme, tableId, upper, ids, vendor } = world
    const start = () => acme.cells.run(tableId, upper, { rows: [...ids] }, { key: 'all of them' })
    const [first, second] = await Promise.all([start(), start()])
    expect(second.id).toBe(first.id)
    expect(await acme.runs.wait(first.id)).toMatchObject({ state: 'done', progress: { done: 2, total: 2 } })
    expect((await start()).id).toBe(first.id)
    expect(vendor.bill.total).toBe(2)
    const again = await acme.runs.retry(first.id, { key: 'once more' })
    expect((await acme.runs.retry(first.id, { key: 'once more' })).id).toBe(again.id)
    await expect(acme.actions.retry(first.id, { key: 'all of them' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('fill cells and what reads them, as one operation that one undo takes back', async () => {
    await using world = await openWords(makeDatabase, ['ada', '', 'bob'])
    const run = await world.run()
    expect(run).toMatchObject({ state: 'done', progress: { done: 3, total: 3, counts: { done: 2, skipped: 1 } } })
    const { rows } = await world.acme.rows.page(world.tableId)
    expect(rows.map(({ cells }) => [cells.upper, cells.length])).toEqual([
      ['ADA', 3],
      [null, 0],
      ['BOB', 3],
    ])
    expect(rows.map(({ version }) => version)).toEqual([1, 1, 1])
    expect(rows[1]?.states).toMatchObject({ upper: { state: 'skipped', message: 'Word is empty.' } })
    expect(world.vendor.bill.total).toBe(2)
    await world.acme.undoOperation(run.operation)
    expect(await world.cells()).toEqual([null, 'skipped', null])
  })

  it('ask for what is stale when an input changed, and leave what people wrote until all is asked for', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob', 'eve'])
    await world.run()
    const [first = '', second = ''] = world.ids
    await world.acme.rows.update(world.tableId, [
      { id: first, cells: { word: 'adam' } },
      { id: second, cells: { upper: 'mine' } },
    ])
    await world.acme.rows.update(world.tableId, [{ id: second, cells: { word: 'other' } }])
    expect(await world.cells()).toEqual(['stale', 'mine', 'EVE'])
    expect((await world.run({ which: 'stale' })).progress.counts).toEqual({ done: 1 })
    expect(await world.cells()).toEqual(['ADAM', 'mine', 'EVE'])
    await world.run({ which: 'all' })
    expect(await world.cells()).toEqual(['ADAM', 'OTHER', 'EVE'])
    await world.acme.columns.update(world.tableId, world.upper, {
      fill: { ...world.fill, inputs: { word: { formula: '@word & "!"' } } },
    })
    expect(await world.cells()).toEqual(['stale', 'stale', 'stale'])
    await world.acme.undo()
    expect(await world.cells()).toEqual(['ADAM', 'OTHER', 'EVE'])
    await world.acme.redo()
    await world.run({ which: 'stale' })
    expect(await world.cells()).toEqual(['ADAM!', 'OTHER!', 'EVE!'])
  })

  it('know equal questions in every table, and tell beforehand what a run would cost', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'Ada', 'bob', ''], 'cached')
    expect(await world.acme.cells.estimate(world.tableId, world.upper)).toEqual({
      rows: 4,
      cached: 1,
      skipped: 1,
      asked: 2,
      cost: { unit: 'credit', amount: 2 },
      exact: true,
    })
    expect((await world.run()).progress.counts).toEqual({ done: 3, skipped: 1, cached: 1 })
    const other = await world.acme.tables.duplicate(world.tableId, { rows: false })
    const column = other.columns[1]?.id ?? ''
    await world.acme.rows.insert(other.id, [{ cells: { word: 'BOB' } }, { cells: { word: 'eve' } }])
    expect(await world.acme.cells.estimate(other.id, column)).toMatchObject({ cached: 1, asked: 1 })
    await world.acme.runs.wait((await world.acme.cells.run(other.id, column)).id)
    expect(world.vendor.bill.total).toBe(3)
    const { items } = await world.acme.budgets.spend()
    expect(items.map(({ spent, reserved }) => [spent, reserved])).toEqual([
      [1, 0],
      [2, 0],
    ])
    const explain = () => world.acme.cells.explain(world.tableId, world.ids[0] ?? '', world.upper)
    // The log of calls is written behind them.
    await expect.poll(async () => (await explain()).requests.length, { timeout: 30_000 }).toBe(1)
    const explained = await explain()
    expect(explained).toMatchObject({
      state: 'done',
      requests: [{ method: 'GET', host: new URL(world.vendor.url).host, route: '/upper', status: 200, attempt: 1 }],
      plugin: 'paid@1.2.0',
      part: 'cached',
      connection: world.connectionId,
      cost: { unit: 'credit', amount: 1 },
      cached: false,
      inputs: { word: 'ada' },
      sameInputs: true,
      upstream: [{ column: 'word', by: 'people', state: null }],
    })
  })

  it('say where cells are from, through undo, redo, copies, the trash and another org', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob', 'eve', 'bad', ''], 'upper')
    const { acme, tableId, upper, ids } = world
    const first = await world.run()
    const told = async (org: OrgOps = acme, table = tableId, column = upper) => {
      const { rows } = await org.rows.page(table)
      const explained = await Promise.all(rows.map(({ id }) => org.cells.explain(table, id, column)))
      return explained.map(({ state, plugin, run, cost, sameInputs, code }) => ({
        state,
        from: plugin === null ? null : [plugin, run, cost?.amount ?? 0, sameInputs, code],
      }))
    }
    const of = (run: Run) => ['paid@1.2.0', run.id, 1, true, null]
    const all = [
      { state: 'done', from: of(first) },
      { state: 'done', from: of(first) },
      { state: 'done', from: of(first) },
      { state: 'failed', from: ['paid@1.2.0', first.id, 0, true, 'BAD_WORD'] },
      { state: 'skipped', from: ['paid@1.2.0', first.id, 0, true, null] },
    ]
    expect(await told()).toEqual(all)
    const nobody = { state: 'done', from: null }

    // A person writes over cells, the first with the value that it has.
    const cells = ids.slice(0, 2).map((id, place) => ({ id, cells: { upper: place === 0 ? 'ADA' : 'mine' } }))
    const { operation } = await acme.rows.update(tableId, cells)
    expect((await told()).slice(0, 3)).toEqual([nobody, nobody, all[2]])
    await acme.undoOperation(operation ?? '')
    expect(await told()).toEqual(all)
    await acme.redo()
    expect((await told()).slice(0, 3)).toEqual([nobody, nobody, all[2]])
    await acme.undo()
    expect(await told()).toEqual(all)

    // Cells that a run has given again are from that run, whatever undo has left beside them.
    const second = await world.run({ rows: ids.slice(1, 3) })
    expect((await told()).slice(0, 3)).toEqual([
      all[0],
      { state: 'done', from: of(second) },
      { state: 'done', from: of(second) },
    ])

    const now = await told()
    await acme.rows.delete(tableId, ids)
    await acme.undo()
    expect(await told()).toEqual(now)
    await acme.columns.delete(tableId, upper, { force: true })
    await acme.columns.restore(tableId, upper)
    await acme.columns.retype(tableId, (await acme.tables.get(tableId)).columns[0]?.id ?? '', { type: 'long_text' })
    await acme.tables.delete(tableId)
    await acme.tables.restore(tableId)
    expect(await told()).toEqual(now)

    const copy = await acme.tables.duplicate(tableId)
    const copied = await told(acme, copy.id, copy.columns[1]?.id)
    expect(copied.map(({ from }) => from)).toEqual(now.map(({ from }) => from))
    const archive: Uint8Array[] = []
    for await (const part of world.ops.exportOrg('acme')) archive.push(part)
    await world.ops.importOrg('there', archive)
    expect(await told(world.ops.forOrg({ orgId: 'there', actor }))).toEqual(now)
  })

  it('leave what people write while a quick window is asked for, and take no cell of it twice', async () => {
    const { plugin, quick } = quickWords()
    using _clock = steadyClock()
    await using test = await openOps(makeDatabase, { plugins: [plugin] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const columns = [
      { name: 'Word', type: 'text' },
      { name: 'Note', type: 'text' },
      { name: 'Upper', fill: { plugin: 'quick', part: 'upper', inputs: { word: { column: 'word' } } } },
    ]
    const table = await acme.tables.create({ name: 'Words', columns })
    const upper = table.columns[2]?.id ?? ''
    const words = Array.from({ length: 80 }, (_, n) => ({ cells: { word: `w${n}` } }))
    const ids = (await acme.rows.insert(table.id, words)).rows.map(({ id }) => id)
    const states = async () => {
      const { rows } = await acme.rows.page(table.id, { limit: 100 })
      return new Map(rows.map(({ id, cells, states: of }) => [ids.indexOf(id), of?.upper?.state ?? cells.upper]))
    }
    // Cells of people, which the second run writes over.
    await acme.rows.update(table.id, [{ id: ids[36] ?? '', cells: { upper: 'old' } }])
    const others: Run[] = []
    quick.meanwhile = async () => {
      quick.meanwhile = async () => {}
      expect((await states()).get(30)).toBeNull()
      await acme.rows.update(table.id, [
        { id: ids[31] ?? '', cells: { upper: 'mine' } },
        { id: ids[32] ?? '', cells: { word: 'other' } },
        { id: ids[33] ?? '', cells: { note: 'seen' } },
        { id: ids[36] ?? '', cells: { upper: 'new' } },
      ])
      await acme.rows.delete(table.id, [ids[34] ?? ''])
      others.push(await acme.cells.run(table.id, upper, { rows: [ids[35] ?? ''] }))
    }
    const run = await acme.cells.run(table.id, upper, { which: 'all' })
    expect((await acme.runs.wait(run.id)).state).toBe('done')
    for (const { id } of others) expect((await acme.runs.wait(id)).progress.done).toBe(0)
    expect([...(await states())].slice(29, 37)).toEqual([
      [29, 'W29'],
      [30, 'W30'],
      [31, 'mine'],
      [32, 'stale'],
      [33, 'W33'],
      [35, 'W35'],
      [36, 'new'],
      [37, 'W37'],
    ])
    expect(quick.asked.toSorted()).toEqual(words.map(({ cells }) => cells.word).toSorted())
  })

  it('store what they were given before the fill no longer fits, and say why they go no further', async () => {
    const { plugin, quick } = quickWords()
    using _clock = steadyClock()
    await using test = await openOps(makeDatabase, { plugins: [plugin] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const columns = [
      { name: 'Word', type: 'text' },
      { name: 'Upper', fill: { plugin: 'quick', part: 'upper', inputs: { word: { column: 'word' } } } },
    ]
    const table = await acme.tables.create({ name: 'Words', columns })
    const [word = '', upper = ''] = table.columns.map(({ id }) => id)
    await acme.rows.insert(
      table.id,
      Array.from({ length: 100 }, (_, n) => ({ cells: { word: `w${n}` } })),
    )
    // In the second window, of 50, while the first ones have shown that the plugin is quick.
    quick.meanwhile = async () => void (await acme.columns.delete(table.id, word, { force: true }))
    const { id } = await acme.cells.run(table.id, upper)
    expect(await acme.runs.wait(id)).toMatchObject({
      state: 'failed',
      error: { code: 'NOT_FOUND', message: expect.stringContaining(word) },
      progress: { done: 75, counts: { done: 75 } },
    })
    const { rows } = await acme.rows.page(table.id, { limit: 100 })
    const given = rows.map(({ cells }) => cells.upper)
    expect(given.slice(0, 75)).toEqual(Array.from({ length: 75 }, (_, n) => `W${n}`))
    expect(given.slice(75).every((cell) => cell === null)).toBe(true)
  })

  it('forget where cells were from once nobody can bring them back', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob'])
    const { acme, tableId, upper, ids } = world
    const dayMs = 86_400_000
    const forgotten: number[] = []
    await using maintenance = world.ops.startMaintenance({
      everyMs: 10,
      onVisit: (visit) => visit.task === 'retention' && forgotten.push(visit.origins),
    })
    const days = async (more: number): Promise<number> => {
      const looks = forgotten.length
      world.clock.aheadMs += more * dayMs
      await expect.poll(() => forgotten.length, { timeout: 30_000 }).toBe(looks + 1)
      return forgotten.at(-1) ?? 0
    }
    const from = async (id: string | undefined) => (await acme.cells.explain(tableId, id ?? '', upper)).plugin
    await world.run({ rows: ids.slice(0, 1) })
    await world.run({ rows: ids.slice(1) })
    const mine = { id: ids[0] ?? '', cells: { upper: 'mine' } }
    await acme.rows.update(tableId, [mine])
    // The log still names what the cell was from.
    expect([await days(2), await days(2), await days(2)]).toEqual([0, 0, 0])
    await acme.undo()
    expect(await from(ids[0])).toBe('paid@1.2.0')
    expect([await days(2), await days(2)]).toEqual([0, 0])
    await acme.rows.update(tableId, [mine])
    expect(await days(2)).toBe(0)
    expect([await days(91), await days(2), await days(2)].toSorted()).toEqual([0, 0, 1])
    expect([await from(ids[0]), await from(ids[1])]).toEqual([null, 'paid@1.2.0'])
    await maintenance.stop()
  })

  it('hand in lists, hold no place while they wait, and collect page by page', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob', '', 'eve'], 'slow')
    const { id } = await world.acme.cells.run(world.tableId, world.upper)
    const states = new Set<string>()
    for await (const { state, resumesAt } of world.acme.runs.watch(id)) {
      if (resumesAt !== null) states.add(`${state}, to be looked at again`)
    }
    expect([...states]).toEqual(['queued, to be looked at again'])
    expect(await world.cells()).toEqual(['ADA', 'BOB', 'skipped', 'EVE'])
    expect(world.vendor.bill.total).toBe(3)
    expect(await world.acme.budgets.spend()).toMatchObject({ items: [{ spent: 3, reserved: 0, items: 3 }] })
  })

  it('give a place to who waits at a screen while others fill big tables', async () => {
    const words = Array.from({ length: 400 }, (_, n) => `word${n}`)
    await using world = await openWords(makeDatabase, words)
    const bulk: Run[] = []
    for (let n = 0; n < 4; n += 1) {
      const copy = await world.acme.tables.duplicate(world.tableId)
      bulk.push(await world.acme.cells.run(copy.id, copy.columns[1]?.id ?? ''))
    }
    const single = await world.run({ rows: [world.ids[0] ?? ''] })
    expect(single.state).toBe('done')
    const states = await Promise.all(bulk.map(async ({ id }) => (await world.acme.runs.get(id)).state))
    expect(states.some((state) => state !== 'done')).toBe(true)
    for (const { id } of bulk) await world.acme.runs.cancel(id).catch(() => {})
  })

  it('spend exactly what a budget allows, however many runs share it', { repeats: rounds - 1 }, async () => {
    const words = Array.from({ length: 200 }, (_, n) => `word${n}`)
    await using world = await openWords(makeDatabase, words)
    await world.acme.budgets.set({ unit: 'credit', perMonth: 100 })
    const runs = await Promise.all(
      world.ids.map((id) => world.acme.cells.run(world.tableId, world.upper, { rows: [id] })),
    )
    const ended = await Promise.all(runs.map(({ id }) => world.acme.runs.wait(id)))
    const done = ended.filter(({ state }) => state === 'done')
    const paused = ended.filter(({ state }) => state === 'paused')
    expect({
      done: done.length,
      paused: paused.length,
      filled: done.filter(({ progress }) => progress.counts.done === 1).length,
      charged: world.vendor.bill.total,
      askedTwice: [...world.vendor.state.asked.values()].filter((times) => times > 1).length,
      budgets: await world.acme.budgets.list(),
    }).toEqual({
      done: 100,
      paused: 100,
      filled: 100,
      charged: 100,
      askedTwice: 0,
      budgets: [{ unit: 'credit', plugin: null, perMonth: 100, spent: 100, reserved: 0 }],
    })
    expect(new Set(paused.map(({ error }) => error?.code))).toEqual(new Set(['QUOTA_EXHAUSTED']))
    await Promise.all(paused.map(({ id }) => world.acme.runs.cancel(id)))
    expect((await world.cells()).filter((cell) => cell === null)).toHaveLength(100)
  })
})

describeOneDatabase('column runs', (makeDatabase) => {
  it('are tried on three rows before the column is made: first without asking, then paid once', async () => {
    await using world = await openWords(makeDatabase, ['ada', '', 'bob', 'eve'])
    const { acme, tableId, fill } = world
    const preview = async (ask: boolean) =>
      await acme.cells.preview(tableId, { fill: { ...fill, part: 'cached' }, ask })
    const dry = await preview(false)
    expect(dry).toMatchObject({ type: 'text', canAsk: true, cost: { unit: 'credit', amount: 2 } })
    expect(dry.rows.map(({ status, message }) => message ?? status)).toEqual(['open', 'Word is empty.', 'open'])
    expect(world.vendor.bill.total).toBe(0)
    await acme.budgets.set({ unit: 'credit', perMonth: 1 })
    await expect(preview(true)).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' })
    expect(await acme.budgets.list()).toMatchObject([{ spent: 0, reserved: 0 }])
    await acme.budgets.set({ unit: 'credit', perMonth: 10 })
    const { rows, cost } = await preview(true)
    expect([rows.map(({ value }) => value), cost?.amount]).toEqual([['ADA', null, 'BOB'], 2])
    expect(await acme.budgets.list()).toMatchObject([{ spent: 2, reserved: 0 }])
    expect((await preview(true)).rows.map(({ cached }) => cached)).toEqual([true, false, true])
    expect(world.vendor.bill.total).toBe(2)
    await expect(acme.cells.preview(tableId, { fill: { ...fill, inputs: {} } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: ['fill', 'inputs', 'word'],
    })
  })

  it('fail a bad row alone, whatever its plugin does, and are retried for the failed cells only', async () => {
    const words = ['ada', 'throw', 'never', 'shape', 'type', 'huge', 'bad', 'x'.repeat(60), 'none', 'bob']
    await using world = await openWords(makeDatabase, words, 'upper', hurried)
    const run = await world.run()
    expect(await world.cells()).toEqual([
      'ADA',
      'PLUGIN_FAILED',
      'TIMEOUT',
      'PLUGIN_FAILED',
      'PLUGIN_FAILED',
      'VALUE_TOO_LARGE',
      'BAD_WORD',
      'INPUT_INVALID',
      null,
      'BOB',
    ])
    const count = async (code?: string | string[]) =>
      (
        await world.acme.rows.count(world.tableId, {
          filter: { column: 'upper', state: 'failed', ...(code && { code }) },
        })
      ).count
    expect([await count(), await count('TIMEOUT'), await count(['TIMEOUT', 'BAD_WORD'])]).toEqual([7, 1, 2])
    await world.acme.rows.update(world.tableId, [{ id: world.ids[1] ?? '', cells: { word: 'eve' } }])
    await world.acme.rows.update(world.tableId, [{ id: world.ids[1] ?? '', cells: { word: 'throw' } }])
    expect((await world.cells())[1]).toBe('stale')
    const again = await world.acme.runs.wait((await world.acme.runs.retry(run.id)).id)
    expect(again.progress.counts).toEqual({ failed: 6 })
    expect(world.vendor.bill.total).toBe(3)
  })

  it('ask for named rows, for those of a filter, and for as many as they may', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob', 'eve', 'dan'])
    await world.run({ rows: [world.ids[1] ?? ''] })
    expect(await world.cells()).toEqual([null, 'BOB', null, null])
    await world.run({ filter: { column: 'word', op: 'is', value: 'eve' } })
    expect(await world.cells()).toEqual([null, 'BOB', 'EVE', null])
    await world.run({ limit: 1 })
    expect(await world.cells()).toEqual(['ADA', 'BOB', 'EVE', null])
    const filter = { column: 'word', op: 'is', value: 'ada' } as const
    const { id: view } = await world.acme.views.create(world.tableId, { name: 'Ada', definition: { filter } })
    expect(await world.acme.cells.estimate(world.tableId, world.upper, { which: 'all', view })).toMatchObject({
      rows: 1,
    })
    expect((await world.run({ which: 'empty', view })).progress).toMatchObject({ done: 0 })
    await world.run({ maxCost: 0.5 })
    expect(await world.cells()).toEqual(['ADA', 'BOB', 'EVE', null])
    const condition = { formula: 'LEFT(@word, 1) >= "d" AND LEN(@word) = 3' }
    await world.acme.columns.update(world.tableId, world.upper, { fill: { ...world.fill, condition } })
    expect((await world.run({ which: 'all' })).progress.counts).toEqual({ done: 2, skipped: 2 })
    expect(await world.cells()).toEqual(['skipped', 'skipped', 'EVE', 'DAN'])
  })

  it('pause for refused credentials and for a quota, with nothing lost', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob', 'quota', 'eve'])
    world.vendor.state.keys.clear()
    const refused = await world.run()
    expect(refused).toMatchObject({ state: 'paused', error: { code: 'CREDENTIALS_REFUSED' } })
    expect((await world.acme.connections.get(world.connectionId)).state).toBe('broken')
    const faultOf = async () => (await world.acme.tables.get(world.tableId)).columns[1]?.fill?.fault
    expect(await faultOf()).toBe('The vendor refuses the credentials of its connection. Reconnect.')
    world.vendor.state.keys.add('good')
    await world.acme.connections.reconnect(world.connectionId, { credentials: { key: 'good' } })
    expect(await faultOf()).toBeNull()
    await world.acme.runs.resume(refused.id)
    const quota = await world.acme.runs.wait(refused.id)
    expect(quota).toMatchObject({ state: 'paused', error: { code: 'QUOTA_EXHAUSTED', message: 'No more today.' } })
    expect(quota.resumesAt).not.toBeNull()
    await world.acme.rows.update(world.tableId, [{ id: world.ids[2] ?? '', cells: { word: 'plenty' } }])
    for await (const { state } of world.acme.runs.watch(refused.id)) if (state === 'done') break
    expect(await world.cells()).toEqual(['ADA', 'BOB', 'PLENTY', 'EVE'])
    const { items } = await world.acme.runs.log(refused.id)
    expect(items.map(({ state, code, by }) => [state, code ?? by])).toEqual([
      ['done', null],
      ['paused', 'QUOTA_EXHAUSTED'],
      ['queued', 'user:u1'],
      ['paused', 'CREDENTIALS_REFUSED'],
      ['queued', 'user:u1'],
    ])
    expect(Math.max(...world.vendor.state.asked.values())).toBeLessThan(4)
  })

  it('that leave cells to a paused run say how many, and what to do', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob', 'eve'])
    const { acme, vendor, ids } = world
    vendor.state.keys.clear()
    const paused = await world.run()
    expect(paused.state).toBe('paused')
    vendor.state.keys.add('good')
    await acme.connections.reconnect(world.connectionId, { credentials: { key: 'good' } })
    for (const request of [{}, { rows: [...ids] }]) {
      const run = await world.run(request)
      expect(run).toMatchObject({ state: 'done', progress: { done: 0, counts: { held: 3 } } })
      const [end] = (await acme.runs.log(run.id)).items
      expect(end?.message).toMatch(/^3 cells are in the hands of other runs of the column/)
    }
    const one = await world.run({ rows: ids.slice(0, 1) })
    expect((await acme.runs.log(one.id)).items[0]?.message).toMatch(/^One cell is in the hands of another run/)
    await acme.runs.resume(paused.id)
    const resumed = await acme.runs.wait(paused.id)
    expect(resumed.progress.counts).toEqual({ done: 3 })
    expect((await acme.runs.log(paused.id)).items[0]).toMatchObject({ state: 'done', message: null })
  })

  it('go on when the vendor calls that a task is over, long before they would look again', async () => {
    const port = await freePort()
    const publicUrl = `http://127.0.0.1:${port}/ops`
    await using world = await openWords(makeDatabase, ['ada', 'bob'], 'told', { publicUrl })
    await using _served = await serveOps(world.ops, {}, port)
    const { id } = await world.acme.cells.run(world.tableId, world.upper)
    await expect.poll(async () => (await world.acme.runs.get(id)).resumesAt, { timeout: 30_000 }).not.toBeNull()
    for (const [list, to] of world.vendor.state.callbacks)
      expect(await world.vendor.webhooks.send({ to, body: { list } })).toBe(200)
    expect(await world.acme.runs.wait(id)).toMatchObject({ state: 'done', progress: { counts: { done: 2 } } })
    expect(await world.cells()).toEqual(['ADA', 'BOB'])
  })

  it('wait for the run that fills what they read', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob'])
    const fill = { ...world.fill, inputs: { word: { column: 'upper' } } }
    const again = await world.acme.columns.create(world.tableId, { name: 'Again', fill })
    world.vendor.faults.add({ kind: 'latency', ms: 100, times: 2 })
    const runs = [
      await world.acme.cells.run(world.tableId, world.upper),
      await world.acme.cells.run(world.tableId, again.id),
    ]
    for (const { id } of runs) expect((await world.acme.runs.wait(id)).progress.counts).toEqual({ done: 2 })
    const { rows } = await world.acme.rows.page(world.tableId)
    expect(rows.map(({ cells }) => cells.again)).toEqual(['ADA', 'BOB'])
    // What they read changes: they are stale, and asked for anew only once it was.
    const [first = ''] = world.ids
    const stateOf = async (column: string) => (await world.acme.cells.explain(world.tableId, first, column)).state
    await world.acme.rows.update(world.tableId, [{ id: first, cells: { word: 'eve' } }])
    expect([await stateOf(world.upper), await stateOf(again.id)]).toEqual(['stale', 'done'])
    await world.run({ which: 'stale' })
    expect([await stateOf(world.upper), await stateOf(again.id)]).toEqual(['done', 'stale'])
    const { id } = await world.acme.cells.run(world.tableId, again.id, { which: 'stale' })
    expect((await world.acme.runs.wait(id)).progress.counts).toEqual({ done: 1 })
    expect((await world.acme.rows.get(world.tableId, first)).cells.again).toBe('EVE')
  })

  it('start when a schedule is due, over the cells that it names', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob'])
    const request = { filter: { column: 'word', op: 'is', value: 'bob' }, maxCost: 5 }
    const what = { kind: 'column', tableId: world.tableId, columnId: world.upper, request }
    const { id } = await world.acme.schedules.create({ name: 'Minutely', cron: '* * * * *', what })
    world.clock.aheadMs = 61_000
    world.ops.startWorker({ everyMs: 50 })
    await expect.poll(async () => (await world.acme.schedules.get(id)).lastRunId, { timeout: 30_000 }).not.toBeNull()
    const { lastRunId } = await world.acme.schedules.get(id)
    expect(await world.acme.runs.wait(lastRunId ?? '')).toMatchObject({ kind: 'column', state: 'done' })
    expect(await world.cells()).toEqual([null, 'BOB'])
  })

  it('start by themselves over rows that changed, where a column asks for it', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob'])
    await world.acme.columns.update(world.tableId, world.upper, { fill: { ...world.fill, auto: true } })
    world.ops.startWorker({ everyMs: 50 })
    const [first = ''] = world.ids
    await world.acme.rows.update(world.tableId, [{ id: first, cells: { word: 'adam' } }])
    const started = async () => (await world.acme.runs.list({ kind: 'column' })).items
    while ((await started()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    const [run] = await started()
    await world.acme.runs.wait(run?.id ?? '')
    expect(await world.cells()).toEqual(['ADAM', null])
    expect(run?.actor).toEqual({ type: 'system', id: 'auto-fill' })
    await world.acme.rows.update(world.tableId, [{ id: first, cells: { word: 'eve' } }])
    while ((await world.cells())[0] !== 'EVE') await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await started()).toHaveLength(2)
  })
})

describeOneDatabase('column runs whose vendor does not answer', (makeDatabase) => {
  it('count what was sent as paid: the vendor may have charged for it, and a budget is for good', async () => {
    await using world = await openWords(makeDatabase, ['ada', 'bob', 'eve', 'never', 'dan'], 'upper', hurried)
    await world.acme.budgets.set({ unit: 'credit', perMonth: 3 })
    // Longer than the part waits: the vendor does its work, and nobody hears of it.
    world.vendor.faults.add({ on: 'GET /upper', kind: 'latency', ms: 1_500 })
    const run = await world.run({ which: 'all' })
    expect(run).toMatchObject({ state: 'paused', error: { code: 'QUOTA_EXHAUSTED' } })
    expect(world.vendor.bill.total).toBe(3)
    expect(await world.acme.budgets.list()).toMatchObject([{ spent: 3, reserved: 0 }])
    const states = await world.cells()
    // Nobody was sent anything for `never`, which costs nothing.
    expect(states.filter((state) => state === 'TIMEOUT')).toHaveLength(states[3] === 'TIMEOUT' ? 2 : 1)
  })
})

describeOneServer('column runs over thousands of rows', (makeDatabase) => {
  it('read no table whole for a window', async () => {
    const rows = 3_000
    const words = Array.from({ length: rows }, (_, n) => `word${n}`)
    await using world = await openWords(makeDatabase, words, 'many')
    await rawQuery(world.target, 'analyze')
    {
      // Its sessions count what they read once they end.
      await using another = world.another()
      const acme = another.forOrg({ orgId: 'acme', actor })
      const { id } = await acme.cells.run(world.tableId, world.upper, { which: 'all' })
      expect(await acme.runs.wait(id)).toMatchObject({ state: 'done', progress: { counts: { done: rows } } })
    }
    const [read] = await rawQuery(
      world.target,
      `select max(seq_tup_read)::int as rows from pg_stat_user_tables where relname = 't1' and n_live_tup >= ${rows}`,
    )
    // Once to count them as the run is started, and once to mark the first of its eight windows.
    expect(read?.rows).toBeLessThanOrEqual(2 * rows)
  })
})

describeOneServer('column runs under limits of their vendor', (makeDatabase) => {
  it('wait for the turn of each cell, however long the row of those before it, and fail none for it', async () => {
    const words = Array.from({ length: 12 }, (_, n) => `word${n}`)
    // Ten at once want to go out, of which two can within the second that a call may take.
    await using world = await openWords(makeDatabase, words, 'upper', {
      ...hurried,
      rateLimits: [{ max: 3, perMs: 1_000 }],
    })
    expect(await world.run()).toMatchObject({ state: 'done', progress: { counts: { done: 12 } } })
    expect([...world.vendor.state.asked.values()]).toEqual(words.map(() => 1))
  })

  it('wait for the turn of each cell where the vendor bears one call at a time, and fail none for it', async () => {
    const words = Array.from({ length: 8 }, (_, n) => `word${n}`)
    await using world = await openWords(makeDatabase, words, 'upper', { ...hurried, rateLimits: [{ maxInFlight: 1 }] })
    // Of the eight that want to go out at once, two or three can within the second that a call may take.
    world.vendor.faults.add({ on: 'GET /upper', kind: 'latency', ms: 300, times: Number.POSITIVE_INFINITY })
    expect(await world.run()).toMatchObject({ state: 'done', progress: { counts: { done: 8 } } })
    expect([...world.vendor.state.asked.values()]).toEqual(words.map(() => 1))
  })

  it('pause when the day’s calls are used up, say so, and go on by themselves when the next day has begun', async () => {
    const day = dayWindow()
    const rateLimits = [{ max: 3, perMs: day }]
    await using world = await openWords(makeDatabase, ['ada', 'bob', 'eve', 'dan', 'kim'], 'upper', { rateLimits })
    const paused = await world.run()
    expect(paused).toMatchObject({ state: 'paused', progress: { counts: { done: 3 } } })
    expect(paused.error).toMatchObject({
      code: 'QUOTA_EXHAUSTED',
      message: expect.stringMatching(/is used up. There is more in/),
    })
    const nextDay = Math.ceil(Date.now() / day) * day
    expect(Math.abs(Date.parse(paused.resumesAt ?? '') - nextDay)).toBeLessThan(60_000)
    expect((await world.cells()).filter((cell) => cell === 'queued')).toHaveLength(2)
    // What a night does: another window of the limit, and the time that the run waits for.
    await rawQuery(world.target, `update opslayer.http_limits set window_start = window_start - ${day}`)
    await rawQuery(world.target, 'update opslayer.runs set resume_at = now()')
    // The process that met the limit believes in it until the day ends.
    await using another = world.another()
    another.startWorker({ everyMs: 50 })
    for await (const { state } of world.acme.runs.watch(paused.id)) if (state === 'done') break
    expect(await world.cells()).toEqual(['ADA', 'BOB', 'EVE', 'DAN', 'KIM'])
    expect([...world.vendor.state.asked.values()]).toEqual([1, 1, 1, 1, 1])
  })
})

describeOneServer('column runs that many wait for', (makeDatabase) => {
  it('are looked at fifty times a second at most by all of them together', async () => {
    const many = 200
    await using world = await openWords(makeDatabase, ['ada'], 'cached')
    world.vendor.faults.add({ on: 'GET /upper', kind: 'latency', ms: 4_000 })
    const began = performance.now()
    {
      // Its sessions count what they read once they end.
      await using another = world.another()
      const acme = another.forOrg({ orgId: 'acme', actor })
      const { id } = await acme.cells.run(world.tableId, world.upper)
      const ended = await Promise.all(Array.from({ length: many }, () => acme.runs.wait(id)))
      expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(['done']))
    }
    const seconds = (performance.now() - began) / 1_000
    const [read] = await rawQuery(
      world.target,
      `select (seq_scan + idx_scan)::int as looks from pg_stat_user_tables where schemaname = 'opslayer' and relname = 'runs'`,
    )
    // Each looks once at first and once at the end; the rest is the run's own.
    expect(read?.looks).toBeLessThan(2 * many + 50 * seconds + 100)
  })
})

describeOneServer('column runs beside hundreds of others', (makeDatabase) => {
  it('take no cell that the oldest of them has in hand', async () => {
    const { plugin, quick } = quickWords()
    using _clock = steadyClock()
    await using test = await openOps(makeDatabase, { plugins: [plugin] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const columns = [
      { name: 'Word', type: 'text' },
      { name: 'Upper', fill: { plugin: 'quick', part: 'upper', inputs: { word: { column: 'word' } } } },
    ]
    const table = await acme.tables.create({ name: 'Words', columns })
    const words = Array.from({ length: 80 }, (_, n) => ({ cells: { word: `w${n}` } }))
    const ids = (await acme.rows.insert(table.id, words)).rows.map(({ id }) => id)
    const others: Run[] = []
    // In the second window, which stands in the checkpoint alone.
    quick.meanwhile = async () => {
      quick.meanwhile = async () => {}
      await rawQuery(
        test.target,
        `insert into opslayer.runs select copy.* from opslayer.runs as run, generate_series(1, 250) as n,
           jsonb_populate_record(run, jsonb_build_object('id', 'run_z' || n, 'key', null, 'state', 'paused', 'checkpoint', null,
             'lease_token', null, 'lease_until', null)) as copy`,
      )
      others.push(await acme.cells.run(table.id, 'upper', { rows: [ids[35] ?? ''] }))
    }
    const run = await acme.cells.run(table.id, 'upper')
    expect((await acme.runs.wait(run.id)).state).toBe('done')
    for (const { id } of others) expect((await acme.runs.wait(id)).progress.done).toBe(0)
    expect(quick.asked.toSorted()).toEqual(words.map(({ cells }) => cells.word).toSorted())
  })
})

describeOneServer('column runs on a busy database', (makeDatabase) => {
  it('leave a plugin its whole time, however long the database takes to tell its connection', async () => {
    const locked = Promise.withResolvers<void>()
    let begun = 0
    const busy = definePlugin({
      id: 'busy',
      version: '1.0.0',
      name: 'Busy',
      credentials: apiKey({ fields: z.object({ key: z.string() }), headers: () => ({}) }),
      test: async () => ({}),
    }).columnType({
      ...capitals,
      timeoutMs: 1_000,
      cell: async (_, { inputs: { word } }) => {
        begun += 1
        if (begun === 1) lockConnections().then(locked.resolve, locked.reject)
        await locked.promise
        return done(word.toUpperCase())
      },
    })
    const encryptionKeys = [{ id: 'k1', key: randomBytes(32).toString('base64') }]
    await using test = await openOps(makeDatabase, { plugins: [busy], encryptionKeys })
    const { target } = test
    if (target.kind !== 'server') throw new Error('This is about a server.')
    let unlocked: Promise<unknown> = Promise.resolve()
    // Connected before any call has begun, whose time would otherwise be spent on it.
    const client = new Client({ connectionString: target.url })
    await client.connect()
    const lockConnections = async (): Promise<void> => {
      await client.query('begin; lock table opslayer.connections')
      unlocked = client.query('select pg_sleep(1.5); commit').finally(() => client.end())
    }
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id: connectionId } = await acme.connections.connect({ plugin: 'busy', credentials: { key: 'good' } })
    const fill = { plugin: 'busy', part: 'upper', connectionId, inputs: { word: { column: 'word' } } }
    const columns = [
      { name: 'Word', type: 'text' },
      { name: 'Upper', fill },
    ]
    const table = await acme.tables.create({ name: 'Words', columns })
    // One more than the calls that begin with the connection that the window was read with.
    const rows = Array.from({ length: 11 }, (_, n) => ({ cells: { word: `word${n}` } }))
    await acme.rows.insert(table.id, rows)
    const { id } = await acme.cells.run(table.id, table.columns[1]?.id ?? '')
    expect(await acme.runs.wait(id)).toMatchObject({ state: 'done', progress: { counts: { done: 11 } } })
    await unlocked
  })
})
