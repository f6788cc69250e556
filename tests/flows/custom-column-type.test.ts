import { expect, it } from 'vitest'
import { quarterType } from '../../examples/custom-column-type/quarter-type.ts'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { runCommand } from '../packaging/run-command.ts'
import { workspaceRoot } from '../rooms/workspace-packages.ts'
import { openOps } from './testing/open-ops.ts'

const context = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-05-01T12:00:00Z') }

it.each(quarterType.examples)('a column type of a host reads $input as its example says', (example) => {
  const settings = quarterType.settings.parse(example.settings ?? {})
  const parsed = quarterType.parse(example.input, settings, context)
  if ('refused' in example) return expect(parsed).toEqual({ ok: false, reason: example.refused })
  expect(parsed).toEqual({ ok: true, value: example.value })
  if (example.value === null) return
  expect(quarterType.format(example.value, settings, context)).toBe(example.text)
  expect(quarterType.parse(example.text, settings, context)).toEqual(parsed)
})

it('the example of a column type of a host runs', async () => {
  const args = ['--conditions=@opslayer/source', 'examples/custom-column-type/main.ts']
  expect(await runCommand(process.execPath, args, workspaceRoot)).toBe(
    'row 3, closes: “after the summer” is not a quarter such as “Q3 2026”\nBluepeak 2027-Q2\nNorthwind 2026-Q3\n',
  )
})

describeDatabases('a column type of a host', (makeDatabase) => {
  it('is read, filtered, sorted and summed up like a built-in one', async () => {
    await using test = await openOps(makeDatabase, { columnTypes: [quarterType] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const deals = await acme.tables.create({
      name: 'Deals',
      columns: [
        { name: 'Deal', type: 'text' },
        { name: 'Closes', type: 'quarter', settings: { firstMonth: 4 } },
      ],
    })
    const { errors } = await acme.rows.insert(deals.id, [
      { cells: { deal: 'Northwind', closes: 'Q3 2026' } },
      { cells: { deal: 'Bluepeak', closes: '2026-08-15' } },
      { cells: { deal: 'Kestrel', closes: 'q1/26' } },
      { cells: { deal: 'Mosaic', closes: 'after the summer' } },
    ])
    expect(errors).toEqual([
      {
        index: 3,
        column: 'closes',
        code: 'INVALID_VALUE',
        message: '“after the summer” is not a quarter such as “Q3 2026”',
      },
    ])
    const { rows } = await acme.rows.page(deals.id, {
      filter: { column: 'closes', op: 'after', value: 'Q1 2026' },
      sort: [{ column: 'closes', dir: 'desc' }],
    })
    expect(rows.map(({ cells }) => cells)).toEqual([
      { deal: 'Bluepeak', closes: '2027-Q2' },
      { deal: 'Northwind', closes: '2026-Q3' },
    ])
    const { aggregates } = await acme.rows.summary(deals.id, {
      aggregates: [
        { column: 'closes', aggregate: 'earliest' },
        { column: 'closes', aggregate: 'latest' },
        { column: 'closes', aggregate: 'empty' },
      ],
    })
    expect(aggregates).toEqual(['2026-Q1', '2027-Q2', 1])
  })
})

describeOneDatabase('a column type of a host', (makeDatabase) => {
  it('gives errors that name what it knows', async () => {
    await using test = await openOps(makeDatabase, { columnTypes: [quarterType] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const column = { name: 'Closes', type: 'quarter' }
    await expect(
      acme.tables.create({ name: 'Deals', columns: [{ ...column, settings: { firstMonth: 13 } }] }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', path: ['columns', 0, 'settings', 'firstMonth'] })
    const deals = await acme.tables.create({ name: 'Deals', columns: [column] })
    await expect(
      acme.rows.page(deals.id, { filter: { column: 'closes', op: 'after', value: 'soon' } }),
    ).rejects.toMatchObject({ code: 'INVALID_QUERY', path: ['filter', 'value'] })
    await expect(
      acme.rows.page(deals.id, { filter: { column: 'closes', op: 'gt', value: 'Q1 2026' } }),
    ).rejects.toThrow('before')
  })
})
