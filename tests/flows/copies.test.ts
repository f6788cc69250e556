import type { CopyRequest, OrgOps, Run } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

const options = (...names: readonly string[]) => ({
  options: names.map((name) => ({ id: `id_${name.toLowerCase()}`, name })),
})

/** A table of people, and one that they are copied into, whose options differ. */
async function makeTables(org: OrgOps) {
  const people = await org.tables.create({
    name: 'People',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Email', type: 'email' },
      { name: 'Age', type: 'number' },
      { name: 'Stage', type: 'dropdown', settings: options('Open', 'Won') },
      { name: 'Tags', type: 'tags', settings: options('VIP', 'Partner') },
    ],
  })
  const leads = await org.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Mail', type: 'email' },
      { name: 'Age', type: 'number' },
      { name: 'Stage', type: 'dropdown', settings: { options: [{ id: 'w', name: 'won' }] } },
      { name: 'Tags', type: 'tags', settings: { options: [{ id: 'p', name: 'Partner' }] } },
      { name: 'Double', formula: '@age * 2' },
    ],
  })
  const { rows } = await org.rows.insert(people.id, [
    { cells: { name: 'Ada', email: 'ada@example.com', age: 36, stage: 'Open', tags: ['VIP', 'Partner'] } },
    { cells: { name: 'Alan', email: 'alan@example.com', age: 41, stage: 'Won' } },
    { cells: { name: 'Grace', age: 85 } },
  ])
  return { people: people.id, leads: leads.id, ids: rows.map(({ id }) => id) }
}

const columns = ['name', 'age', 'stage', 'tags'].map((key) => ({ from: key, to: key }))
const all = [...columns, { from: 'email', to: 'mail' }]

async function copied(org: OrgOps, leads: string, request: CopyRequest): Promise<Run> {
  return await org.runs.wait((await org.tables.copyFrom(leads, request)).id)
}

async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(chunks)).toString()
}

async function cellsOf(org: OrgOps, tableId: string) {
  return (await org.rows.page(tableId)).rows.map(({ cells }) => cells)
}

describeBothKinds('copies from another table', (makeDatabase) => {
  it('take the columns chosen, options by name, formulas computed, and know their origin', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people, leads, ids } = await makeTables(org)
    const run = await copied(org, leads, { from: people, columns: all })
    expect(run).toMatchObject({ state: 'done', error: null, progress: { done: 3, total: 3, counts: { created: 3 } } })
    const rows = (await org.rows.page(leads)).rows
    expect(rows.map(({ cells }) => cells)).toEqual([
      { name: 'Ada', mail: 'ada@example.com', age: 36, stage: 'open', tags: ['p', 'vip'], double: 72 },
      { name: 'Alan', mail: 'alan@example.com', age: 41, stage: 'w', tags: null, double: 82 },
      { name: 'Grace', mail: null, age: 85, stage: null, tags: null, double: 170 },
    ])
    expect(rows.map(({ externalKey }) => externalKey)).toEqual(ids)
    await org.undoOperation(run.operation)
    expect(await cellsOf(org, leads)).toEqual([])
  })

  it('are brought up to date by the same call: what is new, changed and gone', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people, leads, ids } = await makeTables(org)
    const filter = { column: 'age', op: 'lt', value: 80 } as const
    const request = { from: people, columns: all, filter, gone: 'delete' } as const
    expect((await copied(org, leads, request)).progress.counts).toMatchObject({ created: 2, updated: 0 })
    const [ada, alan] = ids
    await org.rows.update(people, [
      { id: ada ?? '', cells: { age: 37, stage: '' } },
      { id: alan ?? '', cells: { age: 90 } },
    ])
    await org.rows.insert(people, [{ cells: { name: 'Edsger', age: 72 } }])
    await org.rows.insert(leads, [{ cells: { name: 'Own' } }])
    const again = await copied(org, leads, request)
    expect(again.progress.counts).toMatchObject({ created: 1, updated: 1, deleted: 1 })
    const names = (await cellsOf(org, leads)).map(({ name, age, stage }) => [name, age, stage])
    expect(names).toEqual([
      ['Ada', 37, null],
      ['Own', null, null],
      ['Edsger', 72, null],
    ])
    const idle = await copied(org, leads, request)
    expect(idle.progress.counts).toMatchObject({ created: 0, updated: 0, deleted: 0 })
    await org.tables.delete(people)
    expect((await cellsOf(org, leads)).length).toBe(3)
    await expect(org.tables.copyFrom(leads, request)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keep texts that did not fit, and bring them up to date', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people, leads, ids } = await makeTables(org)
    const [ada = '', alan = '', grace = ''] = ids
    const edit = (updates: Parameters<OrgOps['rows']['update']>[1]) =>
      org.rows.update(people, updates, { onInvalid: 'keep' })
    await edit([
      { id: ada, cells: { age: 'about forty' } },
      { id: alan, cells: { age: 'unknown' } },
    ])
    const request = { from: people, columns: all }
    const kept = async () => {
      const { rows } = await org.rows.page(leads)
      return rows.map(({ cells, warnings }) => [cells.age, warnings?.age?.original])
    }
    expect((await copied(org, leads, request)).state).toBe('done')
    expect(await kept()).toEqual([
      [null, 'about forty'],
      [null, 'unknown'],
      [85, undefined],
    ])
    await edit([
      { id: ada, cells: { age: 'forty or so' } },
      { id: alan, cells: { age: '' } },
      { id: grace, cells: { age: 'old' } },
    ])
    expect((await copied(org, leads, request)).state).toBe('done')
    expect(await kept()).toEqual([
      [null, 'forty or so'],
      [null, undefined],
      [null, 'old'],
    ])
  })

  it('leave out rows that are there already, by the columns chosen and by unique ones', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people, leads } = await makeTables(org)
    await org.rows.insert(leads, [{ cells: { name: 'There', mail: 'ada@example.com' } }])
    await org.rows.insert(people, [
      { cells: { name: 'Twin', email: 'alan@example.com', age: 1 } },
      { cells: { name: 'Grace', age: 2 } },
    ])
    const run = await copied(org, leads, { from: people, columns: all, dedupe: ['mail'] })
    expect(run.progress.counts).toMatchObject({ created: 3, others: 2 })
    await org.columns.update(leads, 'name', { unique: false })
    const other = await org.tables.create({ name: 'Names', columns: [{ name: 'Name', type: 'text', unique: true }] })
    const unique = await copied(org, other.id, { from: people })
    expect(unique.progress.counts).toMatchObject({ created: 4, rejected: 1, others: 0 })
    expect((await cellsOf(org, other.id)).map(({ name }) => name)).toEqual(['Ada', 'Alan', 'Grace', 'Twin'])
  })

  it('go through more rows than one step takes', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people, leads } = await makeTables(org)
    await org.rows.load(
      people,
      Array.from({ length: 25_000 }, (_, n) => ({ cells: { name: `P${n}`, age: n % 100 } })),
    )
    const filter = { column: 'age', op: 'lt', value: 50 } as const
    const run = await copied(org, leads, { from: people, columns, filter })
    expect(run.progress.counts).toMatchObject({ created: 12_502 })
    await org.rows.deleteWhere(people, { column: 'age', op: 'lt', value: 10 })
    const gone = await copied(org, leads, { from: people, columns, filter, gone: 'delete' })
    expect(gone.progress.counts).toMatchObject({ created: 0, updated: 0, deleted: 2_500 })
    expect((await org.rows.count(leads)).count).toBe(10_002)
  })
})

describeOneDatabase('copies from another table', (makeDatabase) => {
  it('ask what the target’s columns ask of every cell: rules, uniqueness, defaults, settings', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people } = await makeTables(org)
    const adults = await org.tables.create({
      name: 'Adults',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Email', type: 'email', unique: true },
        { name: 'Age', type: 'number', rule: { formula: '@age < 50', message: 'Nobody is that old.' } },
        { name: 'Origin', type: 'text', defaultValue: 'copied' },
        { name: 'Letters', type: 'number', defaultFormula: 'LEN(@name)' },
      ],
    })
    const request = { from: people } as const
    const states = async () => {
      const { rows } = await org.rows.page(adults.id)
      return rows.map(({ cells, warnings }) => [
        cells.name,
        cells.age,
        warnings?.age?.original,
        cells.origin,
        cells.letters,
      ])
    }
    const first = await copied(org, adults.id, request)
    expect(first.progress.counts).toMatchObject({ created: 3, warnings: 1, rejected: 0 })
    const expected = [
      ['Ada', 36, undefined, 'copied', 3],
      ['Alan', 41, undefined, 'copied', 4],
      ['Grace', null, '85', 'copied', 5],
    ]
    expect(await states()).toEqual(expected)
    const idle = await copied(org, adults.id, request)
    expect(idle.progress.counts).toMatchObject({ created: 0, updated: 0, warnings: 0, rejected: 0 })
    const [ada = '', alan = ''] = (await org.rows.page(people)).rows.map(({ id }) => id)
    await org.rows.update(people, [
      { id: alan, cells: { email: 'ada@example.com', age: 42 } },
      { id: ada, cells: { age: 90 } },
    ])
    const again = await copied(org, adults.id, request)
    expect(again.state).toBe('done')
    expect(again.progress.counts).toMatchObject({ updated: 1, warnings: 1, rejected: 1 })
    expect(await states()).toEqual([['Ada', null, '90', 'copied', 3], ...expected.slice(1)])
    expect(await readText(org.imports.errorFile(again.id))).toMatch(
      new RegExp(
        `^\uFEFF_line,_column,_value,_reason,Name,Email,Age\r\n${alan},Email,ada@example.com,.*must be unique`,
      ),
    )
  })

  it('leave rows out whose cells the target refuses, where that is asked for, and list them', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people } = await makeTables(org)
    const rule = { formula: '@age < 50', message: 'Nobody is that old.' }
    const { id } = await org.tables.create({
      name: 'Adults',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Age', type: 'number', rule },
      ],
    })
    const run = await copied(org, id, { from: people, onInvalid: 'reject' })
    expect(run.progress.counts).toMatchObject({ created: 2, rejected: 1, warnings: 0 })
    expect((await cellsOf(org, id)).map(({ name }) => name)).toEqual(['Ada', 'Alan'])
    const file = await readText(org.imports.errorFile(run.id))
    expect(file.split('\r\n')[1]).toMatch(/^\d+,Age,85,Nobody is that old\.,Grace,85$/)
    await org.columns.update(id, 'age', { rule: null })
    expect((await copied(org, id, { from: people })).progress.counts).toMatchObject({ created: 1, updated: 0 })
  })

  it('refuse other orgs’ tables as if there were none, and what does not fit', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const { people, leads } = await makeTables(org)
    const foreign = await makeTables(test.ops.forOrg({ orgId: 'other', actor }))
    const refused: [CopyRequest, string][] = [
      [{ from: foreign.people }, 'NOT_FOUND'],
      [{ from: 'tbl_zzzzzzzzzzzzzzzz' }, 'NOT_FOUND'],
      [{ from: leads }, 'INVALID_INPUT'],
      [{ from: people, columns: [{ from: 'age', to: 'name' }] }, 'INVALID_INPUT'],
      [{ from: people, columns: [{ from: 'age', to: 'double' }] }, 'INVALID_INPUT'],
      [{ from: people, columns: [{ from: 'nothing', to: 'name' }] }, 'NOT_FOUND'],
      [{ from: people, columns, dedupe: ['mail'] }, 'INVALID_INPUT'],
      [{ from: people, filter: { column: 'nothing', op: 'is_empty' } }, 'INVALID_QUERY'],
    ]
    for (const [request, code] of refused)
      await expect(org.tables.copyFrom(leads, request)).rejects.toMatchObject({ code })
  })
})
