import type { OrgOps } from '@opslayer/core'
import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

async function cellsOf(acme: OrgOps, tableId: string): Promise<unknown[]> {
  return (await acme.rows.page(tableId)).rows.map(({ cells }) => cells)
}

describeDatabases('columns', (makeDatabase) => {
  it('are renamed, reordered and hidden without touching their key or a row', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'First name', type: 'text' }] })
    const score = await acme.columns.create(leads.id, { name: 'Score', type: 'number' }, { place: 0 })
    await acme.rows.insert(leads.id, [{ cells: { first_name: 'Ada', score: 1 } }])
    await acme.columns.update(leads.id, 'first_name', { name: 'Given name', hidden: true })
    const moved = await acme.columns.move(leads.id, score.id, 1)
    expect(moved.map(({ key, name, hidden }) => ({ key, name, hidden }))).toEqual([
      { key: 'first_name', name: 'Given name', hidden: true },
      { key: 'score', name: 'Score', hidden: false },
    ])
    expect((await acme.rows.page(leads.id)).rows[0]).toMatchObject({
      version: 1,
      cells: { first_name: 'Ada', score: 1 },
    })
  })

  it('come back with their cells when restored, under a free key', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Email', type: 'email', unique: true }] })
    const [email] = leads.columns
    await acme.rows.insert(leads.id, [{ cells: { email: 'a@example.com' } }])
    await acme.columns.delete(leads.id, 'email')
    expect(await cellsOf(acme, leads.id)).toEqual([{}])
    await acme.columns.create(leads.id, { name: 'Email', type: 'text' })
    const restored = await acme.columns.restore(leads.id, email?.id ?? '')
    expect(restored).toMatchObject({ key: 'email_2', unique: true })
    expect(await cellsOf(acme, leads.id)).toEqual([{ email: null, email_2: 'a@example.com' }])
    const again = await acme.rows.insert(leads.id, [{ cells: { email_2: 'a@example.com' } }])
    expect(again.errors.map(({ code }) => code)).toEqual(['UNIQUE_VIOLATION'])
  })

  it('that are locked are neither renamed, retyped nor deleted', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Email', type: 'email' }] })
    await acme.columns.update(leads.id, 'email', { locked: true })
    const locked = { code: 'LOCKED' }
    await expect(acme.columns.update(leads.id, 'email', { name: 'Mail' })).rejects.toMatchObject(locked)
    await expect(acme.columns.retype(leads.id, 'email', { type: 'text' })).rejects.toMatchObject(locked)
    await expect(acme.columns.delete(leads.id, 'email')).rejects.toMatchObject(locked)
    expect(await acme.columns.update(leads.id, 'email', { description: 'Work address' })).toMatchObject({
      locked: true,
    })
  })

  it('say which rows stand in the way of uniqueness', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Email', type: 'email' }] })
    await acme.rows.insert(
      leads.id,
      ['a@x.com', 'a@x.com', 'b@x.com', null].map((email) => ({ cells: { email } })),
    )
    await expect(acme.columns.update(leads.id, 'email', { unique: true })).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
      message: 'Email cannot be unique: 2 rows share 1 values. Change or delete them first.',
    })
  })

  it('keep an option that rows still have', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const won = { id: 'won', name: 'Won', color: 'green' }
    const lost = { id: 'lost', name: 'Lost', color: 'red' }
    const deals = await acme.tables.create({
      name: 'Deals',
      columns: [{ name: 'Result', type: 'dropdown', settings: { options: [won, lost] } }],
    })
    await acme.rows.insert(deals.id, [{ cells: { result: 'Won' } }])
    await expect(acme.columns.update(deals.id, 'result', { settings: { options: [lost] } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: '1 rows still have "Won" in Result. Give them another option first, then remove this one.',
    })
    await acme.columns.update(deals.id, 'result', { settings: { options: [{ ...won, name: 'Closed won' }] } })
    expect((await acme.rows.page(deals.id)).rows[0]).toMatchObject({ version: 1, cells: { result: 'won' } })
  })

  describe('retyping', () => {
    it('converts what it can, keeps the text of the rest, and says so beforehand', async () => {
      await using test = await openOps(makeDatabase)
      const acme = test.ops.forOrg({ orgId: 'acme', actor })
      const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Score', type: 'text' }] })
      await acme.rows.insert(
        leads.id,
        ['1,200', 'many', null].map((score) => ({ cells: { score } })),
      )
      const expected = {
        converted: 1,
        refused: 1,
        samples: [{ rowId: '2', original: 'many', reason: '“many” is not a number' }],
      }
      expect(await acme.columns.previewRetype(leads.id, 'score', { type: 'number' })).toEqual(expected)
      const { column, report } = await acme.columns.retype(leads.id, 'score', { type: 'number' })
      expect(report).toEqual(expected)
      expect(column).toMatchObject({ id: leads.columns[0]?.id, key: 'score', type: 'number' })
      const { rows } = await acme.rows.page(leads.id)
      expect(rows.map(({ cells }) => cells.score)).toEqual([1200, null, null])
      expect(rows[1]?.warnings).toEqual({
        score: { code: 'INVALID_VALUE', message: '“many” is not a number', original: 'many' },
      })
      await acme.columns.retype(leads.id, 'score', { type: 'text' })
      expect(await cellsOf(acme, leads.id)).toEqual([{ score: '1200' }, { score: 'many' }, { score: null }])
    })

    it('makes options of the values', async () => {
      await using test = await openOps(makeDatabase)
      const acme = test.ops.forOrg({ orgId: 'acme', actor })
      const deals = await acme.tables.create({ name: 'Deals', columns: [{ name: 'Stage', type: 'text' }] })
      await acme.rows.insert(
        deals.id,
        ['Won', 'In review', 'Won'].map((stage) => ({ cells: { stage } })),
      )
      const { column } = await acme.columns.retype(deals.id, 'stage', { type: 'status' })
      expect(column.settings).toMatchObject({ options: [{ name: 'Won' }, { name: 'In review' }] })
      expect(await cellsOf(acme, deals.id)).toEqual([{ stage: 'won' }, { stage: 'in_review' }, { stage: 'won' }])
    })

    it('loses no edit that is made meanwhile', async () => {
      await using test = await openOps(makeDatabase)
      const acme = test.ops.forOrg({ orgId: 'acme', actor })
      const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Score', type: 'text' }] })
      await acme.rows.load(
        leads.id,
        Array.from({ length: 12_000 }, (_, i) => ({ cells: { score: String(i) } })),
      )
      const edits: Promise<unknown>[] = []
      await acme.columns.retype(
        leads.id,
        'score',
        { type: 'number' },
        {
          onProgress: ({ rows }) => {
            edits.push(acme.rows.update(leads.id, [{ id: String(edits.length + 1), cells: { score: `${rows * 7}` } }]))
          },
        },
      )
      await Promise.all(edits)
      const edited = await acme.rows.getMany(leads.id, ['1', '2', '3'])
      expect(edited.map(({ cells }) => cells.score)).toEqual([35_000, 70_000, 84_000])
    })
  })
})

describeDatabases('tables', (makeDatabase) => {
  it('are duplicated with their rows, order and warnings', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Score', type: 'number' },
      ],
    })
    const { rows } = await acme.rows.insert(
      leads.id,
      [{ cells: { name: 'b', score: 'x' } }, { cells: { name: 'a', score: 2 } }],
      {
        onInvalid: 'keep',
      },
    )
    await acme.rows.move(leads.id, [rows[1]?.id ?? ''], { at: 'start' })
    const copy = await acme.tables.duplicate(leads.id)
    expect(copy).toMatchObject({ name: 'Leads copy', columns: [{ key: 'name' }, { key: 'score' }] })
    const copied = (await acme.rows.page(copy.id)).rows
    expect(copied.map(({ cells, warnings }) => ({ cells, original: warnings?.score?.original }))).toEqual([
      { cells: { name: 'a', score: 2 }, original: undefined },
      { cells: { name: 'b', score: null }, original: 'x' },
    ])
    expect(await acme.rows.count((await acme.tables.duplicate(leads.id, { rows: false, name: 'Empty' })).id)).toEqual({
      count: 0,
      exact: true,
    })
  })

  it('are hidden when deleted and come back whole', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(leads.id, [{ cells: { name: 'Ada' } }])
    await acme.tables.delete(leads.id)
    await expect(acme.rows.page(leads.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await acme.tables.list()).items).toEqual([])
    expect((await acme.tables.list({ deleted: true })).items.map(({ id }) => id)).toEqual([leads.id])
    await acme.tables.restore(leads.id)
    expect(await cellsOf(acme, leads.id)).toEqual([{ name: 'Ada' }])
  })

  it('leave no trace once purged, and what is younger stays', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Score', type: 'text' },
      ],
    })
    const gone = await acme.tables.create({ name: 'Gone' })
    await acme.rows.insert(leads.id, [{ cells: { name: 'Ada', score: '1' } }])
    await acme.columns.retype(leads.id, 'score', { type: 'number' })
    await acme.columns.delete(leads.id, 'name')
    await acme.tables.delete(gone.id)
    expect(await acme.purge({ before: new Date(0) })).toEqual({ tables: 0, columns: 0 })
    expect(await acme.purge({ before: new Date('2999-01-01') })).toEqual({ tables: 1, columns: 2 })
    await expect(acme.tables.restore(gone.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(acme.columns.restore(leads.id, leads.columns[0]?.id ?? '')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await cellsOf(acme, leads.id)).toEqual([{ score: 1 }])
  })

  it('have rules whose messages can be kept', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads' })
    for (const message of ['No\0', 'No\ud800'])
      await expect(
        acme.columns.create(leads.id, { name: 'Score', type: 'number', rule: { formula: '@score > 0', message } }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT', path: ['rule', 'message'] })
  })
})
