import { describe, expect, it } from 'vitest'
import { columnTypesWith } from '../../catalog/column-types.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import { testContext } from '../../values/testing/test-context.ts'
import { confirmPlan } from './confirm-plan.ts'
import { importPlanSchema } from './import-plan.ts'
import { resolvePlan } from './resolve-plan.ts'
import { headerFingerprint, savedMapping, savedMappingSchema } from './saved-mapping.ts'
import { settlePlan } from './settle-plan.ts'
import { tableWith } from './testing/lead-table.ts'
import { csvOf, propose } from './testing/propose.ts'

const types = columnTypesWith([])
const table = tableWith({
  Name: 'text',
  Email: 'email',
  Company: 'text',
  'Phone number': 'phone',
  LinkedIn: 'linkedin',
  'Job title': 'text',
  'Deal size': 'currency',
  Signed: 'date',
})
const existing = { kind: 'existing', table } as const

/** Where columns with these headers go, and how sure that is. */
async function mapped(columns: Readonly<Record<string, readonly string[]>>) {
  const { matches, columns: proposed } = await propose(csvOf(columns), existing)
  const header = (index: number) => proposed[index]?.source.header ?? ''
  return new Map(
    matches.map(({ index, column, score, because }) => [header(index), { to: column.name, score, because }]),
  )
}

describe('columns go to those of a table', () => {
  it('by name, by what the trade calls them, and by content', async () => {
    const found = await mapped({
      name: ['Ann'],
      'Work Email': ['ann@acme.com'],
      Organization: ['Acme'],
      'Direct Dial': ['+14155552671'],
      'Person Linkedin Url': ['https://www.linkedin.com/in/ann'],
      Position: ['CEO'],
      'Deal sise': ['5'],
      Unknown: ['?!'],
    })
    expect(Object.fromEntries([...found].map(([header, { to }]) => [header, to]))).toEqual({
      name: 'Name',
      'Work Email': 'Email',
      Organization: 'Company',
      'Direct Dial': 'Phone number',
      'Person Linkedin Url': 'LinkedIn',
      Position: 'Job title',
      'Deal sise': 'Deal size',
    })
    expect(found.get('name')).toMatchObject({ score: 1, because: 'The names are the same.' })
    expect(found.get('Organization')?.because).toBe('“Organization” is another word for “Company”.')
    expect(found.get('Deal sise')?.because).toBe('The names differ by few letters.')
  })

  it('by content alone where there is one column of a telling type on either side', async () => {
    const found = await mapped({ Kontaktweg: ['ann@acme.com', 'bob@acme.com'] })
    expect(found.get('Kontaktweg')).toMatchObject({
      to: 'Email',
      because: 'Both are the only columns of the type E-mail.',
    })
  })

  it('and not where the content contradicts the name', async () => {
    const found = await mapped({
      Email: ['nothing of the kind', 'neither', 'no'],
      Mail: ['a@b.de', 'c@d.de', 'e@f.de'],
    })
    expect([...found.keys()]).toEqual(['Mail'])
  })

  it('with the facts of the type that they go to', async () => {
    const csv = csvOf({
      Signed: ['31/12/2026', '01/02/2026', 'soon', 'later', '?!'],
      'Deal size': ['1,5', 'a lot', 'more', 'none', '2,5'],
      Name: ['12', 'N/A', 'N/A', 'N/A', '13'],
    })
    const { plan, columns } = await propose(csv, existing)
    expect(columns.map(({ type }) => type)).toEqual(['text', 'text', 'text'])
    expect(plan.columns.map(({ header, facts }) => [header, facts])).toEqual([
      ['Signed', { dateOrder: 'dmy' }],
      ['Deal size', { decimalMark: ',' }],
      ['Name', {}],
    ])
  })

  it('one to one', async () => {
    const found = await mapped({ Email: ['a@b.de'], 'E-mail': ['c@d.de'] })
    expect([...found.keys()]).toEqual(['Email'])
  })

  it('and others are left out, or added if that is asked for', async () => {
    const csv = csvOf({ Email: ['a@b.de'], Favourite: ['tea'] })
    expect((await propose(csv, existing)).plan.columns).toMatchObject([{ to: { kind: 'existing', column: 'col_2' } }])
    const added = await propose(csv, existing, { unmatched: 'add' })
    expect(added.plan.columns[1]).toMatchObject({ header: 'Favourite', to: { kind: 'new', name: 'Favourite' } })
  })
})

describe('a plan', () => {
  it('is plain data that its schema takes', async () => {
    const { plan } = await propose(csvOf({ Name: ['Ann'], Age: ['5'] }))
    expect(importPlanSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
  })

  it('leaves out columns beyond what a table can have, with a warning', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`column ${at}`, ['1']]))
    const { plan, warnings } = await propose(csvOf(many))
    expect(plan.columns).toHaveLength(400)
    expect(warnings.join()).toContain('The file has 5,000 columns, and a table has 400 at most')
  })

  it('is refused where two columns go to one, or into a formula, or nowhere', async () => {
    const { plan } = await propose(csvOf({ Email: ['a@b.de'], Mail: ['c@d.de'] }), existing, { unmatched: 'add' })
    const both = plan.columns.map((column) => ({ ...column, to: { kind: 'existing', column: 'email' } as const }))
    expect(() => resolvePlan({ ...plan, columns: both }, types, table)).toThrow('both go to "Email"')
    const nowhere = both.map((column) => ({ ...column, to: { kind: 'existing', column: 'emial' } as const }))
    expect(() => resolvePlan({ ...plan, columns: nowhere }, types, table)).toThrow('Did you mean "email"?')
    expect(() => resolvePlan({ ...plan, columns: both }, types, null)).toThrow('A new table has no columns yet')
    try {
      resolvePlan({ ...plan, columns: both }, types, table)
    } catch (error) {
      expect(isOpsError(error, 'INVALID_INPUT') && error.path).toEqual(['columns', 1, 'to'])
    }
  })
})

describe('a whole file', () => {
  const values = Array.from({ length: 3_000 }, (_, at) => (at === 2_500 ? 'many' : String(at)))
  const stages = Array.from(
    { length: 3_000 },
    (_, at) => (at < 2_000 ? ['Won', 'Lost'] : ['Open', 'Won'])[at % 2] ?? '',
  )
  const dates = Array.from({ length: 3_000 }, (_, at) => (at < 2_000 ? '2026-01-05' : 'soon'))

  it('is confirmed with counts and examples of what would not fit', async () => {
    const { plan, source } = await propose(csvOf({ Size: values, Stage: stages, Due: dates }))
    const progress: number[] = []
    const confirmation = await confirmPlan(source, plan.format, resolvePlan(plan, types, null), testContext, {
      columns: plan.sourceColumns,
      batchRecords: 1_000,
      onProgress: ({ records }) => progress.push(records),
    })
    expect(progress).toEqual([1_000, 2_000, 3_000])
    expect(confirmation).toMatchObject({ records: 3_000, rejected: 0 })
    const [size, stage, due] = confirmation.columns
    expect(size).toMatchObject({ filled: 3_000, empty: 0, misfits: 1 })
    expect(size?.examples).toEqual([{ line: 2_502, value: 'many', reason: '“many” is not a number' }])
    expect(stage).toMatchObject({ misfits: 500, newOptions: [{ name: 'Open', cells: 500 }] })
    expect(due?.misfits).toBe(1_000)

    const settled = settlePlan(plan, confirmation)
    expect(settled.columns.map(({ to }) => (to.kind === 'new' ? to.type : ''))).toEqual(['number', 'dropdown', 'text'])
    const again = await confirmPlan(source, settled.format, resolvePlan(settled, types, null), testContext)
    expect(again.columns.map(({ misfits }) => misfits)).toEqual([1, 0, 0])
  })
})

it('columns of JSON objects that the sample did not show are found, and made as text', async () => {
  const lines = Array.from({ length: 30_000 }, (_, at) => JSON.stringify({ name: `person ${at}`.padEnd(60) }))
  const { plan, source } = await propose(`${lines.join('\n')}\n{"name":"Last","nick name":"x"}\n`)
  expect(plan.sourceColumns).toEqual(['name'])
  const confirmation = await confirmPlan(source, plan.format, resolvePlan(plan, types, null), testContext, {
    columns: plan.sourceColumns,
  })
  expect(confirmation).toMatchObject({ records: 30_001, rejected: 0, foundColumns: ['nick name'] })
  const settled = importPlanSchema.parse(settlePlan(plan, confirmation))
  expect(settled.sourceColumns).toEqual(['name', 'nick name'])
  expect(settled.columns.at(-1)).toMatchObject({ index: 1, to: { kind: 'new', name: 'nick name', type: 'text' } })
})

describe('a saved mapping', () => {
  it('serves the next file with the same headers, in whatever order', async () => {
    const first = await propose(csvOf({ 'E-Mail': ['a@b.de'], Note: ['x'], note: ['y'] }), existing, {
      unmatched: 'add',
    })
    const corrected = {
      ...first.plan,
      columns: first.plan.columns.map((column) =>
        column.header === 'note' ? { ...column, to: { kind: 'existing' as const, column: 'company' } } : column,
      ),
    }
    const saved = savedMappingSchema.parse(JSON.parse(JSON.stringify(savedMapping(corrected))))
    const next = csvOf({ Note: ['p'], 'e mail': ['c@d.de'], NOTE: ['q'], Age: ['5'] })
    const { plan } = await propose(next, existing, { saved })
    expect(plan.columns.map(({ header, to }) => [header, to.kind === 'existing' ? to.column : to.name])).toEqual([
      ['e mail', 'col_2'],
      ['NOTE', 'company'],
    ])
  })

  it('is found by a fingerprint of the headers', () => {
    const of = (...headers: string[]) => headerFingerprint(headers.map((header) => ({ header })))
    expect(of('First Name', 'E-mail')).toBe(of('e mail', 'first_name'))
    expect(of('First Name', 'E-mail')).not.toBe(of('First Name', 'Phone'))
    expect(of('First Name')).toMatch(/^[0-9a-f]{64}$/)
    expect(of('', ' ')).toBe(null)
  })
})
