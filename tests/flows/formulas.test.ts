import { createOps, type OrgOps, type Table } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { databaseOption, migrated, openOps } from './testing/open-ops.ts'
import { recordingPool } from './testing/recording-pool.ts'

const columns = [
  { name: 'Price', type: 'number' },
  { name: 'Amount', type: 'number' },
  { name: 'Total', formula: '@price * @amount' },
  { name: 'Each', formula: '@total / @amount' },
  { name: 'Label', formula: 'IF(@each > 10, "dear", "cheap") & " " & @{Total}' },
] as const

async function makeSales(acme: OrgOps): Promise<Table> {
  return await acme.tables.create({ name: 'Sales', columns })
}

async function onlyRow(acme: OrgOps, tableId: string) {
  const { rows } = await acme.rows.page(tableId)
  const [row] = rows
  if (row === undefined || rows.length > 1) throw new Error(`There are ${rows.length} rows.`)
  return row
}

describeDatabases('formulas', (makeDatabase) => {
  it('are computed by whatever writes what they read', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const sales = await makeSales(acme)
    expect(sales.columns.map(({ key, type, formula }) => [key, type, formula?.source])).toEqual([
      ['price', 'number', undefined],
      ['amount', 'number', undefined],
      ['total', 'number', '@price * @amount'],
      ['each', 'number', '@total / @amount'],
      ['label', 'text', 'IF(@each > 10, "dear", "cheap") & " " & @{Total}'],
    ])
    const inserted = await acme.rows.insert(sales.id, [{ cells: { price: 12, amount: 2 } }])
    expect(inserted.rows[0]?.cells).toEqual({ price: 12, amount: 2, total: 24, each: 12, label: 'dear 24' })
    const id = inserted.rows[0]?.id ?? ''
    await acme.rows.update(sales.id, [{ id, cells: { price: 3 } }])
    expect((await onlyRow(acme, sales.id)).cells).toMatchObject({ total: 6, each: 3, label: 'cheap 6' })
    await acme.rows.updateWhere(sales.id, 'all', { amount: 10 })
    expect((await onlyRow(acme, sales.id)).cells).toMatchObject({ total: 30, each: 3 })
    await acme.rows.upsert(sales.id, [{ cells: { amount: 10, price: 4 } }], { match: ['amount'] })
    expect((await onlyRow(acme, sales.id)).cells).toMatchObject({ total: 40, each: 4 })
    await acme.undo()
    expect((await onlyRow(acme, sales.id)).cells).toMatchObject({ total: 30, each: 3 })
    await acme.redo()
    expect((await onlyRow(acme, sales.id)).cells).toMatchObject({ total: 40, each: 4 })
    await acme.rows.delete(sales.id, [id])
    await acme.rows.restore(sales.id, [id])
    expect((await onlyRow(acme, sales.id)).cells).toMatchObject({ total: 40, each: 4 })
    await acme.rows.load(sales.id, [{ cells: { price: 1, amount: 2 } }, { cells: { price: 1 } }])
    const { rows } = await acme.rows.page(sales.id)
    expect(rows.map(({ cells }) => cells.label)).toEqual(['cheap 40', 'cheap 2', 'cheap '])
    const copy = await acme.tables.duplicate(sales.id)
    const copied = await acme.rows.page(copy.id)
    expect(copied.rows.map(({ cells }) => cells)).toEqual(rows.map(({ cells }) => cells))
    await acme.rows.updateWhere(copy.id, 'all', { price: 100, amount: 1 })
    expect((await acme.rows.page(copy.id)).rows[2]?.cells).toMatchObject({ total: 100, label: 'dear 100' })
  })

  it('end in errors that are values: shown, handed on, filtered by, never a write that fails', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const sales = await makeSales(acme)
    const divided = { code: 'DIVIDED_BY_ZERO', text: '#DIV/0!', message: 'A number is divided by zero.' }
    const { rows } = await acme.rows.insert(sales.id, [
      { cells: { price: 12, amount: 0 } },
      { cells: { price: 12, amount: 1 } },
      { cells: {} },
    ])
    expect(rows[0]).toMatchObject({
      cells: { price: 12, amount: 0, total: 0 },
      states: { each: { state: 'failed', ...divided }, label: { state: 'failed', ...divided } },
    })
    const read = await acme.rows.page(sales.id)
    const failed = { state: 'failed', ...divided }
    expect(read.rows.map(({ states }) => states)).toEqual([{ each: failed, label: failed }, undefined, undefined])
    const count = async (filter: Parameters<OrgOps['rows']['count']>[1]) =>
      (await acme.rows.count(sales.id, filter)).count
    expect(await count({ filter: { column: 'each', state: 'failed' } })).toBe(1)
    expect(await count({ filter: { column: 'each', state: 'failed', code: 'DIVIDED_BY_ZERO' } })).toBe(1)
    expect(await count({ filter: { column: 'each', state: 'failed', code: '#DIV/0!' } })).toBe(1)
    expect(await count({ filter: { column: 'each', state: 'failed', code: 'TOO_LARGE' } })).toBe(0)
    expect(await count({ filter: { column: 'each', state: 'done' } })).toBe(1)
    expect(await count({ filter: { column: 'each', state: 'empty' } })).toBe(1)
    expect(await count({ filter: { not: { column: 'each', state: ['failed', 'empty'] } } })).toBe(1)
    expect(await count({ filter: { column: 'each', op: 'gt', value: 5 } })).toBe(1)
    await acme.rows.update(sales.id, [{ id: rows[0]?.id ?? '', cells: { amount: 4 } }])
    const healed = await acme.rows.get(sales.id, rows[0]?.id ?? '')
    expect(healed.states).toBeUndefined()
    expect(healed.cells).toMatchObject({ each: 12, label: 'dear 48' })
  })

  it('give their cells themselves', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const sales = await makeSales(acme)
    const { rows, errors } = await acme.rows.insert(sales.id, [{ cells: { price: 2, amount: 3, total: 100 } }])
    expect(rows[0]?.cells.total).toBe(6)
    const refused = { index: 0, column: 'total', code: 'COMPUTED_COLUMN' }
    expect(errors).toEqual([{ ...refused, message: 'Total is computed by its formula and cannot be written.' }])
    const updated = await acme.rows.update(sales.id, [{ id: rows[0]?.id ?? '', cells: { total: 1, price: 5 } }])
    expect(updated.errors).toMatchObject([refused])
    expect((await onlyRow(acme, sales.id)).cells).toMatchObject({ price: 5, total: 15 })
    await expect(acme.rows.updateWhere(sales.id, 'all', { total: 1 })).rejects.toMatchObject({
      code: 'COMPUTED_COLUMN',
    })
  })

  it('fill the rows that are there, and heal when what they read comes back', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const { id, columns } = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Score', type: 'number' }] })
    const score = columns[0]?.id ?? ''
    await acme.rows.insert(id, [{ cells: { score: 7 } }])
    const grade = await acme.columns.create(id, { name: 'Grade', formula: 'ROUND(@score / 2)' })
    expect(grade.formula).toEqual({
      source: 'ROUND(@score / 2)',
      type: 'number',
      filling: false,
      volatile: null,
      fault: null,
    })
    await acme.columns.create(id, { name: 'Twice', formula: '@grade * 2' })
    expect((await onlyRow(acme, id)).cells).toEqual({ score: 7, grade: 4, twice: 8 })
    await acme.columns.update(id, grade.id, { formula: '@score & "!"' })
    expect((await onlyRow(acme, id)).cells.grade).toBe('7!')
    expect((await onlyRow(acme, id)).states?.twice).toMatchObject({ code: 'BAD_FORMULA', text: '#TYPE!' })
    await acme.undo()
    expect((await onlyRow(acme, id)).cells).toEqual({ score: 7, grade: 4, twice: 8 })
    await acme.columns.update(id, score, { name: 'Points', key: 'points' })
    expect((await acme.tables.get(id)).columns[1]?.formula?.source).toBe('ROUND(@points / 2)')
    await expect(acme.columns.delete(id, score)).rejects.toThrow('Points cannot be deleted: “Grade” uses it.')
    await acme.columns.delete(id, score, { force: true })
    expect((await onlyRow(acme, id)).states).toMatchObject({ grade: { text: '#REF!' }, twice: { text: '#REF!' } })
    await acme.undo()
    expect((await onlyRow(acme, id)).cells).toEqual({ points: 7, grade: 4, twice: 8 })
    await expect(acme.columns.retype(id, score, { type: 'date' })).rejects.toMatchObject({ code: 'COLUMN_IN_USE' })
    await acme.columns.retype(id, score, { type: 'text' }, { force: true })
    expect((await onlyRow(acme, id)).states?.grade).toMatchObject({ text: '#TYPE!' })
    await acme.columns.retype(id, score, { type: 'percent' })
    expect((await onlyRow(acme, id)).cells.twice).not.toBeNull()
  })

  it('are kept as functions for edits of single rows, as long as they stay as they are', async () => {
    await using database = await makeDatabase(migrated)
    await using pool = database.kind === 'server' ? recordingPool(database.url) : undefined
    await using ops = createOps({ database: pool ?? databaseOption(database) })
    const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const { id, columns } = await makeSales(acme)
    const { rows } = await acme.rows.insert(id, [{ cells: { price: 1, amount: 1 } }])
    const row = rows[0]?.id ?? ''
    const edited = async (price: number) => {
      await acme.rows.update(id, [{ id: row, cells: { price } }])
      return (await acme.rows.get(id, row)).cells
    }
    for (let price = 2; price < 12; price += 1) {
      expect(await edited(price)).toMatchObject({
        total: price,
        each: price,
        label: `cheap ${price}`.replace('cheap 11', 'dear 11'),
      })
    }
    expect(await edited(-1)).toMatchObject({ total: -1, label: 'cheap -1' })
    if (pool !== undefined) {
      let price = 100
      const edit = async (): Promise<string | undefined> => {
        price += 1
        expect(await edited(price)).toMatchObject({ total: price, each: price, label: `dear ${price}` })
        return pool.lastEdit()
      }
      await expect.poll(edit).toMatch(/t\d+_e_/)
    }
    await acme.rows.update(id, [{ id: row, cells: { amount: 0 } }])
    expect((await acme.rows.get(id, row)).states?.each?.text).toBe('#DIV/0!')
    await acme.rows.update(id, [{ id: row, cells: { amount: 2 } }])
    await acme.columns.update(id, columns[3]?.id ?? '', { formula: "'it''s \\ ' & @total" })
    expect(await edited(4)).toMatchObject({ total: 8, each: "it's \\ 8" })
    expect(await edited(5)).toMatchObject({ total: 10, each: "it's \\ 10" })
    expect(await edited(6)).toMatchObject({ total: 12, each: "it's \\ 12" })
  })
})
