import type { ProcedureName } from '@opslayer/server'

/** The ids that a procedure is called with. */
export interface ProcedureIds {
  readonly table: string
  readonly column: string
  readonly row: string
  readonly view: string
  readonly operation: string
  readonly run: string
}

type InputOf = (ids: ProcedureIds) => unknown

const nothing: InputOf = () => ({})
const table: InputOf = ({ table: tableId }) => ({ tableId })
const column: InputOf = ({ table: tableId, column: columnId }) => ({ tableId, columnId })
const row: InputOf = ({ table: tableId, row: rowId }) => ({ tableId, rowId })
const rows: InputOf = ({ table: tableId, row: rowId }) => ({ tableId, rowIds: [rowId] })
const view: InputOf = ({ table: tableId, view: viewId }) => ({ tableId, viewId })
const run: InputOf = ({ run: runId }) => ({ runId })
const connection: InputOf = ({ run: connectionId }) => ({ connectionId })
const feed: InputOf = ({ run: feedId }) => ({ feedId })
const schedule: InputOf = ({ run: scheduleId }) => ({ scheduleId })
const source = { plugin: 'none', part: 'none' }
const within =
  (base: InputOf, more: object): InputOf =>
  (ids) => ({ ...(base(ids) as object), ...more })

const file = { upload: `upload_${'a'.repeat(32)}`, name: 'a.csv', size: 1 }
const plan = { target: { kind: 'new', name: 'New' }, format: { kind: 'jsonl' }, columns: [] }

/** A right input for each procedure, but for whose ids it names. */
export const procedureInputs: Readonly<Record<ProcedureName, InputOf>> = {
  'tables.create': () => ({ name: 'New', columns: [{ name: 'A', type: 'text' }] }),
  'tables.get': table,
  'tables.list': nothing,
  'tables.update': within(table, { changes: { name: 'Renamed' } }),
  'tables.duplicate': table,
  'tables.copyFrom': ({ table: tableId }) => ({ tableId, request: { from: tableId } }),
  'tables.delete': table,
  'tables.restore': table,
  'columns.create': within(table, { column: { name: 'New', type: 'text' } }),
  'columns.update': within(column, { changes: { name: 'Renamed' } }),
  'columns.previewRetype': within(column, { to: { type: 'number' } }),
  'columns.retype': within(column, { to: { type: 'number' } }),
  'columns.move': within(column, { place: 0 }),
  'columns.delete': column,
  'columns.restore': column,
  'rows.insert': within(table, { rows: [{ cells: {} }] }),
  'rows.update': ({ table: tableId, row: id }) => ({ tableId, updates: [{ id, cells: { name: 'new' } }] }),
  'rows.updateWhere': within(table, { filter: 'all', cells: { name: 'new' } }),
  'rows.upsert': within(table, { rows: [{ externalKey: 'k0', cells: { name: 'new' } }], match: 'external-key' }),
  'rows.delete': rows,
  'rows.deleteWhere': within(table, { filter: 'all' }),
  'rows.restore': rows,
  'rows.move': within(rows, { place: { at: 'start' } }),
  'rows.deleted': table,
  'rows.get': row,
  'rows.getMany': rows,
  'rows.page': ({ table: tableId, view: viewId }) => ({ tableId, view: viewId }),
  'rows.window': ({ table: tableId, column: sorted }) => ({ tableId, offset: 0, sort: [{ column: sorted }] }),
  'rows.count': ({ table: tableId, column: of }) => ({ tableId, filter: { column: of, op: 'is_not_empty' } }),
  'rows.groups': ({ table: tableId, column: by }) => ({ tableId, groupBy: [{ column: by }] }),
  'rows.summary': ({ table: tableId, column: of }) => ({ tableId, aggregates: [{ column: of, aggregate: 'filled' }] }),
  'rows.distinct': ({ table: tableId, column: of }) => ({ tableId, column: of }),
  'rows.find': within(table, { text: 'SECRET' }),
  'rows.locate': ({ table: tableId, row: rowId }) => ({ tableId, rowId }),
  'views.create': within(table, { view: { name: 'New' } }),
  'views.get': view,
  'views.list': table,
  'views.update': within(view, { changes: { name: 'Renamed' } }),
  'views.rename': within(view, { name: 'Renamed' }),
  'views.duplicate': view,
  'views.move': within(view, { place: 0 }),
  'views.delete': view,
  'views.restore': view,
  'history.row': row,
  'history.cell': within(row, { columnId: 'name' }),
  'history.table': table,
  'changes.read': () => ({ values: true }),
  'changes.end': nothing,
  'changes.prune': () => ({ olderThan: '2000-01-01T00:00:00Z' }),
  'live.changes': ({ table: tableId }) => ({ tableIds: [tableId] }),
  'live.run': run,
  'undo.undo': nothing,
  'undo.redo': nothing,
  'undo.operation': ({ operation: operationId }) => ({ operationId }),
  'undo.state': nothing,
  'runs.get': run,
  'runs.list': nothing,
  'runs.pause': run,
  'runs.resume': run,
  'runs.cancel': run,
  'runs.retry': run,
  'runs.log': run,
  'cells.preview': within(table, { request: { fill: { plugin: 'paid', part: 'upper' } } }),
  'cells.estimate': ({ table: tableId, column: columnId }) => ({ tableId, columnId }),
  'cells.run': ({ table: tableId, column: columnId }) => ({ tableId, columnId }),
  'cells.explain': within(row, { columnId: 'name' }),
  'budgets.set': () => ({ unit: 'credit', perMonth: 10 }),
  'budgets.list': nothing,
  'budgets.spend': nothing,
  'imports.upload': nothing,
  'imports.propose': () => ({ file, request: { target: { kind: 'new', name: 'New' } } }),
  'imports.confirm': () => ({ file, request: plan }),
  'imports.check': () => ({ file, request: plan }),
  'imports.start': () => ({ file, request: plan }),
  'imports.errorFile': run,
  'exports.stream': within(table, { query: { format: 'csv' } }),
  'plugins.list': nothing,
  'plugins.options': () => ({ plugin: 'none', kind: 'sources', part: 'none', field: 'none' }),
  'connections.connect': () => ({ plugin: 'none', credentials: {} }),
  'connections.beginOAuth': () => ({ plugin: 'none' }),
  'connections.test': connection,
  'connections.reconnect': within(connection, { credentials: {} }),
  'connections.rename': within(connection, { name: 'New' }),
  'connections.disconnect': connection,
  'connections.get': connection,
  'connections.list': nothing,
  'connections.names': nothing,
  'connections.webhooks': connection,
  'connections.deliveries': connection,
  'connections.retryDelivery': within(connection, { deliveryId: 'dlv_zzzzzzzzzzzzzzzzz' }),
  'connections.events': connection,
  'sources.preview': () => source,
  'sources.start': within(table, { request: source }),
  'sources.problems': run,
  'sources.create': within(table, { feed: source }),
  'sources.get': feed,
  'sources.list': nothing,
  'sources.update': within(feed, { changes: {} }),
  'sources.delete': feed,
  'sources.sync': feed,
  'actions.estimate': within(table, { request: { ...source, inputs: {} } }),
  'actions.start': within(table, { request: { ...source, inputs: {} } }),
  'actions.retry': run,
  'actions.log': run,
  'schedules.create': ({ run: feedId }) => ({
    schedule: { name: 'New', cron: '0 6 * * *', what: { kind: 'sync', feedId } },
  }),
  'schedules.get': schedule,
  'schedules.list': nothing,
  'schedules.nextRuns': () => ({ cron: '0 6 * * *' }),
  'schedules.update': within(schedule, { changes: { enabled: false } }),
  'schedules.delete': schedule,
  'calls.list': nothing,
  'calls.sums': () => ({ unit: 'hour', from: '2026-01-01T00:00:00Z' }),
  'keys.create': () => ({ name: 'New', role: 'viewer' }),
  'keys.list': nothing,
  'keys.revoke': ({ run: keyId }) => ({ keyId }),
  'audit.list': nothing,
  'audit.verify': nothing,
  'audit.export': nothing,
  'settings.get': nothing,
  'settings.update': () => ({ locale: 'de' }),
  'formulas.check': within(table, { source: '1 + 1' }),
  'formulas.preview': within(table, { source: '1 + 1' }),
  'formulas.functions': nothing,
  'formulas.recompute': table,
  'formulas.refresh': table,
  'advisor.run': table,
  'advisor.explain': table,
  purge: () => ({ before: '2000-01-01T00:00:00Z' }),
}
