import { expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../databases/describe-databases.ts'
import { openLedger } from './testing/open-ledger.ts'
import { rawQuery } from './testing/raw-query.ts'

type World = Awaited<ReturnType<typeof openLedger>>

/** A table with people to write to, of whom every tenth has no mailbox. */
async function openPeople(makeDatabase: Parameters<typeof openLedger>[0], count: number) {
  const world = await openLedger(makeDatabase)
  const columns = [
    { name: 'Email', type: 'text' },
    { name: 'Note', type: 'text' },
    { name: 'Sent', type: 'text' },
  ]
  const table = await world.acme.tables.create({ name: 'People', columns })
  const { rows } = await world.acme.rows.insert(
    table.id,
    Array.from({ length: count }, (_, n) => ({
      cells: {
        email: n % 10 === 9 ? `nobody${n}@example.com` : `p${n}@example.com`,
        note: n % 2 === 0 ? `Note ${n}` : null,
      },
    })),
  )
  return {
    ...world,
    tableId: table.id,
    ids: rows.map(({ id }) => id),
    [Symbol.asyncDispose]: world[Symbol.asyncDispose],
  }
}

const request = ({ connectionId }: World, part: string) => ({
  plugin: 'ledger',
  part,
  connectionId,
  inputs: { to: { column: 'email' }, text: { column: 'note' } },
  output: { id: 'sent' },
})

describeBothKinds('actions', (makeDatabase) => {
  it('call for each row once, write what comes back, and fail alone', async () => {
    await using world = await openPeople(makeDatabase, 25)
    const { acme, tableId, vendor, ids } = world
    const asked = {
      ...request(world, 'send_keyed'),
      condition: { column: 'email', op: 'is_not', value: 'p0@example.com' },
    } as const
    expect(await acme.actions.estimate(tableId, asked)).toEqual({
      rows: 24,
      skipped: 1,
      calls: 24,
      cost: { unit: 'credit', amount: 24 },
    })
    const run = await acme.runs.wait((await acme.actions.start(tableId, asked)).id)
    expect(run).toMatchObject({
      kind: 'action',
      state: 'done',
      progress: { done: 24, total: 24, counts: { done: 22, failed: 2, skipped: 0, cost: 22 } },
    })
    expect([...vendor.state.sent.values()].sort()[0]).toBe('p10@example.com Note 10')
    expect(vendor.state.sent.size).toBe(22)
    const sent = await acme.rows.count(tableId, { filter: { column: 'sent', op: 'is_not_empty' } })
    expect(sent.count).toBe(22)
    const failures = await acme.actions.log(run.id, { states: ['failed'] })
    expect(failures.items).toMatchObject([
      { rowId: ids[9], code: 'NO_MAILBOX', message: 'There is no such mailbox.', output: null },
      { rowId: ids[19], code: 'NO_MAILBOX' },
    ])
    await acme.rows.update(tableId, [{ id: ids[9] ?? '', cells: { email: 'found@example.com' } }])
    const again = await acme.runs.wait((await acme.actions.retry(run.id)).id)
    expect(again.progress).toMatchObject({ done: 2, counts: { done: 1, failed: 1 } })
    await acme.undoOperation(run.operation)
    expect((await acme.rows.count(tableId, { filter: { column: 'sent', op: 'is_not_empty' } })).count).toBe(1)
  })

  it('started again by the same key are the same run, also at once and once it is over', async () => {
    await using world = await openPeople(makeDatabase, 3)
    const { acme, ops, tableId, vendor } = world
    const asked = { ...request(world, 'send_keyed'), rows: world.ids.slice(0, 2) }
    const key = 'greeting-1'
    const started = await Promise.all([1, 2, 3].map(() => acme.actions.start(tableId, asked, { key })))
    const [id = ''] = started.map((run) => run.id)
    expect(started.map((run) => run.id)).toEqual([id, id, id])
    await acme.runs.wait(id)
    expect(await acme.actions.start(tableId, asked, { key })).toMatchObject({ id, state: 'done' })
    expect(vendor.state.sent.size).toBe(2)
    expect((await acme.actions.start(tableId, asked, { key: 'greeting-2' })).id).not.toBe(id)
    for (const [wrong, code] of [
      [
        acme.actions.start(
          (await acme.tables.create({ name: 'Else', columns: [{ name: 'Email', type: 'text' }] })).id,
          { ...asked, rows: undefined, inputs: { to: { column: 'email' } }, output: {} },
          { key },
        ),
        'CONFLICT',
      ],
      [acme.actions.start(tableId, asked, { key: '' }), 'INVALID_INPUT'],
      [acme.actions.start(tableId, asked, { key: 'k'.repeat(101) }), 'INVALID_INPUT'],
    ] as const)
      await expect(wrong).rejects.toMatchObject({ code })
    const other = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u2' } })
    expect((await other.actions.start(tableId, asked, { key })).id).not.toBe(id)
  })

  it('call for many rows at once where the part takes them, and skip rows whose inputs are empty', async () => {
    await using world = await openPeople(makeDatabase, 20)
    const { acme, tableId, vendor, ids } = world
    await acme.rows.update(tableId, [{ id: ids[3] ?? '', cells: { email: null } }])
    const run = await acme.runs.wait((await acme.actions.start(tableId, request(world, 'bulk'))).id)
    expect(run.progress.counts).toMatchObject({ done: 17, failed: 2, skipped: 1 })
    expect(vendor.journal.find({ route: 'POST /bulk' })).toHaveLength(3)
    expect((await acme.actions.log(run.id, { states: ['skipped'] })).items).toMatchObject([{ rowId: ids[3] }])
    const some = await acme.runs.wait(
      (await acme.actions.start(tableId, { ...request(world, 'bulk'), rows: ids.slice(0, 2) })).id,
    )
    expect(some.progress).toMatchObject({ done: 2, total: 2 })
  })

  it('act on the rows of a view, read formulas, and together never spend more than a budget or their limit allows', async () => {
    await using world = await openPeople(makeDatabase, 60)
    const { acme, tableId, vendor, ids } = world
    await acme.budgets.set({ unit: 'credit', perMonth: 20 })
    const definition = { filter: { column: 'note', op: 'is_not_empty' } } as const
    const view = await acme.views.create(tableId, { name: 'Noted', definition })
    const inputs = { to: { formula: '"to-" & @email' }, text: { value: 'Hi' } }
    const asked = { ...request(world, 'send_keyed'), inputs, view: view.id }
    expect(await acme.actions.estimate(tableId, asked)).toMatchObject({ rows: 30, cost: { amount: 30 } })
    const limited = await acme.runs.wait((await acme.actions.start(tableId, { ...asked, maxCost: 3 })).id)
    expect(limited).toMatchObject({ state: 'done', progress: { done: 3, counts: { done: 3 } } })
    expect([...vendor.state.sent.values()].sort()[0]).toBe('to-p0@example.com Hi')
    const starts = ids.slice(0, 40).map((id) => acme.actions.start(tableId, { ...asked, view: undefined, rows: [id] }))
    const ended = await Promise.all((await Promise.all(starts)).map(({ id }) => acme.runs.wait(id)))
    expect(ended.filter(({ state }) => state === 'paused')[0]?.error?.code).toBe('QUOTA_EXHAUSTED')
    expect(vendor.bill.total).toBe(20)
    expect(await acme.budgets.list()).toMatchObject([{ spent: 20, reserved: 0 }])
    const paused = ended.filter(({ state }) => state === 'paused')
    await acme.budgets.set({ unit: 'credit', perMonth: 21 })
    await acme.runs.resume(paused[0]?.id ?? '')
    expect(await acme.runs.wait(paused[0]?.id ?? '')).toMatchObject({ state: 'done' })
    await Promise.all(paused.slice(1).map(({ id }) => acme.runs.cancel(id)))
    expect(vendor.bill.total).toBe(21)
  })

  it('that a killed process left behind are called for again, or not, as their parts say', async () => {
    await using world = await openPeople(makeDatabase, 5)
    const { acme, tableId, vendor, target, ops } = world
    if (target.kind !== 'server') return
    ops.startWorker({ everyMs: 50 })
    for (const [part, counts] of [
      ['send_keyed', { done: 5, failed: 0 }],
      ['send_once', { done: 0, failed: 5 }],
    ] as const) {
      vendor.state.sent.clear()
      const { id } = await acme.actions.start(tableId, { ...request(world, part), output: {} })
      const run = await acme.runs.wait(id)
      // The run as it was while the vendor was called: its only batch is planned, and called for by a process that is gone.
      const rows = (await acme.actions.log(id)).items.map(({ rowId }) => ({
        id: rowId,
        inputs: { to: 'p@example.com' },
      }))
      const batch = { id: 'gone', rows, tries: 0, alone: null }
      const checkpoint = { after: rows.at(-1)?.id ?? '0', batch, month: '2026-11-01' }
      await rawQuery(
        target,
        `update opslayer.runs set state = 'running', lease_token = 'gone', lease_until = now(), done = 0, counts = '{}',
          ended_at = null, checkpoint = $2 where id = $1`,
        [id, JSON.stringify(checkpoint)],
      )
      const sent = vendor.state.sent.size
      for await (const { state, progress } of acme.runs.watch(id)) if (state === 'done' && progress.done > 0) break
      expect((await acme.runs.get(id)).progress.counts, part).toMatchObject(counts)
      expect(vendor.state.sent.size).toBe(sent)
      expect(run.state).toBe('done')
    }
  })
})

describeOneDatabase('actions', (makeDatabase) => {
  it('repeat what a vendor that was away certainly did not do, and say of the rest that nobody knows', async () => {
    await using world = await openPeople(makeDatabase, 6)
    const { acme, tableId, vendor } = world
    vendor.faults.add({ kind: 'answer', answer: { status: 429, headers: { 'retry-after': '0' } }, times: 8 })
    vendor.faults.add({ kind: 'cut', when: 'after-effect', after: 12 })
    const run = await acme.runs.wait((await acme.actions.start(tableId, request(world, 'send_once'))).id)
    expect(run).toMatchObject({ state: 'done', progress: { done: 6, counts: { done: 5, failed: 1 } } })
    expect((await acme.actions.log(run.id, { codes: ['OUTCOME_UNKNOWN'] })).items).toHaveLength(1)
    expect(vendor.state.sent.size).toBe(6)
    await expect(acme.actions.retry(run.id)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const looked = await acme.runs.wait((await acme.actions.retry(run.id, { unknown: true })).id)
    expect(looked.progress).toMatchObject({ done: 1, counts: { done: 1 } })
  })

  it('pause for a quota and go on when it is renewed, without calling for a row twice', async () => {
    await using world = await openPeople(makeDatabase, 30)
    const { acme, tableId, vendor } = world
    vendor.state.balance = 14
    const { id } = await acme.actions.start(tableId, request(world, 'send_keyed'))
    const paused = await acme.runs.wait(id)
    expect(paused).toMatchObject({ state: 'paused', error: { code: 'QUOTA_EXHAUSTED' }, resumesAt: expect.any(String) })
    vendor.state.balance = 100
    for await (const { state } of acme.runs.watch(id)) if (state === 'done') break
    expect((await acme.runs.get(id)).progress).toMatchObject({ done: 30, counts: { done: 27, failed: 3 } })
    expect(vendor.state.sent.size).toBe(27)
    expect(vendor.bill.total).toBe(27)
  })

  it('refuse what does not fit', async () => {
    await using world = await openPeople(makeDatabase, 1)
    const { acme, tableId } = world
    const good = request(world, 'send_keyed')
    for (const [wrong, code] of [
      [{ part: 'nothing' }, 'NOT_FOUND'],
      [{ inputs: {} }, 'INVALID_INPUT'],
      [{ inputs: { ...good.inputs, other: { value: 1 } } }, 'INVALID_INPUT'],
      [{ inputs: { to: { column: 'nowhere' } } }, 'NOT_FOUND'],
      [{ output: { nothing: 'sent' } }, 'INVALID_INPUT'],
      [{ settings: { text: 7 } }, 'INVALID_INPUT'],
      [{ filter: { column: 'nowhere', op: 'is_empty' } }, 'INVALID_QUERY'],
      [{ view: 'viw_zzzzzzzzzzzzzzzz' }, 'NOT_FOUND'],
      [{ inputs: { to: { formula: 'UPPER(' } } }, 'FORMULA_INVALID'],
      [{ rows: ['1'], filter: { column: 'email', op: 'is_empty' } }, 'INVALID_INPUT'],
      [{ connectionId: 'con_zzzzzzzzzzzzzzzz' }, 'NOT_FOUND'],
    ] as const)
      await expect(
        acme.actions.start(tableId, { ...good, ...wrong } as typeof good),
        JSON.stringify(wrong),
      ).rejects.toMatchObject({ code })
  })
})
