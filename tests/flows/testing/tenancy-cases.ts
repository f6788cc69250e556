import { Writable } from 'node:stream'
import type { OrgOps } from '@opslayer/core'
import { textOf } from './read-export.ts'

/** The ids that a call is made with; whose they are differs from variant to variant. */
export interface Ids {
  readonly table: string
  readonly column: string
  readonly row: string
  readonly view: string
  readonly operation: string
  readonly connection: string
  readonly run: string
  readonly feed: string
  readonly schedule: string
  /** A second table of the org. */
  readonly other: string
  readonly cursors: Readonly<Record<'rows' | 'deleted' | 'views' | 'list' | 'changes', string>>
}

/** One way to call a method, with the ids that it takes. */
export interface TenancyCase {
  readonly takes: readonly (keyof Ids)[]
  readonly call: (org: OrgOps, ids: Ids) => unknown
}

const table = (call: TenancyCase['call']): TenancyCase => ({ takes: ['table'], call })
const within = (part: keyof Ids, call: TenancyCase['call']): TenancyCase => ({ takes: ['table', part], call })
const connection = (call: TenancyCase['call']): TenancyCase => ({ takes: ['connection'], call })
const ofRun = (call: TenancyCase['call']): TenancyCase => ({ takes: ['run'], call })
const ofFeed = (call: TenancyCase['call']): TenancyCase => ({ takes: ['feed'], call })
const ofSchedule = (call: TenancyCase['call']): TenancyCase => ({ takes: ['schedule'], call })
const alone = (call: TenancyCase['call']): TenancyCase => ({ takes: [], call })

async function collect(pages: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const page of pages) all.push(page)
  return all
}

/** A file into a table, or into a column of it. */
const asImport = (tableId: string, column = 'name') =>
  ({
    format: { kind: 'delimited' },
    target: { kind: 'existing', tableId },
    columns: [{ index: 0, header: 'Name', to: { kind: 'existing', column } }],
  }) as const
const file = Buffer.from('Name\nmine\n')

const source = (connectionId: string) => ({ plugin: 'offline', part: 'nothing', connectionId })
const push = (connectionId: string, column = 'name') => ({
  plugin: 'offline',
  part: 'push',
  connectionId,
  settings: { list: 'a' },
  inputs: { email: { column } },
})

const filtered = (column: string) => ({ column, op: 'is_not_empty' }) as const

/** How to call each public method with ids: a method without a case fails the test of tenancy. */
export const tenancyCases: Readonly<Record<string, readonly TenancyCase[]>> = {
  'tables.create': [alone((org) => org.tables.create({ name: 'New', columns: [{ name: 'A', type: 'text' }] }))],
  'tables.get': [table((org, ids) => org.tables.get(ids.table))],
  'tables.list': [
    alone((org) => org.tables.list({ deleted: true })),
    { takes: ['cursors'], call: (org, ids) => org.tables.list({ cursor: ids.cursors.list }) },
  ],
  'tables.update': [table((org, ids) => org.tables.update(ids.table, { name: 'Mine now' }))],
  'tables.duplicate': [table((org, ids) => org.tables.duplicate(ids.table))],
  'tables.copyFrom': [
    table((org, ids) => org.tables.copyFrom(ids.table, { from: ids.other })),
    within('other', (org, ids) => org.tables.copyFrom(ids.table, { from: ids.other })),
  ],
  'tables.delete': [table((org, ids) => org.tables.delete(ids.table))],
  'tables.restore': [table((org, ids) => org.tables.restore(ids.table))],
  'tables.sqlView': [table((org, ids) => org.tables.sqlView(ids.table))],
  'columns.create': [table((org, ids) => org.columns.create(ids.table, { name: 'Mine', type: 'text' }))],
  'columns.update': [within('column', (org, ids) => org.columns.update(ids.table, ids.column, { name: 'Mine' }))],
  'columns.previewRetype': [
    within('column', (org, ids) => org.columns.previewRetype(ids.table, ids.column, { type: 'number' })),
  ],
  'columns.retype': [within('column', (org, ids) => org.columns.retype(ids.table, ids.column, { type: 'number' }))],
  'columns.move': [within('column', (org, ids) => org.columns.move(ids.table, ids.column, 0))],
  'columns.delete': [within('column', (org, ids) => org.columns.delete(ids.table, ids.column))],
  'columns.restore': [within('column', (org, ids) => org.columns.restore(ids.table, ids.column))],
  'rows.insert': [
    table((org, ids) => org.rows.insert(ids.table, [{ cells: {} }])),
    within('row', (org, ids) => org.rows.insert(ids.table, [{ cells: {} }], { place: { after: ids.row } })),
    within('column', (org, ids) =>
      org.rows.insert(ids.table, [{ cells: { [ids.column]: 'mine' } }], { onInvalid: 'reject' }),
    ),
  ],
  'rows.load': [table((org, ids) => org.rows.load(ids.table, [{ cells: { name: 'mine' } }]))],
  'rows.update': [within('row', (org, ids) => org.rows.update(ids.table, [{ id: ids.row, cells: { name: 'mine' } }]))],
  'rows.updateWhere': [
    table((org, ids) => org.rows.updateWhere(ids.table, 'all', { name: 'mine' })),
    within('column', (org, ids) => org.rows.updateWhere(ids.table, filtered(ids.column), { name: 'mine' })),
    within('column', (org, ids) => org.rows.updateWhere(ids.table, 'all', { [ids.column]: 'mine' })),
  ],
  'rows.upsert': [
    table((org, ids) =>
      org.rows.upsert(ids.table, [{ externalKey: 'k1', cells: { name: 'mine' } }], { match: 'external-key' }),
    ),
    within('column', (org, ids) => org.rows.upsert(ids.table, [{ cells: { name: 'mine' } }], { match: [ids.column] })),
  ],
  'rows.delete': [within('row', (org, ids) => org.rows.delete(ids.table, [ids.row]))],
  'rows.deleteWhere': [
    table((org, ids) => org.rows.deleteWhere(ids.table, 'all')),
    within('column', (org, ids) => org.rows.deleteWhere(ids.table, filtered(ids.column))),
  ],
  'rows.restore': [within('row', (org, ids) => org.rows.restore(ids.table, [ids.row]))],
  'rows.deleted': [
    table((org, ids) => org.rows.deleted(ids.table)),
    within('cursors', (org, ids) => org.rows.deleted(ids.table, { cursor: ids.cursors.deleted })),
  ],
  'rows.move': [
    within('row', (org, ids) => org.rows.move(ids.table, [ids.row], { at: 'start' })),
    within('row', (org, ids) => org.rows.move(ids.table, [], { before: ids.row })),
  ],
  'rows.get': [within('row', (org, ids) => org.rows.get(ids.table, ids.row))],
  'rows.getMany': [within('row', (org, ids) => org.rows.getMany(ids.table, [ids.row]))],
  'rows.page': [
    table((org, ids) => org.rows.page(ids.table)),
    within('view', (org, ids) => org.rows.page(ids.table, { view: ids.view })),
    within('column', (org, ids) => org.rows.page(ids.table, { filter: filtered(ids.column) })),
    within('column', (org, ids) => org.rows.page(ids.table, { sort: [{ column: ids.column, dir: 'asc' }] })),
    within('cursors', (org, ids) => org.rows.page(ids.table, { cursor: ids.cursors.rows })),
  ],
  'rows.pages': [
    table((org, ids) => collect(org.rows.pages(ids.table))),
    within('view', (org, ids) => collect(org.rows.pages(ids.table, { view: ids.view }))),
  ],
  'rows.window': [
    table((org, ids) => org.rows.window(ids.table, { offset: 0 })),
    within('view', (org, ids) => org.rows.window(ids.table, { offset: 0, view: ids.view })),
  ],
  'rows.count': [
    table((org, ids) => org.rows.count(ids.table)),
    within('view', (org, ids) => org.rows.count(ids.table, { view: ids.view })),
  ],
  'rows.groups': [
    table((org, ids) => org.rows.groups(ids.table, { groupBy: [{ column: 'name' }] })),
    within('column', (org, ids) => org.rows.groups(ids.table, { groupBy: [{ column: ids.column }] })),
    within('view', (org, ids) => org.rows.groups(ids.table, { groupBy: [{ column: 'name' }], view: ids.view })),
  ],
  'rows.summary': [
    table((org, ids) => org.rows.summary(ids.table, { aggregates: [{ column: 'name', aggregate: 'filled' }] })),
    within('column', (org, ids) =>
      org.rows.summary(ids.table, { aggregates: [{ column: ids.column, aggregate: 'filled' }] }),
    ),
    within('view', (org, ids) => org.rows.summary(ids.table, { aggregates: [], view: ids.view })),
  ],
  'rows.distinct': [
    table((org, ids) => org.rows.distinct(ids.table, { column: 'name' })),
    within('column', (org, ids) => org.rows.distinct(ids.table, { column: ids.column })),
  ],
  'rows.find': [
    table((org, ids) => org.rows.find(ids.table, { text: 'SECRET' })),
    within('view', (org, ids) => org.rows.find(ids.table, { text: 'SECRET', view: ids.view })),
    within('cursors', (org, ids) => org.rows.find(ids.table, { text: 'a', cursor: ids.cursors.rows })),
  ],
  'rows.locate': [
    table((org, ids) => org.rows.locate(ids.table, { rowId: '1' })),
    within('row', (org, ids) => org.rows.locate(ids.table, { rowId: ids.row })),
    within('view', (org, ids) => org.rows.locate(ids.table, { rowId: '1', view: ids.view })),
  ],
  'imports.upload': [alone(async (org) => ({ ...(await org.imports.upload(file)), upload: '' }))],
  'imports.propose': [
    table((org, ids) => org.imports.propose(file, { target: { kind: 'existing', tableId: ids.table } })),
  ],
  'imports.confirm': [
    table((org, ids) => org.imports.confirm(file, asImport(ids.table))),
    within('column', (org, ids) => org.imports.confirm(file, asImport(ids.table, ids.column))),
  ],
  'imports.check': [
    table((org, ids) => org.imports.check(file, asImport(ids.table))),
    within('column', (org, ids) => org.imports.check(file, asImport(ids.table, ids.column))),
  ],
  'imports.start': [
    table((org, ids) => org.imports.start(file, asImport(ids.table))),
    within('column', (org, ids) => org.imports.start(file, asImport(ids.table, ids.column))),
  ],
  'imports.errorFile': [ofRun((org, ids) => collect(org.imports.errorFile(ids.run)))],
  'cells.preview': [table((org, ids) => org.cells.preview(ids.table, { fill: { plugin: 'paid', part: 'upper' } }))],
  'cells.estimate': [
    table((org, ids) => org.cells.estimate(ids.table, 'name')),
    within('column', (org, ids) => org.cells.estimate(ids.table, ids.column)),
  ],
  'cells.run': [
    table((org, ids) => org.cells.run(ids.table, 'name')),
    within('column', (org, ids) => org.cells.run(ids.table, ids.column)),
  ],
  'cells.explain': [
    table((org, ids) => org.cells.explain(ids.table, '1', 'name')),
    within('row', (org, ids) => org.cells.explain(ids.table, ids.row, 'name')),
  ],
  'budgets.set': [alone((org) => org.budgets.set({ unit: 'credit', perMonth: 5 }))],
  'budgets.list': [alone((org) => org.budgets.list())],
  'budgets.spend': [alone((org) => org.budgets.spend())],
  'runs.log': [ofRun((org, ids) => org.runs.log(ids.run))],
  'runs.retry': [ofRun((org, ids) => org.runs.retry(ids.run))],
  'runs.get': [ofRun((org, ids) => org.runs.get(ids.run))],
  'runs.list': [
    alone((org) => org.runs.list()),
    table((org, ids) => org.runs.list({ tableId: ids.table, states: ['queued'] })),
  ],
  'runs.pause': [ofRun((org, ids) => org.runs.pause(ids.run))],
  'runs.resume': [ofRun((org, ids) => org.runs.resume(ids.run))],
  'runs.cancel': [ofRun((org, ids) => org.runs.cancel(ids.run))],
  'runs.watch': [ofRun((org, ids) => collect(org.runs.watch(ids.run)))],
  'runs.wait': [ofRun((org, ids) => org.runs.wait(ids.run))],
  'exports.stream': [
    table(async (org, ids) => await textOf(await org.exports.stream(ids.table, { format: 'csv' }))),
    within('view', async (org, ids) => {
      return await textOf(await org.exports.stream(ids.table, { format: 'jsonl', view: ids.view }))
    }),
    within('column', async (org, ids) => {
      return await textOf(await org.exports.stream(ids.table, { format: 'csv', columns: [ids.column] }))
    }),
    within('column', async (org, ids) => {
      return await textOf(await org.exports.stream(ids.table, { format: 'csv', filter: filtered(ids.column) }))
    }),
  ],
  'exports.writeTo': [
    table(async (org, ids) => {
      const chunks: Buffer[] = []
      const sink = new Writable({
        write: (chunk, _encoding, done) => {
          chunks.push(chunk)
          done()
        },
      })
      const report = await org.exports.writeTo(ids.table, { format: 'csv' }, sink)
      return { report, text: Buffer.concat(chunks).toString('utf8') }
    }),
  ],
  'history.row': [within('row', (org, ids) => org.history.row(ids.table, ids.row))],
  'history.cell': [
    within('row', (org, ids) => org.history.cell(ids.table, ids.row, 'name')),
    within('column', (org, ids) => org.history.cell(ids.table, '1', ids.column)),
  ],
  'history.table': [
    table((org, ids) => org.history.table(ids.table)),
    within('cursors', (org, ids) => org.history.table(ids.table, { cursor: ids.cursors.list })),
  ],
  'changes.read': [
    alone((org) => org.changes.read({ values: true, limit: 1_000 })),
    {
      takes: ['cursors'],
      call: (org, ids) => org.changes.read({ after: ids.cursors.changes, values: true, limit: 1_000 }),
    },
  ],
  'changes.follow': [
    alone(async (org) => {
      for await (const page of org.changes.follow({ values: true, limit: 1_000 })) return page
      return undefined
    }),
  ],
  'changes.end': [alone((org) => org.changes.end())],
  'changes.prune': [alone((org) => org.changes.prune())],
  'settings.get': [alone((org) => org.settings.get())],
  'settings.update': [alone((org) => org.settings.update({ locale: 'de' }))],
  undo: [alone((org) => org.undo())],
  redo: [alone((org) => org.redo())],
  undoOperation: [{ takes: ['operation'], call: (org, ids) => org.undoOperation(ids.operation) }],
  undoState: [alone((org) => org.undoState())],
  'views.create': [
    table((org, ids) => org.views.create(ids.table, { name: 'Mine' })),
    within('column', (org, ids) =>
      org.views.create(ids.table, { name: 'Mine', definition: { filter: filtered(ids.column) } }),
    ),
  ],
  'views.get': [within('view', (org, ids) => org.views.get(ids.table, ids.view))],
  'views.list': [
    table((org, ids) => org.views.list(ids.table)),
    within('cursors', (org, ids) => org.views.list(ids.table, { cursor: ids.cursors.views })),
  ],
  'views.update': [within('view', (org, ids) => org.views.update(ids.table, ids.view, { name: 'Mine' }))],
  'views.rename': [within('view', (org, ids) => org.views.rename(ids.table, ids.view, 'Mine'))],
  'views.duplicate': [within('view', (org, ids) => org.views.duplicate(ids.table, ids.view))],
  'views.move': [within('view', (org, ids) => org.views.move(ids.table, ids.view, 0))],
  'views.delete': [within('view', (org, ids) => org.views.delete(ids.table, ids.view))],
  'views.restore': [within('view', (org, ids) => org.views.restore(ids.table, ids.view))],
  'formulas.check': [
    table((org, ids) => org.formulas.check(ids.table, '1 + 1')),
    within('column', (org, ids) => org.formulas.check(ids.table, '1 + 1', { columnId: ids.column })),
  ],
  'formulas.preview': [
    table((org, ids) => org.formulas.preview(ids.table, 'LEN(@name)')),
    within('column', (org, ids) => org.formulas.preview(ids.table, '1 + 1', { columnId: ids.column })),
  ],
  'formulas.functions': [alone((org) => org.formulas.functions({ limit: 1 }))],
  'formulas.recompute': [table((org, ids) => org.formulas.recompute(ids.table))],
  'formulas.refresh': [
    alone((org) => org.formulas.refresh()),
    table((org, ids) => org.formulas.refresh({ tableId: ids.table })),
  ],
  'keys.create': [alone((org) => org.keys.create({ name: 'Mine', role: 'viewer' }))],
  'keys.list': [alone((org) => org.keys.list())],
  'keys.revoke': [
    alone(async (org) => {
      const { id } = await org.keys.create({ name: 'Mine', role: 'viewer' })
      return await org.keys.revoke(id)
    }),
  ],
  'audit.add': [alone((org) => org.audit.add({ action: 'mine', outcome: 'done' }))],
  'calls.list': [alone((org) => org.calls.list())],
  'calls.sums': [alone((org) => org.calls.sums({ unit: 'hour', from: '2026-01-01T00:00:00Z' }))],
  'audit.list': [alone((org) => org.audit.list())],
  'audit.export': [alone((org) => collect(org.audit.export()))],
  'audit.verify': [alone((org) => org.audit.verify())],
  'plugins.list': [alone((org) => org.plugins.list())],
  'plugins.options': [
    connection((org, ids) =>
      org.plugins.options({
        plugin: 'offline',
        kind: 'actions',
        part: 'push',
        field: 'list',
        connectionId: ids.connection,
      }),
    ),
  ],
  'connections.connect': [alone((org) => org.connections.connect({ plugin: 'offline', credentials: { key: 'mine' } }))],
  'connections.beginOAuth': [
    connection((org, ids) =>
      org.connections.beginOAuth({
        plugin: 'consent',
        redirectUri: 'https://app.example.com/callback',
        session: 'a session of the browser',
        connectionId: ids.connection,
      }),
    ),
  ],
  'connections.test': [connection((org, ids) => org.connections.test(ids.connection))],
  'connections.reconnect': [
    connection((org, ids) => org.connections.reconnect(ids.connection, { credentials: { key: 'mine' } })),
  ],
  'connections.rename': [connection((org, ids) => org.connections.rename(ids.connection, 'Mine now'))],
  'connections.disconnect': [connection((org, ids) => org.connections.disconnect(ids.connection))],
  'connections.get': [connection((org, ids) => org.connections.get(ids.connection))],
  'connections.list': [alone((org) => org.connections.list())],
  'connections.names': [alone((org) => org.connections.names())],
  'connections.webhooks': [connection((org, ids) => org.connections.webhooks(ids.connection))],
  'connections.deliveries': [connection((org, ids) => org.connections.deliveries(ids.connection))],
  'connections.retryDelivery': [
    connection((org, ids) => org.connections.retryDelivery(ids.connection, 'dlv_zzzzzzzzzzzzzzzzz')),
  ],
  'connections.events': [connection((org, ids) => org.connections.events(ids.connection))],
  'sources.preview': [connection((org, ids) => org.sources.preview(source(ids.connection)))],
  'sources.start': [
    within('connection', (org, ids) => org.sources.start(ids.table, source(ids.connection))),
    {
      takes: ['table', 'column', 'connection'],
      call: (org, ids) => org.sources.start(ids.table, { ...source(ids.connection), columns: { name: ids.column } }),
    },
  ],
  'sources.problems': [ofRun((org, ids) => org.sources.problems(ids.run))],
  'sources.create': [within('connection', (org, ids) => org.sources.create(ids.table, source(ids.connection)))],
  'sources.get': [ofFeed((org, ids) => org.sources.get(ids.feed))],
  'sources.list': [
    table((org, ids) => org.sources.list({ tableId: ids.table })),
    connection((org, ids) => org.sources.list({ connectionId: ids.connection })),
  ],
  'sources.update': [
    ofFeed((org, ids) => org.sources.update(ids.feed, { name: 'Mine now' })),
    {
      takes: ['feed', 'connection'],
      call: (org, ids) => org.sources.update(ids.feed, { connectionId: ids.connection }),
    },
  ],
  'sources.delete': [ofFeed((org, ids) => org.sources.delete(ids.feed))],
  'sources.sync': [ofFeed((org, ids) => org.sources.sync(ids.feed))],
  'actions.estimate': [
    {
      takes: ['table', 'column', 'connection'],
      call: (org, ids) => org.actions.estimate(ids.table, push(ids.connection, ids.column)),
    },
  ],
  'actions.start': [
    within('connection', (org, ids) => org.actions.start(ids.table, push(ids.connection))),
    {
      takes: ['table', 'row', 'connection'],
      call: (org, ids) => org.actions.start(ids.table, { ...push(ids.connection), rows: [ids.row] }),
    },
  ],
  'actions.retry': [ofRun((org, ids) => org.actions.retry(ids.run))],
  'actions.log': [ofRun((org, ids) => org.actions.log(ids.run))],
  'schedules.create': [
    ofFeed((org, ids) =>
      org.schedules.create({ name: 'New', cron: '0 6 * * *', what: { kind: 'sync', feedId: ids.feed } }),
    ),
  ],
  'schedules.get': [ofSchedule((org, ids) => org.schedules.get(ids.schedule))],
  'schedules.list': [alone((org) => org.schedules.list())],
  'schedules.nextRuns': [alone((org) => org.schedules.nextRuns({ cron: '0 6 * * *' }))],
  'schedules.update': [ofSchedule((org, ids) => org.schedules.update(ids.schedule, { name: 'Mine now' }))],
  'schedules.delete': [ofSchedule((org, ids) => org.schedules.delete(ids.schedule))],
  'advisor.run': [alone((org) => org.advisor.run()), table((org, ids) => org.advisor.run({ tableId: ids.table }))],
  'advisor.explain': [table((org, ids) => org.advisor.explain(ids.table))],
  purge: [alone((org) => org.purge({ before: new Date() }))],
}

/** `rows.page`, `undo`, …: the methods of whatever `forOrg` returns. */
export function methodsOf(face: object, path = ''): string[] {
  return Object.entries(face).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (typeof member === 'function') return [at]
    return typeof member === 'object' && member !== null ? methodsOf(member, at) : []
  })
}
