import type { Actor, OrgOps, Table, ViewedRow } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const ann: Actor = { type: 'user', id: 'ann' }
const bob: Actor = { type: 'user', id: 'bob' }
const system: Actor = { type: 'system', id: 'templates' }

const names = (rows: readonly ViewedRow[]): unknown[] => rows.map(({ cells }) => cells.name)

async function makeLeads(acme: OrgOps): Promise<Table> {
  const leads = await acme.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      {
        name: 'Stage',
        type: 'status',
        settings: {
          options: [
            { id: 'o1', name: 'Open' },
            { id: 'o2', name: 'Won' },
          ],
        },
      },
      { name: 'Score', type: 'number' },
      { name: 'Seen', type: 'date' },
      { name: 'Notes', type: 'long_text', hidden: true },
    ],
  })
  await acme.rows.insert(leads.id, [
    { cells: { name: 'Ada', stage: 'Won', score: 90, seen: '2026-03-01' } },
    { cells: { name: 'Bob', stage: 'Open', score: 40, seen: '2026-03-09' } },
    { cells: { name: 'Cid', stage: 'Won', score: 10, seen: '2026-03-10' } },
    { cells: { name: 'Dee', score: 70 } },
  ])
  return leads
}

describeDatabases('views', (makeDatabase) => {
  it('are read as a user has changed them, before anything is saved', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const leads = await makeLeads(acme)
    const view = await acme.views.create(leads.id, {
      name: 'Wins',
      definition: { filter: { column: 'stage', op: 'is', value: 'Won' }, sorts: [{ column: 'score', dir: 'desc' }] },
    })
    const read = async (changes: object) =>
      names(await acme.rows.window(leads.id, { view: { of: view.id, ...changes }, offset: 0 }))
    expect(await read({})).toEqual(['Ada', 'Cid'])
    expect(await read({ sorts: [{ column: 'score' }] })).toEqual(['Cid', 'Ada'])
    expect(await read({ filter: null })).toEqual(['Ada', 'Dee', 'Bob', 'Cid'])
    const filter = { column: 'score', op: 'lt', value: 60 }
    expect((await acme.rows.count(leads.id, { view: { filter } })).count).toBe(2)
    const formats = [{ filter, target: 'row' as const, style: { tint: 'red' as const } }]
    const [first, second] = await acme.rows.window(leads.id, { view: { of: view.id, formats }, offset: 0 })
    expect([first?.formats, second?.formats]).toEqual([undefined, { row: { tint: 'red' } }])
    await expect(read({ filter: { and: [{ column: 'score', op: 'has', value: 1 }] } })).rejects.toMatchObject({
      code: 'INVALID_QUERY',
      issues: [{ path: ['view', 'filter', 'and', 0, 'op'] }],
    })
    await expect(acme.rows.count(leads.id, { view: { of: 'viw_none' } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await acme.views.get(leads.id, view.id)).version).toBe(1)
  })

  it('show the rows, columns, order and looks that they say', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const leads = await makeLeads(acme)
    const view = await acme.views.create(leads.id, {
      name: 'Wins',
      definition: {
        filter: { column: 'Stage', op: 'is_any_of', value: ['won', 'Open'] },
        sorts: [{ column: 'score', dir: 'desc' }],
        groupBy: [{ column: 'Stage' }],
        columns: [
          { column: 'score', width: 120, summary: 'sum' },
          { column: 'name', summary: 'filled' },
          { column: 'stage', visible: false },
        ],
        pinned: { left: 1, right: 0 },
        formats: [
          { filter: { column: 'score', op: 'gt', value: 80 }, target: 'row', style: { tint: 'green', bold: true } },
          { filter: { column: 'score', op: 'gt', value: 20 }, target: 'row', style: { tint: 'amber' } },
          { filter: { column: 'score', op: 'lt', value: 20 }, target: { column: 'score' }, style: { text: 'red' } },
          { filter: { column: 'stage', op: 'is', value: 'Won' }, target: { column: 'score' }, style: { italic: true } },
        ],
      },
    })
    const [name, stage, score, seen] = leads.columns.map(({ id }) => id)
    expect(view).toMatchObject({
      tableId: leads.id,
      kind: 'personal',
      owner: 'user:ann',
      version: 1,
      issues: [],
      definition: {
        filter: { column: stage, op: 'is_any_of', value: ['o2', 'o1'] },
        sorts: [{ column: score, dir: 'desc' }],
        groupBy: [{ column: stage }],
        rowHeight: 'medium',
      },
    })
    const page = await acme.rows.page(leads.id, { view: view.id })
    expect(page.rows.map(({ cells, formats }) => ({ cells, formats }))).toEqual([
      {
        cells: { score: 90, name: 'Ada', seen: '2026-03-01' },
        formats: { row: { tint: 'green', bold: true }, cells: { score: { italic: true } } },
      },
      { cells: { score: 40, name: 'Bob', seen: '2026-03-09' }, formats: { row: { tint: 'amber' } } },
      { cells: { score: 10, name: 'Cid', seen: '2026-03-10' }, formats: { cells: { score: { text: 'red' } } } },
    ])
    expect([name, seen].every((id) => typeof id === 'string')).toBe(true)
    const own = { view: view.id, filter: { column: 'score', op: 'lt', value: 80 }, sort: [{ column: 'name' }] }
    expect(names((await acme.rows.page(leads.id, own)).rows)).toEqual(['Bob', 'Cid'])
    expect(names(await acme.rows.window(leads.id, { ...own, offset: 1 }))).toEqual(['Cid'])
    expect(await acme.rows.count(leads.id, { view: view.id })).toEqual({ count: 3, exact: true })
    expect(await acme.rows.summary(leads.id, { view: view.id })).toEqual({
      count: 3,
      aggregates: ['140', 3],
      columns: [
        { column: 'score', aggregate: 'sum' },
        { column: 'name', aggregate: 'filled' },
      ],
    })
    const { groups } = await acme.rows.groups(leads.id, { view: view.id })
    expect(groups.map(({ path, count }) => [...path, count])).toEqual([
      ['o1', 1],
      ['o2', 2],
    ])
    const walked: unknown[] = []
    for await (const rows of acme.rows.pages(leads.id, { view: view.id, limit: 2 })) walked.push(...names(rows))
    expect(walked).toEqual(['Ada', 'Bob', 'Cid'])
    expect((await acme.rows.find(leads.id, { view: view.id, text: 'cid' })).total).toBe(1)
    expect(names((await acme.rows.page(leads.id, { view: 'all' })).rows)).toEqual(['Ada', 'Bob', 'Cid', 'Dee'])
  })

  it('go on after columns and options were renamed, and without those that were deleted', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const leads = await makeLeads(acme)
    const view = await acme.views.create(leads.id, {
      name: 'Wins',
      kind: 'shared',
      definition: {
        filter: {
          and: [
            { or: [{ column: 'stage', op: 'is', value: 'Won' }, { not: { column: 'score', op: 'gt', value: 80 } }] },
            { column: 'name', op: 'is_not', value: 'Bob' },
          ],
        },
        sorts: [{ column: 'score' }, { column: 'name', dir: 'desc' }],
        groupBy: [{ column: 'score' }],
        columns: [{ column: 'score', summary: 'avg' }],
        formats: [
          { filter: { column: 'name', op: 'is', value: 'Ada' }, target: { column: 'score' }, style: { bold: true } },
        ],
      },
    })
    const before = names((await acme.rows.page(leads.id, { view: view.id })).rows)
    expect(before).toEqual(['Cid', 'Dee', 'Ada'])
    await acme.columns.update(leads.id, 'stage', {
      name: 'Phase',
      key: 'phase',
      settings: {
        options: [
          { id: 'o1', name: 'Begun' },
          { id: 'o2', name: 'Signed' },
        ],
      },
    })
    expect(names((await acme.rows.page(leads.id, { view: view.id })).rows)).toEqual(before)

    await acme.columns.delete(leads.id, 'score')
    const broken = await acme.views.get(leads.id, view.id)
    expect(broken.definition).toEqual(view.definition)
    expect(broken.issues.map(({ path }) => path.join('.'))).toEqual([
      'columns.0',
      'filter.and.0.or.1.not',
      'sorts.0',
      'groupBy.0',
      'formats.0',
    ])
    expect(names((await acme.rows.page(leads.id, { view: view.id })).rows)).toEqual(['Cid', 'Ada'])
    await expect(acme.rows.groups(leads.id, { view: view.id })).rejects.toMatchObject({ code: 'INVALID_QUERY' })
    const renamed = await acme.views.update(leads.id, view.id, {
      definition: { filter: broken.definition.filter, rowHeight: 'tall' },
    })
    expect(renamed.definition).toEqual({ ...view.definition, rowHeight: 'tall' })

    await acme.columns.restore(leads.id, leads.columns[2]?.id ?? '')
    expect((await acme.views.get(leads.id, view.id)).issues).toEqual([])
    const restored = await acme.rows.page(leads.id, { view: view.id })
    expect(names(restored.rows)).toEqual(before)
    expect(restored.rows.at(-1)?.formats).toEqual({ cells: { score: { bold: true } } })
  })
})

describeOneDatabase('views', (makeDatabase) => {
  it('keep relative dates relative and say others in one spelling', async () => {
    let now = new Date('2026-03-10T12:00:00Z')
    await using test = await openOps(makeDatabase, { now: () => now })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const leads = await makeLeads(acme)
    const make = async (value: string, op = 'is') =>
      await acme.views.create(leads.id, { name: value, definition: { filter: { column: 'seen', op, value } } })
    const yesterday = await make('yesterday')
    const day = await make('March 9, 2026')
    const week = await make('last 3 days', 'within')
    expect([yesterday, day].map(({ definition: { filter } }) => filter)).toMatchObject([
      { value: 'yesterday' },
      { value: '2026-03-09' },
    ])
    const seen = async () =>
      await Promise.all(
        [yesterday, day, week].map(async ({ id }) => names((await acme.rows.page(leads.id, { view: id })).rows)),
      )
    expect(await seen()).toEqual([['Bob'], ['Bob'], ['Bob', 'Cid']])
    now = new Date('2026-03-11T12:00:00Z')
    expect((await seen()).slice(0, 2)).toEqual([['Cid'], ['Bob']])
  })

  it('belong to their owner, to everyone, or to the system', async () => {
    await using test = await openOps(makeDatabase)
    const mine = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const theirs = test.ops.forOrg({ orgId: 'acme', actor: bob })
    const ours = test.ops.forOrg({ orgId: 'acme', actor: system })
    const other = test.ops.forOrg({ orgId: 'other', actor: ann })
    const leads = await makeLeads(mine)
    const own = await mine.views.create(leads.id, { name: 'Own' })
    const shared = await mine.views.create(leads.id, { name: 'Shared', kind: 'shared' })
    const standard = await ours.views.create(leads.id, { name: 'Standard', kind: 'system' })
    const listed = async (acme: OrgOps) => (await acme.views.list(leads.id)).items.map(({ name }) => name)
    expect(await listed(mine)).toEqual(['All rows', 'Own', 'Shared', 'Standard'])
    expect(await listed(theirs)).toEqual(['All rows', 'Shared', 'Standard'])

    const absent = { code: 'NOT_FOUND', message: `There is no view "${own.id}" of this table.` }
    for (const call of [
      () => theirs.views.get(leads.id, own.id),
      () => theirs.views.update(leads.id, own.id, { name: 'x' }),
      () => theirs.views.duplicate(leads.id, own.id),
      () => theirs.views.move(leads.id, own.id, 0),
      () => theirs.views.delete(leads.id, own.id),
      () => theirs.views.restore(leads.id, own.id),
      () => theirs.rows.page(leads.id, { view: own.id }),
      () => theirs.rows.count(leads.id, { view: own.id }),
    ]) {
      await expect(call()).rejects.toMatchObject(absent)
    }
    await expect(other.views.get(leads.id, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(mine.rows.page(leads.id, { view: 'viw_nonsense' })).rejects.toMatchObject({ code: 'NOT_FOUND' })

    await expect(theirs.views.create(leads.id, { name: 'x', kind: 'system' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(mine.views.delete(leads.id, standard.id)).rejects.toMatchObject({ code: 'LOCKED' })
    await expect(ours.views.update(leads.id, standard.id, { kind: 'shared' })).rejects.toMatchObject({ code: 'LOCKED' })
    for (const call of [
      () => mine.views.delete(leads.id, 'all'),
      () => mine.views.rename(leads.id, 'all', 'x'),
      () => mine.views.move(leads.id, 'all', 1),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'LOCKED' })
    }
    await expect(theirs.views.update(leads.id, shared.id, { kind: 'personal' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await mine.views.update(leads.id, own.id, { kind: 'shared' })
    await mine.views.move(leads.id, own.id, 2)
    expect(await listed(theirs)).toEqual(['All rows', 'Shared', 'Standard', 'Own'])
    await theirs.views.move(leads.id, standard.id, 0)
    expect(await listed(mine)).toEqual(['All rows', 'Standard', 'Shared', 'Own'])

    const copy = await theirs.views.duplicate(leads.id, 'all', { name: 'Mine' })
    expect(copy).toMatchObject({ name: 'Mine', kind: 'personal', owner: 'user:bob' })
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = await theirs.views.list(leads.id, { limit: 2, cursor })
      pages.push(page.items.map(({ name }) => name).join())
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(pages).toEqual(['All rows,Standard', 'Shared,Own', 'Mine'])
  })

  it('are changed only at the version that was read, deleted, restored and undone', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const leads = await makeLeads(acme)
    const view = await acme.views.create(leads.id, { name: 'One' })
    const changed = await acme.views.update(leads.id, view.id, {
      version: 1,
      definition: { sorts: [{ column: 'name', dir: 'desc' }] },
    })
    expect(changed.version).toBe(2)
    await expect(acme.views.update(leads.id, view.id, { version: 1, name: 'Two' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect(names((await acme.rows.page(leads.id, { view: view.id })).rows)).toEqual(['Dee', 'Cid', 'Bob', 'Ada'])
    await acme.views.rename(leads.id, view.id, 'Two')
    await acme.views.delete(leads.id, view.id)
    await expect(acme.views.get(leads.id, view.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await acme.views.list(leads.id, { deleted: true })).items.map(({ id }) => id)).toEqual([view.id])
    expect((await acme.views.restore(leads.id, view.id)).name).toBe('Two')

    const sorts = async () => (await acme.views.get(leads.id, view.id)).definition.sorts.length
    await acme.undo()
    await expect(acme.views.get(leads.id, view.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await acme.undo()
    await acme.undo()
    expect((await acme.views.get(leads.id, view.id)).name).toBe('One')
    expect(await sorts()).toBe(1)
    await acme.undo()
    expect(await sorts()).toBe(0)
    await acme.redo()
    expect(await sorts()).toBe(1)
  })

  it('are refused with the place of each fault', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const leads = await makeLeads(acme)
    const refused = async (definition: unknown) => {
      const error = await acme.views.create(leads.id, { name: 'x', definition: definition as object }).catch((e) => e)
      return [error.code, error.path?.join('.')]
    }
    const all = { column: 'name', op: 'is', value: 'x' }
    expect(await refused({ filter: { column: 'scores', op: 'gt', value: 1 } })).toEqual([
      'INVALID_QUERY',
      'definition.filter.column',
    ])
    expect(await refused({ filter: { and: [all, { column: 'score', op: 'contains', value: 1 }] } })).toEqual([
      'INVALID_QUERY',
      'definition.filter.and.1.op',
    ])
    expect(await refused({ sorts: [{ column: 'nope' }] })).toEqual(['INVALID_QUERY', 'definition.sorts.0.column'])
    expect(await refused({ groupBy: ['name', 'stage', 'score', 'seen'].map((column) => ({ column })) })).toEqual([
      'INVALID_INPUT',
      'definition.groupBy',
    ])
    expect(await refused({ columns: [{ column: 'name' }, { column: 'Name' }] })).toEqual([
      'INVALID_QUERY',
      'definition.columns.1.column',
    ])
    expect(await refused({ columns: [{ column: 'name', summary: 'sum' }] })).toEqual([
      'INVALID_QUERY',
      'definition.columns.0.summary',
    ])
    expect(await refused({ formats: [{ filter: all, target: 'row', style: { background: 'url(x)' } }] })).toEqual([
      'INVALID_INPUT',
      'definition.formats.0.style',
    ])
    const rule = { filter: all, target: 'row', style: { tint: 'red' } }
    expect((await refused({ formats: Array.from({ length: 51 }, () => rule) }))[0]).toBe('INVALID_INPUT')
    expect(
      await refused({ filter: { or: Array.from({ length: 20 }, () => ({ ...all, value: 'x'.repeat(9_000) })) } }),
    ).toEqual(['LIMIT_EXCEEDED', 'definition'])
    let deep: unknown = all
    for (let level = 0; level < 1_000; level += 1) deep = { not: deep }
    expect((await refused({ filter: deep }))[0]).toMatch(/LIMIT_EXCEEDED|INVALID_INPUT/)
    expect((await acme.views.list(leads.id)).items).toHaveLength(1)
  })

  it('are at most 1,000 a table', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: ann })
    const leads = await acme.tables.create({ name: 'Leads' })
    let made = 0
    const makeMany = async (): Promise<void> => {
      while (made < 1_000) {
        made += 1
        await acme.views.create(leads.id, { name: `View ${made}`, kind: 'shared' })
      }
    }
    await Promise.all([makeMany(), makeMany()])
    await expect(acme.views.create(leads.id, { name: 'x' })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  }, 60_000)
})
