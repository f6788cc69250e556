import type { OrgOps } from '@opslayer/core'
import { reoon } from '@opslayer/plugins/reoon'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const
/** There is none: a fill says so, and is kept. */
const connectionId = 'con_aaaaaaaaaaaaaaaa'
const gone = 'Its connection is gone. Choose another one.'

const verification = {
  plugin: 'reoon',
  part: 'verification',
  connectionId,
  settings: { mode: 'quick' },
  inputs: { email: { column: 'email' } },
}

const columns = [
  { name: 'Email', type: 'text' },
  { name: 'Clean', formula: 'LOWER(@email)' },
  { name: 'Verdict', fill: { ...verification, condition: { column: 'email', op: 'is_not_empty' } } },
]

async function makeLeads(acme: OrgOps) {
  const table = await acme.tables.create({ name: 'Leads', columns })
  const id = (key: string): string => table.columns.find((column) => column.key === key)?.id ?? ''
  return { table, id }
}

describeDatabases('columns that a plugin fills', (makeDatabase) => {
  it('are of the type of its part, and keep their fill through renames, copies and undo', async () => {
    await using test = await openOps(makeDatabase, { plugins: [reoon()] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table, id } = await makeLeads(acme)
    const verdict = table.columns[2]
    expect(verdict).toMatchObject({
      type: 'dropdown',
      fill: { ...verification, auto: false, limits: { perRun: null, perMonth: null }, fault: gone },
    })
    await acme.columns.update(table.id, id('email'), { name: 'Address', key: 'address' })
    const renamed = await acme.tables.get(table.id)
    expect(renamed.columns[2]?.fill?.inputs).toEqual({ email: { column: 'address' } })
    const copy = await acme.tables.duplicate(table.id)
    expect(copy.columns[2]?.fill).toMatchObject({ inputs: { email: { column: 'address' } }, fault: gone })
    const changed = await acme.columns.update(table.id, id('verdict'), {
      fill: { ...verification, inputs: { email: { formula: '@clean & ""' } }, condition: null, limits: { perRun: 5 } },
    })
    expect(changed.fill).toMatchObject({
      inputs: { email: { formula: '@clean & ""' } },
      limits: { perRun: 5, perMonth: null },
    })
    await acme.undo()
    expect((await acme.tables.get(table.id)).columns[2]?.fill?.inputs).toEqual({ email: { column: 'address' } })
    const people = await acme.columns.update(table.id, id('verdict'), { fill: null })
    expect(people.fill).toBeNull()
  })

  it('take what people write as done, and are filtered by state', async () => {
    await using test = await openOps(makeDatabase, { plugins: [reoon()] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table } = await makeLeads(acme)
    await acme.rows.insert(table.id, [{ cells: { verdict: 'Safe' } }, { cells: { email: 'ada@example.com' } }])
    const count = async (state: 'done' | 'empty' | 'failed' | 'stale') =>
      (await acme.rows.count(table.id, { filter: { column: 'verdict', state } })).count
    expect([await count('done'), await count('empty'), await count('failed'), await count('stale')]).toEqual([
      1, 1, 0, 0,
    ])
  })
})

describeOneDatabase('columns that a plugin fills', (makeDatabase) => {
  it('say what is wrong with a fill where it is given, and later on what no longer fits', async () => {
    await using test = await openOps(makeDatabase, { plugins: [reoon()] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { table, id } = await makeLeads(acme)
    const refused = async (fill: object) =>
      await acme.columns.create(table.id, { name: 'Other', fill: { ...verification, ...fill } }).then(
        () => null,
        (error) => `${error.code} ${error.path.join('.')}`,
      )
    expect(await refused({ plugin: 'reon' })).toBe('NOT_FOUND ')
    expect(await refused({ part: 'verify' })).toBe('NOT_FOUND fill.part')
    expect(await refused({ connectionId: null })).toBe('INVALID_INPUT fill.connectionId')
    expect(await refused({ settings: { mode: 'fast' } })).toBe('INVALID_INPUT fill.settings.mode')
    expect(await refused({ inputs: {} })).toBe('INVALID_INPUT fill.inputs.email')
    expect(await refused({ inputs: { email: { column: 'mail' } } })).toBe('NOT_FOUND fill.inputs.email.column')
    expect(await refused({ inputs: { email: { column: 'email' }, name: { value: 1 } } })).toBe(
      'INVALID_INPUT fill.inputs.name',
    )
    expect(await refused({ condition: { column: 'email', op: 'gt', value: 1 } })).toBe(
      'INVALID_QUERY fill.condition.op',
    )
    const circle = { fill: { ...verification, inputs: { email: { formula: '@verdict & "@example.com"' } } } }
    await expect(acme.columns.update(table.id, id('verdict'), circle)).rejects.toMatchObject({ code: 'FORMULA_CYCLE' })
    await expect(acme.columns.retype(table.id, id('verdict'), { type: 'text' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(acme.columns.delete(table.id, id('email'))).rejects.toMatchObject({ code: 'COLUMN_IN_USE' })
    await acme.columns.delete(table.id, id('email'), { force: true })
    const lost = (await acme.tables.get(table.id)).columns.find(({ key }) => key === 'verdict')
    expect(lost?.fill?.fault).toBe('The column of the input "E-mail address" was deleted.')
  })

  it('go with their org, and are told of where the plugin is gone', async () => {
    await using test = await openOps(makeDatabase, { plugins: [reoon()] })
    await using bare = await openOps(makeDatabase)
    const { table } = await makeLeads(test.ops.forOrg({ orgId: 'acme', actor }))
    await bare.ops.importOrg('acme', test.ops.exportOrg('acme'))
    const found = await bare.ops.forOrg({ orgId: 'acme', actor }).tables.get(table.id)
    expect(found.columns[2]?.fill).toMatchObject({ plugin: 'reoon', fault: 'There is no plugin "reoon".' })
  })
})
