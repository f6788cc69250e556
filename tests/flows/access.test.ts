import type { Access, Filter, OrgOps } from '@opslayer/core'
import { isOpsError } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'
import { type Ids, tenancyCases } from './testing/tenancy-cases.ts'

const admin = { type: 'user', id: 'admin' } as const
const ann = { type: 'user', id: 'ann' } as const
const marker = 'KEPT-FROM-ANN'

interface World {
  readonly all: OrgOps
  readonly ann: OrgOps
  readonly people: Ids
  readonly closed: Ids
  readonly columns: Readonly<Record<'name' | 'owner' | 'salary' | 'note', string>>
  readonly mine: string
  readonly theirs: string
}

/** A table of which Ann sees her own rows without salaries and may not write notes, and one that is closed to her. */
async function makeWorld(
  forOrg: (who: { actor: typeof admin | typeof ann; access?: Access }) => OrgOps,
): Promise<World> {
  const all = forOrg({ actor: admin })
  const people = await makeTable(all, 'People')
  const closed = await makeTable(all, marker)
  const { name, owner, salary, note } = people.columns
  const access: Access = {
    table: (tableId) => {
      if (tableId === closed.ids.table) return null
      if (tableId !== people.ids.table) return undefined
      return { hidden: [salary], readOnly: [note], rows: { column: owner, op: 'is', value: 'ann' } }
    },
  }
  return {
    all,
    ann: forOrg({ actor: ann, access }),
    people: { ...people.ids, column: salary },
    closed: closed.ids,
    columns: { name, owner, salary, note },
    mine: people.mine,
    theirs: people.ids.row,
  }
}

async function makeTable(org: OrgOps, name: string) {
  const table = await org.tables.create({
    name,
    columns: ['Name', 'Owner', 'Salary', 'Note'].map((each) => ({ name: each, type: 'text' })),
  })
  const [nameColumn = '', owner = '', salary = '', note = ''] = table.columns.map(({ id }) => id)
  const { rows, operation } = await org.rows.insert(table.id, [
    { externalKey: 'k0', cells: { name: 'mine', owner: 'ann', salary: `${marker} 1`, note: 'n' } },
    { externalKey: 'k1', cells: { name: `${marker} row`, owner: 'bob', salary: `${marker} 2`, note: 'n' } },
    { externalKey: 'k2', cells: { name: `${marker} gone`, owner: 'bob', salary: `${marker} 3`, note: 'n' } },
  ])
  const [mine = '', theirs = '', gone = ''] = rows.map(({ id }) => id)
  await org.rows.update(table.id, [{ id: mine, cells: { salary: `${marker} 4` } }])
  await org.rows.delete(table.id, [gone])
  const kept: Filter = { column: salary, op: 'is', value: `${marker} in a view` }
  const view = await org.views.create(table.id, { name: 'Shared', kind: 'shared', definition: { filter: kept } })
  const page = await org.rows.page(table.id, { limit: 1 })
  const ids: Ids = {
    table: table.id,
    column: salary,
    row: theirs,
    view: view.id,
    operation: operation ?? '',
    connection: 'con_zzzzzzzzzzzzzzzz',
    run: 'run_zzzzzzzzzzzzzzzzz',
    feed: 'fed_zzzzzzzzzzzzzzzz',
    schedule: 'sch_zzzzzzzzzzzzzzzz',
    other: table.id,
    cursors: {
      rows: page.nextCursor ?? '',
      deleted: '',
      views: (await org.views.list(table.id, { limit: 1 })).nextCursor ?? '',
      list: '1',
      changes: '0',
    },
  }
  return { ids, mine, columns: { name: nameColumn, owner, salary, note } }
}

async function outcomeOf(work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    if (!isOpsError(error)) throw error
    return { code: error.code, message: error.message, path: error.path, issues: error.issues }
  }
}

async function codeOf(work: () => unknown): Promise<unknown> {
  return await outcomeOf(work).then((outcome) => (outcome as { code?: string }).code)
}

/** What is kept from Ann: every cell of others' rows, every salary, every note, both definitions. */
async function kept({ all, people, closed, mine }: World): Promise<string> {
  const rows = await all.rows.page(people.table)
  const [own] = rows.rows.filter(({ id }) => id === mine)
  const others = rows.rows.filter(({ cells }) => cells.owner !== 'ann')
  const tables = [await all.tables.get(people.table), await all.tables.get(closed.table)]
  const definitions = tables.map(({ name, columns }) => ({ name, columns }))
  const closedRows = (await all.rows.page(closed.table)).rows
  return JSON.stringify({ own: [own?.cells.salary, own?.cells.note], others, definitions, closedRows })
}

describeOneDatabase('an actor from whom something is kept', (makeDatabase) => {
  it('learns nothing of it and changes nothing of it, by any method', { timeout: 120_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const world = await makeWorld(({ actor, access }) => test.ops.forOrg({ orgId: 'acme', actor, access }))
    const before = await kept(world)
    const faults: string[] = []
    const variants: readonly (readonly [string, Ids])[] = [
      ['the closed table', world.closed],
      ['a row of another', world.people],
      ['an own row', { ...world.people, row: world.mine }],
      ['an own row, a read-only column', { ...world.people, row: world.mine, column: world.columns.note }],
      ['an own row, a column of others', { ...world.people, row: world.mine, column: world.columns.name }],
    ]
    for (const [method, cases] of Object.entries(tenancyCases)) {
      for (const [variant, ids] of variants) {
        for (const { call } of cases) {
          const told = JSON.stringify(await outcomeOf(() => call(world.ann, ids))) ?? ''
          if (told.includes(marker)) faults.push(`${method} tells, with ${variant}: ${told.slice(0, 300)}`)
          // What is hers, Ann may delete.
          await world.all.rows.restore(world.people.table, [world.mine])
          const after = await kept(world)
          if (after !== before) return expect.fail(`${method} changes, with ${variant}: ${before} → ${after}`)
        }
      }
    }
    expect(faults).toEqual([])
  })

  it('works on what is theirs as everyone does', async () => {
    await using test = await openOps(makeDatabase)
    const world = await makeWorld(({ actor, access }) => test.ops.forOrg({ orgId: 'acme', actor, access }))
    const { table } = world.people
    const { ann: org, mine } = world
    expect((await org.tables.list()).items.map(({ name }) => name)).toEqual(['People'])
    expect((await org.tables.get(table)).columns.map(({ key }) => key)).toEqual(['name', 'owner', 'note'])
    const update = await org.rows.update(table, [{ id: mine, cells: { name: 'changed' } }])
    expect(update.rows).toMatchObject([{ id: mine, outcome: 'updated' }])
    await org.undo()
    expect((await org.rows.page(table)).rows.map(({ cells }) => cells)).toEqual([
      { name: 'mine', owner: 'ann', note: 'n' },
    ])
    await org.redo()
    const made = await org.rows.insert(table, [{ cells: { name: 'new', owner: 'ann' } }])
    expect(await org.rows.count(table)).toEqual({ count: 2, exact: true })
    const moved = await org.rows.move(table, [made.rows[0]?.id ?? ''], { before: mine })
    expect(moved.moved).toHaveLength(1)
    expect((await org.rows.updateWhere(table, 'all', { name: 'both' })).rows).toBe(2)
    await org.undo()
    const upsert = await org.rows.upsert(table, [{ externalKey: 'k0', cells: { name: 'k0' } }], {
      match: 'external-key',
    })
    expect(upsert.rows).toMatchObject([{ id: mine, outcome: 'updated' }])
    expect((await org.rows.delete(table, [mine, world.theirs])).missing).toEqual([world.theirs])
    await org.undo()
    expect((await org.rows.get(table, mine)).cells.name).toBe('k0')
  })

  it('neither gives rows away, nor makes them for others, nor writes what they may only read', async () => {
    await using test = await openOps(makeDatabase)
    const world = await makeWorld(({ actor, access }) => test.ops.forOrg({ orgId: 'acme', actor, access }))
    const { table } = world.people
    const { ann: org, mine, theirs, all } = world
    const before = (await all.rows.page(table)).rows
    const attempts: readonly (() => Promise<unknown>)[] = [
      () => org.rows.update(table, [{ id: mine, cells: { owner: 'bob' } }]),
      () => org.rows.updateWhere(table, 'all', { owner: 'bob' }),
      () => org.rows.insert(table, [{ cells: { owner: 'ann' } }, { cells: { owner: 'bob' } }]),
      () => org.rows.insert(table, [{ cells: {} }]),
      () => org.rows.load(table, [{ cells: { owner: 'bob' } }]),
      () => org.rows.upsert(table, [{ externalKey: 'k1', cells: { owner: 'ann' } }], { match: 'external-key' }),
      () => org.rows.upsert(table, [{ externalKey: 'k9', cells: { owner: 'bob' } }], { match: 'external-key' }),
      () => org.rows.update(table, [{ id: mine, cells: { note: 'mine now' } }]),
      () => org.rows.updateWhere(table, 'all', { note: 'mine now' }),
      () => org.rows.insert(table, [{ cells: { owner: 'ann', note: 'mine' } }]),
    ]
    for (const attempt of attempts) expect([attempt, await codeOf(attempt)]).toEqual([attempt, 'FORBIDDEN'])
    expect(await codeOf(() => org.rows.update(table, [{ id: mine, cells: { salary: 'more' } }]))).toBe('NOT_FOUND')
    expect(
      await codeOf(() => org.rows.insert(table, [{ cells: { owner: 'ann' } }], { place: { after: theirs } })),
    ).toBe('NOT_FOUND')
    expect((await all.rows.page(table)).rows).toEqual(before)
  })

  it('cannot take back what they may no longer change', async () => {
    await using test = await openOps(makeDatabase)
    const world = await makeWorld(({ actor, access }) => test.ops.forOrg({ orgId: 'acme', actor, access }))
    const { table } = world.people
    const free = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const works: readonly (() => Promise<unknown>)[] = [
      () => free.rows.update(table, [{ id: world.theirs, cells: { name: 'by Ann' } }]),
      () => free.rows.update(table, [{ id: world.mine, cells: { salary: 'by Ann' } }]),
      () => free.rows.update(table, [{ id: world.mine, cells: { note: 'by Ann' } }]),
      () => free.rows.insert(table, [{ cells: { owner: 'bob' } }]),
      () => free.columns.create(table, { name: 'By Ann', type: 'text' }),
      () => free.rows.delete(table, [world.theirs]),
    ]
    for (const work of works) {
      await work()
      const before = await world.all.rows.page(table)
      expect([work, await codeOf(() => world.ann.undo())]).toEqual([work, 'FORBIDDEN'])
      expect(await world.all.rows.page(table)).toEqual(before)
    }
  })

  it('leaves what of a view is kept from them as it is when they save it with a change', async () => {
    await using test = await openOps(makeDatabase)
    const world = await makeWorld(({ actor, access }) => test.ops.forOrg({ orgId: 'acme', actor, access }))
    const { table, view } = world.people
    const before = await world.all.views.get(table, view)
    const seen = await world.ann.views.get(table, view)
    expect([before.definition.filter, seen.definition.filter]).toEqual([expect.anything(), null])
    await world.ann.views.update(table, view, { definition: { ...seen.definition, rowHeight: 'tall' } })
    const after = await world.all.views.get(table, view)
    expect(after.definition).toEqual({ ...before.definition, rowHeight: 'tall' })
  })

  it('may be kept from definitions alone', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor: ann, access: { define: false } })
    const { ids } = await makeTable(test.ops.forOrg({ orgId: 'acme', actor: admin }), 'People')
    expect(await codeOf(() => org.tables.create({ name: 'Mine' }))).toBe('FORBIDDEN')
    expect(await codeOf(() => org.columns.create(ids.table, { name: 'Mine', type: 'text' }))).toBe('FORBIDDEN')
    expect(await codeOf(() => org.undoOperation(ids.operation))).toBe('FORBIDDEN')
    // The first text that is kept beside a cell makes the side table, which is no change of the definition.
    const made = await org.rows.insert(ids.table, [{ externalKey: 'new', cells: { name: 'new' } }])
    expect(made.rows).toHaveLength(1)
  })
})
