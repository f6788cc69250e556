import type { Filter, OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'
import { openOpsOnce } from './testing/open-ops-once.ts'
import { bytesOf, textOf } from './testing/read-export.ts'

const actor = { type: 'user', id: 'u1' } as const

const plain = { format: 'csv', bom: false, newline: '\n' } as const

async function makeDeals(acme: OrgOps): Promise<string> {
  const { id } = await acme.tables.create({
    name: 'Deals / 2026',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Amount', type: 'currency', settings: { code: 'EUR' } },
      { name: 'Share', type: 'percent' },
      { name: 'Signed', type: 'date' },
      { name: 'Called', type: 'datetime' },
      { name: 'Won', type: 'checkbox' },
      { name: 'Phone', type: 'phone' },
    ],
  })
  await acme.rows.insert(id, [
    {
      cells: {
        name: 'Ada',
        amount: -1234.5,
        share: 0.125,
        signed: '2026-01-07',
        called: '2026-01-07T13:30:00Z',
        won: true,
        phone: '+4930901820',
      },
    },
    { cells: { name: 'Éva', amount: 10 } },
    { cells: { name: 'bob', amount: 300 } },
    { cells: { name: 'Zoë', amount: 20 } },
  ])
  return id
}

describeBothKinds('an export of a view', (makeDatabase) => {
  const test = openOpsOnce(makeDatabase)

  it('has its rows, order, columns and name', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const deals = await makeDeals(acme)
    const view = await acme.views.create(deals, {
      name: 'Small: first?',
      kind: 'shared',
      definition: {
        filter: { column: 'amount', op: 'lt', value: 100 },
        sorts: [{ column: 'name', dir: 'desc' }],
        columns: [
          { column: 'amount' },
          { column: 'name' },
          ...['share', 'signed', 'called', 'won', 'phone'].map((column) => ({ column, visible: false })),
        ],
      },
    })
    const whole = await acme.exports.stream(deals, { ...plain, view: view.id })
    expect(whole.fileName).toBe('Deals 2026 – Small first.csv')
    expect(await textOf(whole)).toBe('Amount,Name\n20,Zoë\n10,Éva\n-1234.5,Ada\n')

    const narrowed = await acme.exports.stream(deals, {
      ...plain,
      view: view.id,
      filter: { column: 'amount', op: 'gt', value: 0 },
      sort: [{ column: 'amount' }],
      columns: ['name'],
      header: 'keys',
      fileName: 'my file',
    })
    expect(narrowed.fileName).toBe('my file.csv')
    expect(await textOf(narrowed)).toBe('name\nÉva\nZoë\n')
  })

  it('shows the errors of formulas among formatted values', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await acme.tables.create({
      name: 'Shares',
      columns: [
        { name: 'Part', type: 'number' },
        { name: 'Whole', type: 'number' },
        { name: 'Share', formula: '@part / @whole' },
      ],
    })
    await acme.rows.insert(id, [{ cells: { part: 1, whole: 4 } }, { cells: { part: 1, whole: 0 } }])
    const formatted = await acme.exports.stream(id, { ...plain, values: 'formatted', header: 'none' })
    expect(await textOf(formatted)).toBe('1,4,0.25\n1,0,"#DIV/0!"\n')
    const raw = await acme.exports.stream(id, { ...plain, header: 'none' })
    expect(await textOf(raw)).toBe('1,4,0.25\n1,0,\n')
  })
})

describeOneDatabase('an export of a view', (makeDatabase) => {
  const test = openOpsOnce(makeDatabase)

  it('shows formatted values as people see them', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const deals = await makeDeals(acme)
    const query = { ...plain, delimiter: ';', values: 'formatted', locale: 'de-DE', timeZone: 'Europe/Berlin' } as const
    const filter = { column: 'name', op: 'is', value: 'Ada' }
    const german = await textOf(await acme.exports.stream(deals, { ...query, filter, header: 'none' }))
    const cells = german.trimEnd().replaceAll('\u00a0', ' ').split(';')
    expect(cells).toEqual([
      'Ada',
      '"-1.234,50 €"',
      '"12,5 %"',
      '7. Jan. 2026',
      '"7. Jan. 2026, 14:30"',
      '✓',
      "'+49 30 901820",
    ])
  })

  it('is not for those who do not see the view', async () => {
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const deals = await makeDeals(acme)
    const { id: view } = await acme.views.create(deals, { name: 'Mine', kind: 'personal' })
    const other = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u2' } })
    await expect(other.exports.stream(deals, { format: 'csv', view })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describeBothKinds('an export with a filter', (makeDatabase) => {
  it('finds what reads find, whatever the values hold', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const texts = [
      "'; drop schema opslayer cascade; --",
      "it''s",
      'back\\slash',
      "\\'; select 1; --",
      '$1',
      '{"a","b"}',
      '%_',
      'ünï😀',
      '"quoted"',
      'plain',
    ]
    const { id } = await acme.tables.create({
      name: 'Texts',
      columns: [
        { name: 'Text', type: 'text' },
        { name: 'Number', type: 'number' },
      ],
    })
    await acme.rows.insert(
      id,
      texts.map((text, number) => ({ cells: { text, number } })),
    )
    const filters: Filter[] = texts.flatMap((value, number): Filter[] => [
      { column: 'text', op: 'is', value },
      { column: 'text', op: 'contains', value: value.slice(1) },
      { column: 'text', op: 'is_any_of', value: [value, 'plain'] },
      {
        and: [
          { column: 'text', op: 'is_not', value },
          { column: 'number', op: 'gt', value: number / 2 },
        ],
      },
      { search: value },
    ])
    for (const filter of filters) {
      const read = await acme.rows.page(id, { filter, sort: [{ column: 'text', dir: 'desc' }], limit: 1000 })
      const exported = await acme.exports.stream(id, {
        ...plain,
        filter,
        sort: [{ column: 'text', dir: 'desc' }],
        columns: ['_id'],
        header: 'none',
      })
      const ids = (await textOf(exported)).split('\n').slice(0, -1)
      expect(ids, JSON.stringify(filter)).toEqual(read.rows.map((row) => row.id))
    }
  })
})

describeOneDatabase('an export in another encoding', (makeDatabase) => {
  it('says how many characters it could not write', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await acme.tables.create({ name: 'Texts', columns: [{ name: 'Text', type: 'text' }] })
    await acme.rows.insert(id, [{ cells: { text: '„Žluť“ 5 €' } }, { cells: { text: 'naïve 😀 日' } }, { cells: {} }])
    const western = await acme.exports.stream(id, { ...plain, encoding: 'windows-1252' })
    expect(western.contentType).toBe('text/csv; charset=windows-1252')
    const bytes = await bytesOf(western)
    expect(new TextDecoder('windows-1252').decode(bytes)).toBe('Text\n„Žlu?“ 5 €\nnaïve ? ?\n""\n')
    expect((await western.finished).replacedCharacters).toBe(3)

    const wide = await bytesOf(await acme.exports.stream(id, { ...plain, bom: true, encoding: 'utf-16le' }))
    expect([...wide.subarray(0, 2)]).toEqual([0xff, 0xfe])
    expect(new TextDecoder('utf-16le').decode(wide)).toBe('Text\n„Žluť“ 5 €\nnaïve 😀 日\n""\n')
  })
})
