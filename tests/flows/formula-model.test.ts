import type { OrgOps, Table } from '@opslayer/core'
import { builtInRegistry, checkFormula, columnsOfTable, createEvaluator, FormulaError } from '@opslayer/core/formula'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const turns = 60

const plain = [
  { name: 'A', type: 'number' },
  { name: 'B', type: 'number' },
  { name: 'T', type: 'text' },
] as const

const sources = {
  sum: ['@a + @b', '@a - @b * 2', 'MAX(@a, @b, 1)'],
  share: ['@a / @b', 'ROUND(@sum / @b, 1)', '@sum * 0.5 + @sum / 3'],
  label: ['@t & ": " & @share', 'UPPER(@t) & @sum', 'IF(@share > 1, @t, "none")'],
  size: ['LEN(@label) + @a', 'IFERROR(@share, 0 - 1)', '@share > 1 AND @sum > 2'],
} as const

type FormulaKey = keyof typeof sources

/** What a cell shows: its value, or the sign of its error. */
async function shownRows(acme: OrgOps, tableId: string) {
  const { rows } = await acme.rows.page(tableId, { limit: 1_000 })
  return rows
}

/** Each row's formulas, computed here from what people wrote into it. */
async function expectRight(acme: OrgOps, table: Table, after: string): Promise<void> {
  const columns = columnsOfTable(table.columns)
  const formulas = table.columns.flatMap((column) => {
    if (column.formula === null) return []
    const checked = checkFormula(column.formula.source, { columns, functions: builtInRegistry })
    if (!checked.ok) return []
    return { column, ...createEvaluator(checked.value) }
  })
  for (const row of await shownRows(acme, table.id)) {
    const cells: Record<string, Parameters<(typeof formulas)[number]['evaluate']>[0][string]> = {}
    for (const column of table.columns) if (column.formula === null) cells[column.id] = row.cells[column.key] ?? null
    for (const { column, evaluate } of formulas) {
      const result = evaluate(cells, { now: 0, timeZone: 'UTC' })
      cells[column.id] = result
      const expected = result instanceof FormulaError ? result.sign : result
      const found = row.states?.[column.key]?.text ?? row.cells[column.key] ?? null
      const message = `${column.key} of row ${row.id} after ${after}: ${column.formula?.source}`
      if (typeof expected === 'number') expect(Number(found), message).toBeCloseTo(expected, 9)
      else expect(found, message).toEqual(expected)
    }
    expect(
      Object.values(row.states ?? {}).filter(({ state }) => state !== 'failed'),
      after,
    ).toEqual([])
  }
}

describeDatabases('random writes into a table with formulas', (makeDatabase) => {
  it('leave every result as if it were computed anew', { timeout: 120_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const random = seededRandom(7)
    const formulas = Object.entries(sources).map(([key, [formula]]) => ({ key, name: key, formula }))
    const { id } = await acme.tables.create({ name: 'Model', columns: [...plain, ...formulas] })
    const number = () => [null, 0, 1, -2.5, 3, 1e60][random.below(6)] ?? null
    const text = () => [null, 'x', 'Añejo', '😀 ok'][random.below(4)] ?? null
    const cells = () => ({ a: number(), b: number(), t: text() })
    const some = () => {
      const [key, value] = [
        ['a', number()],
        ['b', number()],
        ['t', text()],
      ][random.below(3)] ?? ['a', 1]
      return { [String(key)]: value }
    }
    const anyRow = async () => {
      const rows = await shownRows(acme, id)
      return rows[random.below(Math.max(1, rows.length))]?.id
    }
    const steps: Readonly<Record<string, () => Promise<unknown>>> = {
      insert: () => acme.rows.insert(id, [{ cells: cells() }, { cells: some() }]),
      load: () => acme.rows.load(id, [{ cells: cells() }, { cells: cells() }]),
      'edit one': async () => {
        const row = await anyRow()
        if (row !== undefined) await acme.rows.update(id, [{ id: row, cells: some() }])
      },
      'edit several': async () => {
        const rows = await shownRows(acme, id)
        await acme.rows.update(
          id,
          rows.slice(0, 4).map((row) => ({ id: row.id, cells: random.below(2) === 0 ? cells() : some() })),
        )
      },
      'edit all': () => acme.rows.updateWhere(id, 'all', some()),
      upsert: () => acme.rows.upsert(id, [{ cells: cells() }], { match: ['t'] }),
      delete: async () => {
        const row = await anyRow()
        if (row !== undefined) await acme.rows.delete(id, [row])
      },
      undo: () => acme.undo().catch(() => {}),
      redo: () => acme.redo().catch(() => {}),
      formula: async () => {
        const keys = Object.keys(sources) as FormulaKey[]
        const key = keys[random.below(keys.length)] ?? 'sum'
        const { columns } = await acme.tables.get(id)
        const column = columns.find((each) => each.key === key)
        // A formula may not fit the others any more: then it is refused, or those show errors.
        if (column !== undefined) {
          await acme.columns.update(id, column.id, { formula: sources[key][random.below(3)] ?? '' }).catch(() => {})
        }
      },
    }
    const names = Object.keys(steps)
    for (let turn = 0; turn < turns; turn += 1) {
      const name = names[random.below(names.length)] ?? 'insert'
      await steps[name]?.()
      const table = await acme.tables.get(id)
      if (table.columns.every(({ formula }) => (formula?.fault ?? null) === null)) {
        await expectRight(acme, table, `turn ${turn}, ${name}`)
      }
    }
  })
})
