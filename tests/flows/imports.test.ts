import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ImportRequest, OrgOps, Run } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { makeOwnedDirectory } from '../databases/owned-directory.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

const people = `Name,Email,Age,Stage
Ada,ADA@Example.com,36,Open
Alan,alan@example.com,forty-one,Won
"Grace, Admiral",grace@example.com,85,Open
`

/** A plan for the file of people. */
function plan(changes: Partial<ImportRequest> = {}): ImportRequest {
  const types = ['text', 'email', 'number', 'dropdown']
  return {
    format: { kind: 'delimited' },
    target: { kind: 'new', name: 'People' },
    columns: ['Name', 'Email', 'Age', 'Stage'].map((header, index) => ({
      index,
      header,
      to: { kind: 'new', name: header, type: types[index] ?? 'text' },
    })),
    ...changes,
  }
}

/** A plan for the same file into a table that is there. */
function into(tableId: string, changes: Partial<ImportRequest> = {}): ImportRequest {
  return plan({
    target: { kind: 'existing', tableId },
    columns: ['Name', 'Email', 'Age', 'Stage'].map((header, index) => ({
      index,
      header,
      to: { kind: 'existing', column: header.toLowerCase() },
    })),
    ...changes,
  })
}

async function imported(org: OrgOps, text: string, request: ImportRequest): Promise<Run> {
  const run = await org.imports.start(Buffer.from(text), request)
  return await org.runs.wait(run.id)
}

async function rowsOf(org: OrgOps, tableId: string) {
  return (await org.rows.page(tableId, { limit: 1_000 })).rows
}

async function errorFile(org: OrgOps, run: Run): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of org.imports.errorFile(run.id)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

describeDatabases('imports', (makeDatabase) => {
  it('make a table of a file, keep what does not fit, add options, and are undone as one', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const run = await imported(org, people, plan())
    expect(run).toMatchObject({
      state: 'done',
      kind: 'import',
      error: null,
      progress: { done: 3, total: 3, counts: { created: 3, rejected: 0, warnings: 1 } },
    })
    const tableId = run.tableId ?? ''
    const table = await org.tables.get(tableId)
    expect(table).toMatchObject({ name: 'People', columns: [{ key: 'name' }, { type: 'email' }, {}, {}] })
    expect(table.columns[3]?.settings).toMatchObject({ options: [{ name: 'Open' }, { name: 'Won' }] })
    const rows = await rowsOf(org, tableId)
    expect(rows.map(({ cells }) => cells)).toEqual([
      { name: 'Ada', email: 'ada@example.com', age: 36, stage: 'open' },
      { name: 'Alan', email: 'alan@example.com', age: null, stage: 'won' },
      { name: 'Grace, Admiral', email: 'grace@example.com', age: 85, stage: 'open' },
    ])
    expect(rows[1]?.warnings).toMatchObject({ age: { original: 'forty-one' } })
    await org.undo()
    await expect(org.tables.get(tableId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await org.redo()
    expect(await rowsOf(org, tableId)).toHaveLength(3)
  })

  it('read streams, paths and bytes', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const first = await imported(org, people, plan())
    const tableId = first.tableId ?? ''
    const chunks = Array.from(Buffer.from(people), (byte) => Buffer.of(byte))
    const streamed = await org.imports.start(Readable.from(chunks), into(tableId))
    expect((await org.runs.wait(streamed.id)).progress.counts).toMatchObject({ created: 3 })
    const directory = makeOwnedDirectory()
    const path = join(directory, 'people.csv')
    writeFileSync(path, people)
    const read = await org.imports.start(path, into(tableId))
    expect((await org.runs.wait(read.id)).progress.counts).toMatchObject({ created: 3 })
    expect(await rowsOf(org, tableId)).toHaveLength(9)
    rmSync(directory, { recursive: true })
  })

  it('reject rows into a file that, corrected, can be imported', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const run = await imported(org, people, plan({ onInvalid: 'reject' }))
    expect(run.progress).toMatchObject({ done: 3, counts: { created: 2, rejected: 1, warnings: 0 } })
    const file = await errorFile(org, run)
    expect(file.split('\r\n')).toEqual([
      '\uFEFF_line,_column,_value,_reason,Name,Email,Age,Stage',
      expect.stringMatching(/^3,Age,forty-one,.+,Alan,alan@example\.com,forty-one,Won$/),
      '',
    ])
    const corrected = file.replace(',forty-one,Won', ',41,Won')
    const again = into(run.tableId ?? '')
    const moved = { ...again, columns: again.columns.map((column) => ({ ...column, index: column.index + 4 })) }
    expect((await imported(org, corrected, moved)).progress.counts).toMatchObject({ created: 1, rejected: 0 })
    expect((await rowsOf(org, run.tableId ?? '')).map(({ cells }) => cells.age)).toEqual([36, 85, 41])
  })

  it('update, make or skip the rows that they match, whatever the case of an address', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const tableId = (await imported(org, people, plan())).tableId ?? ''
    const changed = 'Name,Email,Age,Stage\n,ada@EXAMPLE.com,37,\nAlan,alan@example.com,,Won\nEdsger,e@d.nl,72,Lost\n'
    const updated = await imported(org, changed, into(tableId, { mode: 'update', match: ['email'] }))
    expect(updated.progress.counts).toMatchObject({ created: 0, updated: 1, unchanged: 1, skipped: 1 })
    expect((await rowsOf(org, tableId))[0]?.cells).toMatchObject({ name: 'Ada', age: 37, stage: 'open' })
    const skipped = await imported(org, changed, into(tableId, { mode: 'skip', match: ['email'], newOptions: 'add' }))
    expect(skipped.progress.counts).toMatchObject({ created: 1, updated: 0, skipped: 2 })
    const upserted = await imported(org, changed, into(tableId, { mode: 'upsert', match: ['email'] }))
    expect(upserted.progress.counts).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
    const rows = await rowsOf(org, tableId)
    expect(rows.at(-1)?.cells).toEqual({ name: 'Edsger', email: 'e@d.nl', age: 72, stage: 'lost' })
    await org.undoOperation(updated.operation)
    expect((await rowsOf(org, tableId))[0]?.cells.age).toBe(36)
  })
})
