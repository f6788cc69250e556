import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const user = { type: 'user', id: 'u1' } as const

/** Sources that are refused, and what is said of them. */
const refused: readonly (readonly [what: string, source: string, message: string])[] = [
  ['100,000 characters', `${'1 + '.repeat(25_000)}1`, 'at most 20,000 characters'],
  ['a thousand levels', `${'('.repeat(1_000)}1${')'.repeat(1_000)}`, ''],
  ['ten thousand levels', `${'-'.repeat(10_000)}1`, ''],
  ['two thousand operations', Array(2_000).fill('1').join('+'), ''],
  ['a pattern made to backtrack', `REGEX_MATCH(@name, "${'(a*)*'.repeat(200)}b")`, ''],
  ['a look-ahead', 'REGEX_MATCH(@name, "(?=a)b")', ''],
  ['an unknown function', 'SUMM(1)', 'There is no function SUMM. Did you mean "SUM"?'],
  ['a prototype', 'constructor("return process")()', ''],
  ['a member', '@name.constructor', ''],
  ['an assignment', 'x = 1; x', ''],
  ['half a character', '"\ud800" & @nmae', ''],
  ['a text as a number', '@name * 2', '@name is text'],
  ['nothing', '   ', ''],
]

describeDatabases('bad formulas', (makeDatabase) => {
  it('never keep a row from being written', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const sources = [
      '1 / @n',
      '@n ^ 500',
      'SQRT(0 - @n)',
      'DATE(2026, 2, 29 + @n)',
      'DATEADD("9999-12-31", @n + 1, "day")',
      'VALUE(@name)',
      'PARSE_DATE(@name)',
      'LEFT(@name, 0 - 1 - @n)',
      'REPT(@name, 1000000)',
      'GET(@data, "a.b") + 1',
      'REGEX_REPLACE(@name, "(a|aa)+$", "x")',
    ]
    const formulas = await Promise.all(sources.map(async (formula, place) => ({ name: `F${place}`, formula })))
    const { id } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'N', type: 'number' },
        { name: 'Name', type: 'text' },
        { name: 'Data', type: 'json' },
      ],
    })
    for (const formula of formulas) {
      const { faults } = await acme.formulas.check(id, formula.formula)
      if (faults.length === 0) await acme.columns.create(id, formula)
    }
    const cells = [
      { n: 0, name: 'abc', data: { a: { b: 'text' } } },
      { n: 1e99, name: `${'a'.repeat(5_000)}!` },
      { n: -1e-90, name: '\u{1F600}'.repeat(100), data: [1] },
      {},
    ]
    const inserted = await acme.rows.insert(
      id,
      cells.map((each) => ({ cells: each })),
    )
    expect(inserted.errors).toEqual([])
    expect(inserted.rows[0]?.states?.f0?.code).toBe('DIVIDED_BY_ZERO')
    await acme.rows.load(
      id,
      cells.map((each) => ({ cells: each })),
    )
    const { rows } = await acme.rows.updateWhere(id, 'all', { n: 3, name: 'zzz' })
    expect(rows).toBe(8)
    for (const row of inserted.rows) {
      const {
        rows: [outcome],
      } = await acme.rows.update(id, [{ id: row.id, cells: { n: 0 } }])
      expect(outcome?.outcome).toBe('updated')
    }
    expect((await acme.rows.count(id, { filter: { column: 'f0', state: 'failed' } })).count).toBe(4)
  })
})

describeOneDatabase('bad formulas', (makeDatabase) => {
  it('are refused with the place of the fault, wherever they come in', { timeout: 60_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const { id } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Length', formula: 'LEN(@name)' },
      ],
    })
    const { columns } = await acme.tables.get(id)
    for (const [what, source, message] of refused) {
      const begun = performance.now()
      const { faults } = await acme.formulas.check(id, source)
      expect(faults[0]?.message, what).toContain(message)
      expect(faults[0]?.end, what).toBeGreaterThanOrEqual(faults[0]?.start ?? Number.NaN)
      const span = { start: faults[0]?.start, end: faults[0]?.end }
      const invalid = { code: 'FORMULA_INVALID', issues: [{ path: ['formula'], span }] }
      await expect(acme.columns.create(id, { name: 'Bad', formula: source }), what).rejects.toMatchObject(invalid)
      await expect(acme.columns.update(id, columns[1]?.id ?? '', { formula: source }), what).rejects.toMatchObject(
        invalid,
      )
      await expect(acme.rows.page(id, { filter: { formula: source } }), what).rejects.toMatchObject({
        code: expect.stringMatching('INVALID_QUERY|LIMIT_EXCEEDED'),
      })
      expect(performance.now() - begun, what).toBeLessThan(5_000)
    }
    expect((await acme.tables.get(id)).columns).toHaveLength(2)
  })

  it('cannot reach columns of other tables and orgs, nor go round in circles', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const other = test.ops.forOrg({ orgId: 'other', actor: user })
    const foreign = await other.tables.create({ name: 'Secret', columns: [{ name: 'Secret', type: 'text' }] })
    const sibling = await acme.tables.create({ name: 'Sibling', columns: [{ name: 'Aside', type: 'text' }] })
    const { id, columns } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'N', type: 'number' },
        { name: 'A', formula: '@n + 1' },
        { name: 'B', formula: '@a + 1' },
      ],
    })
    for (const [column] of [foreign.columns, sibling.columns]) {
      for (const source of [`@${column?.key}`, `@{${column?.name}}`]) {
        await expect(acme.columns.create(id, { name: 'X', formula: source })).rejects.toThrow('There is no column')
      }
      // Ids of elsewhere are those of columns that are gone, here.
      const check = await acme.formulas.check(id, `@<${column?.id}>`)
      expect(check.reads).toEqual([])
    }
    const made = await acme.columns.create(id, { name: 'Lost', formula: `@<${foreign.columns[0]?.id}>` })
    const { rows } = await acme.rows.insert(id, [{ cells: { n: 1 } }])
    expect(rows[0]?.states?.lost?.text).toBe('#REF!')
    await acme.columns.delete(id, made.id)
    const a = columns[1]?.id ?? ''
    const circle = { code: 'FORMULA_CYCLE' }
    await expect(acme.columns.update(id, a, { formula: '@a + 1' })).rejects.toMatchObject(circle)
    await expect(acme.columns.update(id, a, { formula: '@b + 1' })).rejects.toThrow(
      'A formula cannot use its own result: “A” → “B” → “A”.',
    )
    const columnsInACircle = [
      { name: 'X', formula: '@y' },
      { name: 'Y', formula: '@z' },
      { name: 'Z', formula: '@x' },
    ]
    await expect(acme.tables.create({ name: 'Circle', columns: columnsInACircle })).rejects.toMatchObject(circle)
    await expect(acme.columns.create(id, { name: 'Both', formula: '1', unique: true })).rejects.toThrow(
      'cannot be unique',
    )
    await expect(acme.columns.create(id, { name: 'Neither' })).rejects.toThrow('A column has a type, or a formula')
    await expect(acme.columns.create(id, { name: 'Day', formula: '1', type: 'date' })).rejects.toThrow('These fit: ')
    await expect(acme.columns.update(id, columns[0]?.id ?? '', { formula: '1' })).rejects.toThrow('People fill N')
  })
})
