import { isOpsError } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

/** 3,000 rows of which the first 2,000, all that a sample shows, are better than the others. */
function file(): Buffer {
  const lines = Array.from({ length: 3_000 }, (_, at) => {
    const isLate = at >= 2_000
    return [at === 2_500 ? 'many' : at, isLate ? 'Open' : ['Won', 'Lost'][at % 2], isLate ? 'soon' : '2026-01-05'].join(
      ';',
    )
  })
  return Buffer.from(`Size;Stage;Due\n${lines.join('\n')}\n`)
}

describeDatabases('a plan is confirmed', (makeDatabase) => {
  it('over the whole file, with options and types that the sample did not show, and then imported', async () => {
    await using opened = await openOps(makeDatabase)
    const org = opened.ops.forOrg({ orgId: 'acme', actor })
    const { plan } = await org.imports.propose(file(), { target: { kind: 'new', name: 'Deals' } })
    const seen: number[] = []
    const confirmed = await org.imports.confirm(file(), plan, { onProgress: ({ records }) => seen.push(records) })
    expect(seen.at(-1)).toBe(3_000)
    expect(confirmed).toMatchObject({
      records: 3_000,
      rejected: 0,
      columns: [
        { name: 'Size', filled: 3_000, misfits: 1, examples: [{ line: 2_502, value: 'many' }] },
        { name: 'Stage', misfits: 1_000, newOptions: [{ name: 'Open', cells: 1_000 }] },
        { name: 'Due', misfits: 1_000 },
      ],
    })
    const run = await org.runs.wait((await org.imports.start(file(), confirmed.request)).id)
    expect(run).toMatchObject({ state: 'done', progress: { done: 3_000, counts: { created: 3_000, warnings: 1 } } })
    const table = await org.tables.get(run.tableId ?? '')
    expect(table.columns.map(({ type }) => type)).toEqual(['number', 'dropdown', 'text'])
  })
})

describeOneDatabase('a plan is confirmed', (makeDatabase) => {
  it('against the columns of a table that is there, and refused for those that it has not', async () => {
    await using opened = await openOps(makeDatabase)
    const org = opened.ops.forOrg({ orgId: 'acme', actor })
    const { id: tableId } = await org.tables.create({ name: 'Deals', columns: [{ name: 'Size', type: 'number' }] })
    const { plan } = await org.imports.propose(file(), { target: { kind: 'existing', tableId } })
    const { columns } = await org.imports.confirm(file(), plan)
    expect(columns).toMatchObject([{ name: 'Size', misfits: 1 }])
    const nowhere = {
      ...plan,
      columns: plan.columns.map((column) => ({ ...column, to: { kind: 'existing' as const, column: 'sise' } })),
    }
    const error = await org.imports.confirm(file(), nowhere).catch((thrown: unknown) => thrown)
    expect(isOpsError(error, 'NOT_FOUND') && error.message).toContain('Did you mean "size"?')
  })
})
