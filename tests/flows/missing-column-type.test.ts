import { createOps } from '@opslayer/core'
import { definePlugin, done } from '@opslayer/core/plugin'
import { type AnyColumnType, defineColumnType } from '@opslayer/core/values'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { quarterType } from '../../examples/custom-column-type/quarter-type.ts'
import { describeOneServer } from '../databases/describe-databases.ts'
import type { DatabaseTarget } from '../databases/make-database.ts'
import { databaseOption, migrated, openOps } from './testing/open-ops.ts'
import { memberHeader, serveOps } from './testing/serve-ops.ts'

const member = { orgId: 'acme', id: 'u1', role: 'admin' } as const
const fault =
  'The type "quarter" is missing here, so its cells can only be read. Install it again, change the column to another type, or delete the column.'

const shouter = definePlugin({ id: 'shouter', version: '1.0.0', name: 'Shouter', test: async () => ({}) }).columnType({
  id: 'upper',
  name: 'Capitals',
  description: 'Spells a word in capitals.',
  inputs: z.object({ word: z.string() }),
  value: 'text',
  cell: async (_, { inputs: { word } }) => done(word.toUpperCase()),
})

/** A host behind its server that has these column types and no others. */
async function hostWith(target: DatabaseTarget, columnTypes: readonly AnyColumnType[]) {
  const ops = createOps({ columnTypes, plugins: [shouter], database: databaseOption(target) })
  const served = await serveOps(ops)
  return {
    ops,
    url: served.url,
    client: served.clientOf(member),
    [Symbol.asyncDispose]: async () => {
      await served[Symbol.asyncDispose]()
      await ops.close()
    },
  }
}

describeOneServer('a column of a type that the host took away', (makeDatabase) => {
  it('is flagged and read as stored, refuses writes, and is as it was once the type is back', async () => {
    await using database = await makeDatabase(migrated)
    const { tableId, viewId, first } = await (async () => {
      await using host = await hostWith(database, [quarterType])
      const { client } = host
      const { id: tableId } = await client.tables.create.mutate({
        name: 'Deals',
        columns: [
          { name: 'Deal', type: 'text' },
          { name: 'Closes', type: 'quarter', settings: { firstMonth: 4 }, defaultValue: 'Q1 2026' },
          { name: 'Says', formula: '@deal & " " & @closes' },
          { name: 'Loud', fill: { plugin: 'shouter', part: 'upper', inputs: { word: { column: 'deal' } } } },
        ],
      })
      const { rows } = await client.rows.insert.mutate({
        tableId,
        rows: [{ cells: { deal: 'Northwind', closes: 'Q3 2026' } }, { cells: { deal: 'Bluepeak', closes: null } }],
      })
      const filter = { and: [{ column: 'closes', op: 'after', value: 'Q1 2026' }] }
      const { id: viewId } = await client.views.create.mutate({
        tableId,
        view: { name: 'Late', definition: { filter, sorts: [{ column: 'closes', dir: 'desc' }] } },
      })
      return { tableId, viewId, first: rows[0]?.id ?? '' }
    })()

    await (async () => {
      await using host = await hostWith(database, [])
      const { client } = host
      const { items } = await client.tables.list.query({})
      expect(items[0]?.columns.map(({ typeFault }) => typeFault)).toEqual([null, fault, null, null])
      expect(items[0]?.columns[1]).toMatchObject({ type: 'quarter', settings: { firstMonth: 4 } })
      const { rows } = await client.rows.page.query({ tableId })
      expect(rows.map(({ cells }) => cells.closes)).toEqual(['2026-Q3', null])
      expect(rows[0]?.cells.says).toBe('Northwind 2026-Q3')
      const summary = [{ column: 'closes', aggregate: 'filled' }] as const
      expect((await client.rows.summary.query({ tableId, aggregates: summary })).aggregates).toEqual([1])

      const seen = await client.rows.page.query({ tableId, view: viewId })
      expect(seen.rows).toHaveLength(2)
      const { issues } = await client.views.get.query({ tableId, viewId })
      expect(issues.map(({ path }) => path)).toEqual([
        ['filter', 'and', 0],
        ['sorts', 0],
      ])
      const byName = { column: 'deal', op: 'contains', value: 'north' }
      expect((await client.rows.page.query({ tableId, filter: byName })).rows).toHaveLength(1)
      expect((await client.rows.page.query({ tableId, filter: { search: '2026-q3' } })).rows).toHaveLength(1)
      const input = encodeURIComponent(JSON.stringify({ tableId, query: { format: 'csv' } }))
      const file = await fetch(`${host.url}/exports?input=${input}`, { headers: memberHeader(member) })
      expect((await file.text()).split('\r\n')[1]).toContain('Northwind,2026-Q3,Northwind 2026-Q3')

      const written = await client.rows.update.mutate({
        tableId,
        updates: [{ id: first, cells: { deal: 'Northwind AG', closes: 'Q4 2026' } }],
        onInvalid: 'keep',
      })
      const message = `Column "Closes": ${fault}`
      expect(written.errors).toEqual([{ index: 0, column: 'closes', code: 'COLUMN_TYPE_MISSING', message }])
      const row = await client.rows.get.query({ tableId, rowId: first })
      expect(row?.cells).toMatchObject({ deal: 'Northwind AG', closes: '2026-Q3' })
      const emptied = client.rows.update.mutate({ tableId, updates: [{ id: first, cells: { closes: null } }] })
      expect((await emptied).errors[0]?.code).toBe('COLUMN_TYPE_MISSING')
      const refused = { data: { ops: { code: 'COLUMN_TYPE_MISSING' } } }
      const matching = { tableId, rows: [{ cells: { deal: 'x', closes: 'Q1 2026' } }], match: ['closes'] }
      await expect(client.rows.upsert.mutate(matching)).rejects.toMatchObject(refused)
      const change = (changes: object) => client.columns.update.mutate({ tableId, columnId: 'closes', changes })
      await expect(change({ settings: { firstMonth: 1 } })).rejects.toMatchObject(refused)
      expect(await change({ name: 'Closing', key: 'closes' })).toMatchObject({ name: 'Closing', typeFault: fault })
      await client.rows.insert.mutate({ tableId, rows: [{ cells: { deal: 'Kestrel' } }] })

      const run = await client.cells.run.mutate({ tableId, columnId: 'loud' })
      host.ops.startWorker({ everyMs: 20 })
      const org = host.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
      expect(await org.runs.wait(run.id)).toMatchObject({ state: 'done', progress: { counts: { done: 3 } } })
      const copy = await org.tables.duplicate(tableId, { name: 'Copy' })
      expect(copy.columns[1]).toMatchObject({ type: 'quarter', typeFault: fault })
      expect((await org.rows.page(copy.id)).rows[0]?.cells.closes).toBe('2026-Q3')

      await client.columns.delete.mutate({ tableId, columnId: 'closes', force: true })
      await client.undo.undo.mutate()
      const { column, report } = await client.columns.retype.mutate({
        tableId,
        columnId: 'closes',
        to: { type: 'text' },
      })
      expect(column).toMatchObject({ type: 'text', typeFault: null })
      expect(report).toMatchObject({ converted: 2, refused: 0 })
      await client.undo.undo.mutate()
      const columns = (await client.tables.get.query({ tableId })).columns
      expect(columns[1]).toMatchObject({ type: 'quarter', typeFault: fault, defaultValue: '2026-Q1' })
    })()

    await using host = await hostWith(database, [quarterType])
    const { client } = host
    expect((await client.tables.get.query({ tableId })).columns[1]).toMatchObject({
      name: 'Closing',
      typeFault: null,
      settings: { firstMonth: 4 },
    })
    const { rows } = await client.rows.page.query({ tableId, view: viewId })
    expect(rows.map(({ cells }) => cells.deal)).toEqual(['Northwind AG'])
    expect((await client.views.get.query({ tableId, viewId })).issues).toEqual([])
    const cells = { closes: 'Q4 2026' }
    await client.rows.update.mutate({ tableId, updates: [{ id: first, cells }] })
    const row = await client.rows.get.query({ tableId, rowId: first })
    expect(row?.cells).toMatchObject({ closes: '2026-Q4', says: 'Northwind AG 2026-Q4' })
  })
})

const gradeType = (storage: 'text' | 'numeric') =>
  defineColumnType<unknown, string | number>({
    id: 'grade',
    label: 'Grade',
    description: 'A grade.',
    storage,
    sort: 'value',
    settings: z.unknown(),
    parse: (input) => ({ ok: true, value: input === null ? null : storage === 'text' ? String(input) : Number(input) }),
    format: String,
    toCsv: String,
    compare: () => 0,
    operators: [],
    aggregates: ['filled'],
    canBeUnique: true,
    examples: [],
  })

describeOneServer('a column of a type that the host changed', (makeDatabase) => {
  it('can only be read where its type keeps cells in another way now', async () => {
    await using test = await openOps(makeDatabase, { columnTypes: [gradeType('text')] })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const table = await acme.tables.create({
      name: 'Pupils',
      columns: [{ name: 'Grade', type: 'grade', unique: true }],
    })
    await acme.rows.insert(table.id, [{ cells: { grade: '1-' } }])
    await using host = await hostWith(test.target, [gradeType('numeric')])
    const { client } = host
    const [column] = (await client.tables.get.query({ tableId: table.id })).columns
    expect(column?.typeFault).toContain('keeps its cells in another way now')
    const { rows } = await client.rows.page.query({ tableId: table.id })
    expect(rows[0]?.cells).toEqual({ grade: '1-' })
    const inserted = await client.rows.insert.mutate({ tableId: table.id, rows: [{ cells: { grade: 2 } }] })
    expect(inserted.errors[0]?.code).toBe('COLUMN_TYPE_MISSING')
    const changes = { name: 'Mark', unique: false }
    const update = client.columns.update.mutate({ tableId: table.id, columnId: 'grade', changes })
    expect(await update).toMatchObject({ name: 'Mark', unique: false })
    const made = await client.columns.create.mutate({ tableId: table.id, column: { name: 'New', type: 'grade' } })
    expect(made.typeFault).toBeNull()
  })
})
