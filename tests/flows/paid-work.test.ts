import { expect, it } from 'vitest'
import { describeOneDatabase, type MakeDatabase } from '../databases/describe-databases.ts'
import { listPlugin, startListVendor } from './testing/list-vendor.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const
const hour = 3_600_000

/** An org with a vendor that bills what is handed in, a budget, and a table of words. */
async function openPaid(
  makeDatabase: MakeDatabase,
  words: readonly string[],
  { part = 'listed', ...options }: { readonly part?: string } & Parameters<typeof listPlugin>[1] = {},
) {
  const vendor = await startListVendor()
  const clock = { aheadMs: 0 }
  const test = await openOps(makeDatabase, {
    plugins: [listPlugin(vendor.url, options)],
    allowedOrigins: [new URL(vendor.url).origin],
    now: () => new Date(Date.now() + clock.aheadMs),
  })
  const acme = test.ops.forOrg({ orgId: 'acme', actor })
  await acme.budgets.set({ unit: 'credit', perMonth: 100 })
  const fill = { plugin: 'lister', part, inputs: { word: { column: 'word' } } }
  const columns = [
    { name: 'Word', type: 'text' },
    { name: 'Filled', fill },
  ]
  const table = await acme.tables.create({ name: 'Words', columns })
  const { rows } = await acme.rows.insert(
    table.id,
    words.map((word) => ({ cells: { word } })),
  )
  const read = async () => (await acme.rows.page(table.id)).rows
  return {
    vendor,
    clock,
    acme,
    tableId: table.id,
    ids: rows.map(({ id }) => id),
    start: async () => (await acme.cells.run(table.id, 'filled')).id,
    /** Waits until the vendor has the list, and this is known. */
    submitted: async (runId: string) => {
      for await (const { resumesAt } of acme.runs.watch(runId)) if (resumesAt !== null) return
    },
    cells: async () => (await read()).map(({ cells, states }) => states?.filled?.code ?? cells.filled),
    /** What each cell is told to have cost. */
    costs: async () =>
      await Promise.all(
        rows.map(async ({ id }) => (await acme.cells.explain(table.id, id, 'filled')).cost?.amount ?? 0),
      ),
    spending: async () => {
      const [{ spent, reserved } = {}] = await acme.budgets.list()
      return { spent, reserved, items: (await acme.budgets.spend()).items[0]?.items }
    },
    [Symbol.asyncDispose]: async () => {
      await test[Symbol.asyncDispose]()
      await vendor.close()
    },
  }
}

const words = ['ada', 'bob', 'eve']
const allSpent = { spent: 3, reserved: 0, items: 3 }

describeOneDatabase('a list that was handed in is paid for', (makeDatabase) => {
  it('as soon as the vendor has it', async () => {
    await using world = await openPaid(makeDatabase, words)
    await world.submitted(await world.start())
    expect(world.vendor.bill.total).toBe(3)
    expect(await world.spending()).toEqual(allSpent)
  })

  it.each<[what: string, happens: (world: Awaited<ReturnType<typeof openPaid>>) => void, code: string]>([
    ['loses it', ({ vendor }) => vendor.state.lists.clear(), 'PLUGIN_FAILED'],
    ['says that it broke', ({ vendor }) => Object.assign(vendor.state, { standing: 'broken' }), 'BROKEN'],
    ['never ends it', ({ clock }) => Object.assign(clock, { aheadMs: 2 * hour }), 'TASK_LOST'],
  ])('though the vendor %s', async (_, happens, code) => {
    await using world = await openPaid(makeDatabase, words)
    const id = await world.start()
    await world.submitted(id)
    happens(world)
    await world.acme.runs.wait(id)
    expect(await world.cells()).toEqual([code, code, code])
    expect(await world.spending()).toEqual(allSpent)
    expect(await world.costs()).toEqual([1, 1, 1])
  })

  it('unless the plugin says that it costs nothing', async () => {
    await using world = await openPaid(makeDatabase, words, { refunds: true })
    const id = await world.start()
    await world.submitted(id)
    world.vendor.state.standing = 'broken'
    await world.acme.runs.wait(id)
    expect(await world.spending()).toEqual({ spent: 0, reserved: 0, items: 3 })
    expect(await world.costs()).toEqual([0, 0, 0])
  })

  it('though its run is cancelled meanwhile', async () => {
    await using world = await openPaid(makeDatabase, words)
    const id = await world.start()
    await world.submitted(id)
    await world.acme.runs.cancel(id)
    expect(await world.acme.runs.wait(id)).toMatchObject({ state: 'cancelled' })
    expect(await world.spending()).toEqual(allSpent)
  })

  it('though somebody writes a cell of it meanwhile', async () => {
    await using world = await openPaid(makeDatabase, words)
    const id = await world.start()
    await world.submitted(id)
    await world.acme.rows.update(world.tableId, [{ id: world.ids[0] ?? '', cells: { filled: 'mine' } }])
    world.vendor.state.standing = 'ready'
    await world.acme.runs.wait(id)
    expect(await world.cells()).toEqual(['mine', 'BOB', 'EVE'])
    expect(await world.spending()).toEqual(allSpent)
  })

  it('but for what it refuses, and not for what was not handed in', async () => {
    await using world = await openPaid(makeDatabase, ['ada', '', 'xu', 'yu', 'zu'])
    const id = await world.start()
    await world.submitted(id)
    expect(await world.spending()).toEqual({ spent: 4, reserved: 0, items: 4 })
    world.vendor.state.standing = 'ready'
    await world.acme.runs.wait(id)
    expect(await world.cells()).toEqual(['ADA', null, 'NO_ANSWER', 'REFUSED', 'PLUGIN_FAILED'])
    expect(await world.costs()).toEqual([1, 0, 1, 0, 1])
    expect(await world.spending()).toEqual({ spent: 3, reserved: 0, items: 4 })
  })
})

describeOneDatabase('what did not go out costs nothing', (makeDatabase) => {
  it('where a row of an action ends by its time', async () => {
    await using world = await openPaid(makeDatabase, ['never'])
    const inputs = { word: { column: 'word' } }
    const { id } = await world.acme.actions.start(world.tableId, { plugin: 'lister', part: 'send', inputs })
    await world.acme.runs.wait(id)
    expect((await world.acme.actions.log(id)).items).toMatchObject([{ state: 'failed', code: 'TIMEOUT' }])
    expect(world.vendor.bill.total).toBe(0)
    expect(await world.spending()).toMatchObject({ spent: 0, reserved: 0 })
  })

  it.each(['send', 'word'] as const)('where the vendor only throttles: %s', async (part) => {
    await using world = await openPaid(makeDatabase, ['ada'], { part: 'word' })
    const answer = { status: 429, headers: { 'retry-after': '1' } }
    world.vendor.faults.add({ kind: 'answer', answer, times: Number.POSITIVE_INFINITY })
    const inputs = { word: { column: 'word' } }
    const { id } =
      part === 'word'
        ? await world.acme.cells.run(world.tableId, 'filled')
        : await world.acme.actions.start(world.tableId, { plugin: 'lister', part, inputs })
    await world.acme.runs.wait(id)
    expect(world.vendor.journal.entries.length).toBeGreaterThan(0)
    expect(world.vendor.bill.total).toBe(0)
    expect(await world.spending()).toMatchObject({ spent: 0, reserved: 0 })
  })
})

describeOneDatabase('what the vendor has answered is paid for', (makeDatabase) => {
  it('though the plugin makes nothing of it', async () => {
    await using world = await openPaid(makeDatabase, ['ada', 'throws', 'shape'], { part: 'word' })
    await world.acme.runs.wait(await world.start())
    expect(await world.cells()).toEqual(['ada', 'PLUGIN_FAILED', 'PLUGIN_FAILED'])
    expect(world.vendor.bill.total).toBe(3)
    expect(await world.spending()).toEqual(allSpent)
  })
})
