import { createOps, embedded } from '@opslayer/core'
import { code, defineComposition, defineFunction, parameter } from '@opslayer/core/formula'
import { definePlugin } from '@opslayer/core/plugin'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const user = { type: 'user', id: 'u1' } as const

describeDatabases('formulas in other places', (makeDatabase) => {
  it('filter rows, in views and their formats and in bulk edits too', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const { id, columns } = await acme.tables.create({
      name: 'Deals',
      columns: [
        { name: 'Asked', type: 'number' },
        { name: 'Paid', type: 'number' },
        { name: 'Share', formula: '@paid / @asked' },
      ],
    })
    await acme.rows.insert(id, [
      { cells: { asked: 10, paid: 10 } },
      { cells: { asked: 10, paid: 4 } },
      { cells: { asked: 0, paid: 4 } },
      { cells: {} },
    ])
    const open = { formula: '@paid < @asked' }
    const paid = async (filter: Parameters<typeof acme.rows.page>[1]) =>
      (await acme.rows.page(id, filter)).rows.map(({ cells }) => cells.paid)
    expect(await paid({ filter: open })).toEqual([4])
    expect(await paid({ filter: { not: open } })).toEqual([10, 4, null])
    expect(await paid({ filter: { formula: '@share > 0.5' } })).toEqual([10])
    expect(await paid({ filter: { formula: 'ISBLANK(@asked)' } })).toEqual([null])
    const asked = columns[0]?.id ?? ''
    const view = await acme.views.create(id, {
      name: 'Open',
      kind: 'shared',
      definition: {
        filter: { formula: '@{Asked} > 5' },
        formats: [{ filter: open, target: 'row', style: { tint: 'red' } }],
      },
    })
    expect(view.definition.filter).toEqual({ formula: `@<{${asked}}> > 5` })
    await acme.columns.update(id, asked, { name: 'Price', key: 'price' })
    const viewed = await acme.rows.page(id, { view: view.id })
    expect(viewed.rows.map(({ cells, formats }) => [cells.paid, formats?.row?.tint])).toEqual([
      [10, undefined],
      [4, 'red'],
    ])
    await acme.rows.updateWhere(id, { formula: '@paid < @price' }, { paid: 9 })
    expect(await paid({})).toEqual([10, 9, 4, null])
    await expect(acme.rows.page(id, { filter: { formula: '@paid +' } })).rejects.toMatchObject({
      code: 'INVALID_QUERY',
      issues: [{ path: ['filter', 'formula'], span: { start: 7, end: 7 } }],
    })
    await expect(acme.rows.page(id, { filter: { formula: '@paid' } })).rejects.toThrow('A condition is true or false')
  })

  it('give new rows their defaults', async () => {
    await using test = await openOps(makeDatabase, { now: () => new Date('2026-11-20T22:30:00Z') })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    await acme.settings.update({ timeZone: 'Asia/Tokyo' })
    const stages = {
      options: [
        { id: 'new', name: 'New' },
        { id: 'hot', name: 'Hot' },
      ],
    }
    const { id } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Score', type: 'number', defaultValue: 10 },
        { name: 'Due', type: 'date', defaultFormula: 'TODAY() + 14' },
        { name: 'Stage', type: 'dropdown', settings: stages, defaultFormula: 'IF(@score > 50, "Hot", "New")' },
        { name: 'Late', formula: '@due < DATE(2026, 12, 5)' },
      ],
    })
    const { rows } = await acme.rows.insert(id, [{ cells: {} }, { cells: { score: 60, due: '2026-12-01' } }])
    expect(rows.map(({ cells }) => cells)).toEqual([
      { score: 10, due: '2026-12-05', stage: 'new', late: false },
      { score: 60, due: '2026-12-01', stage: 'hot', late: true },
    ])
    await acme.rows.load(id, [{ cells: { score: 99 } }])
    await acme.rows.upsert(id, [{ cells: { score: 77 } }], { match: ['score'] })
    const { rows: all } = await acme.rows.page(id)
    expect(all.slice(2).map(({ cells }) => [cells.stage, cells.due])).toEqual([
      ['hot', '2026-12-05'],
      ['hot', '2026-12-05'],
    ])
  })

  it('refresh what changes with time, when it is read and when they are asked to', async () => {
    let now = new Date('2026-11-20T23:00:00Z')
    await using test = await openOps(makeDatabase, { now: () => now })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const { id } = await acme.tables.create({
      name: 'Tasks',
      columns: [
        { name: 'Due', type: 'date' },
        { name: 'Left', formula: '@due - TODAY()' },
        { name: 'Late', formula: '@left < 0' },
      ],
    })
    const { rows } = await acme.rows.insert(id, [{ cells: { due: '2026-11-20' } }, { cells: {} }])
    // Not read yet: a read refreshes behind the test's back.
    expect(rows[0]?.cells).toMatchObject({ left: 0, late: false })
    const first = async () => (await acme.rows.page(id)).rows[0]?.cells
    await acme.formulas.refresh({ tableId: id })
    now = new Date('2026-11-21T01:00:00Z')
    expect(await acme.formulas.refresh()).toEqual({ tables: 1, rows: 1 })
    expect(await first()).toMatchObject({ left: -1, late: true })
    expect(await acme.formulas.refresh()).toEqual({ tables: 0, rows: 0 })
    const { entries } = await acme.changes.read()
    const { operation: _operation, ...computed } = entries.at(-1) ?? {}
    expect(computed).toMatchObject({ kind: 'rows-computed', columns: null, rowCount: 1 })
    expect(await acme.undoState()).toMatchObject({ undo: { kind: 'rows-inserted' } })
    now = new Date('2026-11-23T01:00:00Z')
    await expect.poll(async () => (await first())?.left, { timeout: 10_000 }).toBe(-3)
  })
})

describeOneDatabase('formulas in other places', (makeDatabase) => {
  it('say what a cell may hold, in every way to write it', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const rule = { formula: '@score >= 0 AND @score <= 100', message: 'Score must be 0–100' }
    const { id, columns } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Score', type: 'number', rule },
        { name: 'Name', type: 'text' },
      ],
    })
    expect(columns[0]?.rule).toEqual(rule)
    const broken = { column: 'score', code: 'RULE_VIOLATION', message: 'Score must be 0–100' }
    const made = await acme.rows.insert(id, [{ cells: { score: 101 } }, { cells: { score: 100 } }, { cells: {} }])
    expect(made.errors).toEqual([{ index: 0, ...broken }])
    expect(made.rows.map(({ cells }) => cells)).toEqual([{}, { score: 100 }, {}])
    const updated = await acme.rows.update(id, [{ id: made.rows[1]?.id ?? '', cells: { score: -1, name: 'Ada' } }])
    expect(updated.errors).toEqual([{ index: 0, ...broken }])
    await expect(acme.rows.updateWhere(id, 'all', { score: 200 })).rejects.toMatchObject({ code: 'RULE_VIOLATION' })
    const loaded: unknown[] = []
    const rows = [{ cells: { score: 50 } }, { cells: { score: 5000 } }]
    await acme.rows.load(id, rows, { onInvalid: 'keep', onErrors: (errors) => loaded.push(...errors) })
    expect(loaded).toEqual([{ index: 1, ...broken }])
    const last = (await acme.rows.page(id)).rows.at(-1)
    expect(last?.warnings?.score).toMatchObject({ original: '5000', message: 'Score must be 0–100' })
    await expect(
      acme.columns.update(id, columns[0]?.id ?? '', { rule: { ...rule, formula: '@name = ""' } }),
    ).rejects.toThrow('A rule reads its own column, @score, and no other.')
    await acme.columns.update(id, columns[0]?.id ?? '', { rule: null })
    expect((await acme.rows.update(id, [{ id: made.rows[1]?.id ?? '', cells: { score: -1 } }])).errors).toEqual([])
  })

  it('are checked and previewed before they are saved', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const { id, columns } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Score', type: 'number' },
        { name: 'Grade', formula: 'ROUND(@score)' },
      ],
    })
    await acme.rows.load(
      id,
      [0.4, 0.6, 1, 2, null].map((score) => ({ cells: { score } })),
    )
    const [name, score, grade] = columns.map((column) => column.id)
    expect(await acme.formulas.check(id, 'LEN(@name) * @{Score}')).toEqual({
      type: 'number',
      columnType: 'number',
      reads: [name, score],
      volatile: null,
      faults: [],
    })
    const faulty = await acme.formulas.check(id, '1 + @scroe')
    expect(faulty).toMatchObject({ type: null, faults: [{ start: 4, end: 10 }] })
    expect(faulty.faults[0]?.message).toContain('Did you mean "score"?')
    const round = await acme.formulas.check(id, '@grade + 1', { columnId: grade })
    expect(round.faults[0]?.message).toBe('A formula cannot use its own result: “Grade” → “Grade”.')
    const preview = await acme.formulas.preview(id, 'ROUNDUP(@score)', { columnId: grade, sample: 2 })
    expect(preview).toMatchObject({ sampled: 5, changed: 1, total: 5, estimated: 1, exact: true, type: 'number' })
    expect(preview.rows.map(({ before, after }) => [before?.value, after.value])).toEqual([
      [0, 1],
      [1, 1],
    ])
    const { functions, total } = await acme.formulas.functions({ search: 'workday' })
    expect(total).toBeGreaterThan(0)
    expect(functions[0]?.signatures[0]).toContain('WORKDAY(')
  })

  it('call functions of the host and of plugins', async () => {
    const twice = defineFunction({
      name: 'ACME.TWICE',
      group: 'custom',
      summary: 'Twice the number.',
      parameters: [parameter('number', 'number')],
      result: 'number',
      sql: ([number]) => code`(2 * ${number})`,
      evaluate: ([number]) => 2 * number,
      examples: [{ formula: 'ACME.TWICE(2)', result: 4 }],
    })
    const plugin = definePlugin({ id: 'acme', version: '1.0.0', name: 'Acme' }).formulaFunction(twice)
    const margin = defineComposition({
      name: 'MARGIN',
      group: 'custom',
      summary: 'The share of the price that is left.',
      parameters: [parameter('price', 'number'), parameter('cost', 'number')],
      formula: '(@price - @cost) / @price',
      examples: [{ formula: 'MARGIN(100, 80)', result: 0.2 }],
    })
    await using test = await openOps(makeDatabase, { functions: [margin], plugins: [plugin] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const { id } = await acme.tables.create({
      name: 'Sales',
      columns: [
        { name: 'Price', type: 'number', rule: { formula: 'ACME.TWICE(@price) < 100', message: 'Too dear' } },
        { name: 'List', type: 'number', defaultFormula: 'ACME.TWICE(@price)' },
        { name: 'Margin', formula: 'MARGIN(ACME.TWICE(@price), @price)' },
      ],
    })
    const { rows, errors } = await acme.rows.insert(id, [{ cells: { price: 5 } }, { cells: { price: 50 } }])
    expect(rows.map(({ cells }) => cells)).toEqual([{ price: 5, list: 10, margin: 0.5 }, {}])
    expect(errors).toEqual([{ index: 1, column: 'price', code: 'RULE_VIOLATION', message: 'Too dear' }])
    expect((await acme.rows.count(id, { filter: { formula: 'MARGIN(@list, @price) = 0.5' } })).count).toBe(1)
    const listed = await acme.formulas.functions({ search: 'acme.t' })
    expect(listed.functions.map(({ signatures }) => signatures)).toEqual([['ACME.TWICE(number: number) → number']])
    const {
      items: [manifest],
    } = await acme.plugins.list()
    expect(manifest?.functions).toEqual([{ name: 'ACME.TWICE', summary: 'Twice the number.' }])
    expect(() => createOps({ database: embedded('memory'), functions: [twice], plugins: [plugin] })).toThrow(
      'There is already a formula function ACME.TWICE',
    )
  })
})
