import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FileStore, ImportRequest, OrgOps, Run } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../databases/describe-databases.ts'
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

describeBothKinds('imports', (makeDatabase) => {
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
    const { plan: again } = await org.imports.propose(Buffer.from(corrected), {
      target: { kind: 'existing', tableId: run.tableId ?? '' },
    })
    expect(again.columns.map(({ header }) => header)).toEqual(['Name', 'Email', 'Age', 'Stage'])
    expect((await imported(org, corrected, again)).progress.counts).toMatchObject({ created: 1, rejected: 0 })
    expect((await rowsOf(org, run.tableId ?? '')).map(({ cells }) => cells.age)).toEqual([36, 85, 41])
  })

  it('give back what an export kept from being computed as it was, also by the way of a file of rejected rows', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const exported = "Name,Email,Age,Stage\n'=1+1,,x,Open\n'abc,,x,Open\n''=1,,x,Open\n=1+2,,x,Open\n"
    const run = await imported(org, exported, plan({ onInvalid: 'reject' }))
    expect(run.progress.counts).toMatchObject({ created: 0, rejected: 4 })
    const corrected = (await errorFile(org, run)).replaceAll(',x,Open', ',5,Open')
    const { plan: again } = await org.imports.propose(Buffer.from(corrected), {
      target: { kind: 'existing', tableId: run.tableId ?? '' },
    })
    await imported(org, corrected, again)
    const names = (await rowsOf(org, run.tableId ?? '')).map(({ cells }) => cells.name)
    expect(names).toEqual(['=1+1', "'abc", "'=1", '=1+2'])
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

  it('take the first, the last or all of the rows that mean the same', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const file = 'Name,Email,Age,Stage\nA,x@y.de,1,\nB,X@Y.de,2,\n,x@y.de,3,Open\nC,,4,\nD,,5,\n'
    const cells = async (duplicates: 'first' | 'last' | 'merge') => {
      const run = await imported(org, file, plan({ mode: 'upsert', match: ['email'], duplicates }))
      expect(run.progress.counts).toMatchObject({ created: 3, duplicates: 2 })
      return (await rowsOf(org, run.tableId ?? ''))[0]?.cells
    }
    expect(await cells('first')).toEqual({ name: 'A', email: 'x@y.de', age: 1, stage: null })
    expect(await cells('last')).toEqual({ name: null, email: 'x@y.de', age: 3, stage: 'open' })
    expect(await cells('merge')).toEqual({ name: 'B', email: 'x@y.de', age: 3, stage: 'open' })
  })

  it('reject rows whose cell must be unique and is not, with the row that is there unharmed', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await org.tables.create({
      name: 'People',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Email', type: 'email', unique: true },
        { name: 'Age', type: 'number' },
        { name: 'Stage', type: 'text' },
      ],
    })
    await org.rows.insert(table.id, [{ cells: { name: 'There', email: 'alan@example.com' } }])
    const run = await imported(org, `${people}Twice,ada@example.com,1,Open\n`, into(table.id))
    expect(run.progress.counts).toMatchObject({ created: 2, rejected: 2 })
    const lines = (await errorFile(org, run)).split('\r\n')
    expect(lines[1]).toMatch(/^3,Email,alan@example\.com,.*must be unique/)
    expect(lines[2]).toMatch(/^5,Email,ada@example\.com,.*must be unique/)
    expect((await rowsOf(org, table.id)).map((row) => row.cells.name)).toEqual(['There', 'Ada', 'Grace, Admiral'])
  })

  it('take files with headers and cells that no text in the database can hold', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const file = 'Na\0me,E-mail\nA\0da,ada@example.com\nAlan,al\0an\n'
    const { plan: proposed } = await org.imports.propose(Buffer.from(file), { target: { kind: 'new', name: 'Odd' } })
    const run = await imported(org, file, { ...proposed, onInvalid: 'keep' })
    expect(run).toMatchObject({ state: 'done', progress: { done: 2 } })
    const { created = 0, rejected = 0 } = run.progress.counts
    expect(created + rejected).toBe(2)
  })
})

describeOneDatabase('imports', (makeDatabase) => {
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

  it('say beforehand what they would do, and do just that', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const file = Buffer.from(`${people}Ada again,ada@example.com,37,Lost\nNobody,,x,Open\n`)
    for (const changes of [
      {},
      { onInvalid: 'reject' },
      { mode: 'upsert', match: ['email'] },
      { mode: 'skip', match: ['email'], duplicates: 'first', newOptions: 'refuse' },
      { mode: 'update', match: ['email'], duplicates: 'last', onInvalid: 'reject' },
    ] as const) {
      const tableId = (await imported(org, people, plan({ columns: plan().columns.slice(0, 3) }))).tableId ?? ''
      const stage = { index: 3, header: 'Stage', to: { kind: 'new', name: 'Stage', type: 'dropdown' } } as const
      const whole = into(tableId, changes)
      const request = { ...whole, columns: [...whole.columns.slice(0, 3), stage] }
      const check = await org.imports.check(file, request)
      const run = await org.runs.wait((await org.imports.start(file, request)).id)
      const { created, updated, unchanged, skipped, duplicates, rejected, warnings } = check
      expect({ created, updated, unchanged, skipped, duplicates, rejected, warnings }).toEqual(run.progress.counts)
      expect(check.rows).toBe(run.progress.done)
      expect(created + updated + unchanged + skipped + duplicates + rejected).toBe(5)
    }
    const check = await org.imports.check(file, plan({ mode: 'upsert', match: ['email'], onInvalid: 'reject' }))
    expect(check).toMatchObject({
      created: 2,
      duplicates: 1,
      rejected: 2,
      newOptions: { Stage: ['Open', 'Won', 'Lost'] },
    })
    expect(check.rejectedRows[0]).toMatchObject({ line: 3, columns: ['Age'], values: ['forty-one'] })
  })

  it('go on when the table changes under them', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const rows = 30_000
    const file = `Name,Email,Age,Stage\n${Array.from({ length: rows }, (_, n) => `P${n},p${n}@x.de,${n},`).join('\n')}\n`
    const run = await org.imports.start(Buffer.from(file), plan())
    const tableId = run.tableId ?? ''
    for await (const { progress } of org.runs.watch(run.id)) {
      if (progress.done > 0) break
    }
    await org.columns.create(tableId, { name: 'Late', type: 'text' })
    await org.columns.update(tableId, 'age', { name: 'Years', key: 'years' })
    expect(await org.runs.wait(run.id)).toMatchObject({ state: 'done', progress: { counts: { created: rows } } })
    expect((await org.rows.count(tableId)).count).toBe(rows)
    expect(
      (await org.rows.page(tableId, { sort: [{ column: 'years', dir: 'desc' }], limit: 1 })).rows[0]?.cells,
    ).toMatchObject({ name: `P${rows - 1}`, email: `p${rows - 1}@x.de`, years: rows - 1 })
  })

  it('propose what was mapped before for files with the same headers', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const tableId = (await imported(org, people, plan())).tableId ?? ''
    const strange = 'Wer,Wo,Alter\nAda,ada@example.com,36\n'
    const upload = await org.imports.upload(Readable.from([Buffer.from(strange)]), { name: 'strange.csv' })
    const target = { kind: 'existing', tableId } as const
    const { plan: proposed } = await org.imports.propose(upload, { target })
    const columns = ['name', 'email', 'age'].map((column, index) => ({
      index,
      header: strange.split('\n')[0]?.split(',')[index] ?? '',
      to: { kind: 'existing' as const, column },
    }))
    await org.runs.wait((await org.imports.start(upload, { ...proposed, columns })).id)
    const again = await org.imports.propose(Buffer.from('Alter;Wer;Wo\n1;Bob;bob@example.com\n'), { target })
    const { columns: own } = await org.tables.get(tableId)
    const keys = again.plan.columns.map(
      ({ to }) => own.find(({ id }) => to.kind === 'existing' && id === to.column)?.key,
    )
    expect(keys).toEqual(['age', 'name', 'email'])
    expect(await org.runs.wait((await org.imports.start(upload, plan())).id)).toMatchObject({
      state: 'failed',
      error: { code: 'NOT_FOUND' },
    })
    const other = test.ops.forOrg({ orgId: 'other', actor })
    await expect(other.imports.propose(upload, { target: { kind: 'new', name: 'Mine' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('fail with a sentence where the file is gone or has changed, and refuse plans that cannot be', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const broken = plan({ format: { kind: 'json-array' }, columns: plan().columns.slice(0, 1) })
    expect(await imported(org, people, broken)).toMatchObject({ state: 'failed', error: { code: 'INVALID_INPUT' } })
    const columns = plan().columns
    const refused: [Partial<ImportRequest>, string][] = [
      [{ columns: [...columns, ...columns] }, 'INVALID_INPUT'],
      [{ mode: 'upsert' }, 'INVALID_INPUT'],
      [{ match: ['email'] }, 'INVALID_INPUT'],
      [{ mode: 'upsert', match: ['phone'] }, 'NOT_FOUND'],
      [{ target: { kind: 'existing', tableId: 'tbl_zzzzzzzzzzzzzzzz' } }, 'NOT_FOUND'],
      [
        { columns: columns.map((column) => ({ ...column, to: { kind: 'existing', column: 'name' } })) },
        'INVALID_INPUT',
      ],
    ]
    for (const [changes, code] of refused)
      await expect(org.imports.start(Buffer.from(people), plan(changes))).rejects.toMatchObject({ code })
    expect((await org.tables.list()).items).toHaveLength(1)
    await expect(org.imports.start('/nowhere/at-all.csv', plan())).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('leave nothing behind where the upload breaks off, and say why', async () => {
    await using test = await openOps(makeDatabase)
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from(people)
        throw new Error('The connection was cut.')
      })(),
    )
    await expect(org.imports.start(broken, plan())).rejects.toThrow('The connection was cut.')
    expect((await org.tables.list()).items).toEqual([])
    expect((await org.runs.list()).items).toEqual([])
  })

  it('keep an upload until they end, and no longer than their org', async () => {
    const kept = new Map<string, Buffer>()
    const files: FileStore = {
      write: async (name, content) => {
        const whole = await buffer(content)
        kept.set(name, whole)
        return whole.length
      },
      read: async (name, { from }) => Readable.from([kept.get(name)?.subarray(from) ?? '']),
      delete: async (name) => void kept.delete(name),
    }
    await using test = await openOps(makeDatabase, { files })
    const org = test.ops.forOrg({ orgId: 'acme', actor })
    expect((await imported(org, people, plan())).state).toBe('done')
    await expect.poll(() => kept.size).toBe(0)
    const broken = plan({ format: { kind: 'json-array' }, columns: plan().columns.slice(0, 1) })
    expect((await imported(org, people, broken)).state).toBe('failed')
    expect(kept.size).toBe(1)
    await test.ops.eraseOrg('acme')
    expect(kept.size).toBe(0)
  })
})
