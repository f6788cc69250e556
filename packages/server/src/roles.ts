/** Roles that opslayer knows, each with all that those before it may. The host names one in `actor.role`. */
export const roles = ['viewer', 'editor', 'admin', 'owner'] as const

export type Role = (typeof roles)[number]

/** What a procedure does, for rules about it. */
export type Action =
  | 'rows.read'
  | 'rows.write'
  | 'views.read'
  | 'views.write'
  | 'definitions.read'
  | 'definitions.write'
  | 'history.read'
  | 'changes.read'
  | 'live'
  | 'undo'
  | 'undo.others'
  | 'runs.read'
  | 'runs.write'
  | 'budgets'
  | 'import'
  | 'export'
  | 'plugins.read'
  | 'connections'
  | 'feeds'
  | 'schedules'
  | 'keys'
  | 'audit'
  | 'settings.read'
  | 'settings.write'
  | 'indexes'
  | 'erase'

/** The least role for each action. */
const leastRole = {
  'rows.read': 'viewer',
  'rows.write': 'editor',
  'views.read': 'viewer',
  'views.write': 'editor',
  'definitions.read': 'viewer',
  'definitions.write': 'admin',
  'history.read': 'viewer',
  'changes.read': 'admin',
  live: 'viewer',
  undo: 'editor',
  'undo.others': 'admin',
  'runs.read': 'viewer',
  'runs.write': 'editor',
  budgets: 'admin',
  import: 'admin',
  export: 'viewer',
  'plugins.read': 'viewer',
  connections: 'admin',
  feeds: 'admin',
  schedules: 'admin',
  keys: 'admin',
  audit: 'admin',
  'settings.read': 'viewer',
  'settings.write': 'admin',
  indexes: 'admin',
  erase: 'owner',
} as const satisfies Record<Action, Role>

/** The matrix: what each procedure does, and hence who may call it. A procedure without a line does not compile. */
export const procedureActions = {
  'tables.create': 'definitions.write',
  'tables.get': 'definitions.read',
  'tables.list': 'definitions.read',
  'tables.update': 'definitions.write',
  'tables.duplicate': 'definitions.write',
  'tables.copyFrom': 'import',
  'tables.delete': 'definitions.write',
  'tables.restore': 'definitions.write',
  'columns.create': 'definitions.write',
  'columns.update': 'definitions.write',
  'columns.previewRetype': 'definitions.write',
  'columns.retype': 'definitions.write',
  'columns.move': 'definitions.write',
  'columns.delete': 'definitions.write',
  'columns.restore': 'definitions.write',
  'rows.insert': 'rows.write',
  'rows.update': 'rows.write',
  'rows.updateWhere': 'rows.write',
  'rows.upsert': 'rows.write',
  'rows.delete': 'rows.write',
  'rows.deleteWhere': 'rows.write',
  'rows.restore': 'rows.write',
  'rows.move': 'rows.write',
  'rows.deleted': 'rows.read',
  'rows.get': 'rows.read',
  'rows.getMany': 'rows.read',
  'rows.page': 'rows.read',
  'rows.window': 'rows.read',
  'rows.count': 'rows.read',
  'rows.groups': 'rows.read',
  'rows.summary': 'rows.read',
  'rows.distinct': 'rows.read',
  'rows.find': 'rows.read',
  'rows.locate': 'rows.read',
  'views.create': 'views.write',
  'views.get': 'views.read',
  'views.list': 'views.read',
  'views.update': 'views.write',
  'views.rename': 'views.write',
  'views.duplicate': 'views.write',
  'views.move': 'views.write',
  'views.delete': 'views.write',
  'views.restore': 'views.write',
  'history.row': 'history.read',
  'history.cell': 'history.read',
  'history.table': 'history.read',
  'changes.read': 'changes.read',
  'changes.end': 'changes.read',
  'changes.prune': 'erase',
  'live.changes': 'live',
  'undo.undo': 'undo',
  'undo.redo': 'undo',
  'undo.operation': 'undo.others',
  'undo.state': 'undo',
  'live.run': 'runs.read',
  'runs.get': 'runs.read',
  'runs.list': 'runs.read',
  'runs.pause': 'runs.write',
  'runs.resume': 'runs.write',
  'runs.cancel': 'runs.write',
  'runs.retry': 'runs.write',
  'runs.log': 'runs.read',
  'cells.preview': 'definitions.write',
  'cells.estimate': 'runs.read',
  'cells.run': 'runs.write',
  'cells.explain': 'rows.read',
  'budgets.set': 'budgets',
  'budgets.list': 'budgets',
  'budgets.spend': 'budgets',
  'imports.upload': 'import',
  'imports.propose': 'import',
  'imports.confirm': 'import',
  'imports.check': 'import',
  'imports.start': 'import',
  'imports.errorFile': 'import',
  'exports.stream': 'export',
  'plugins.list': 'plugins.read',
  'plugins.options': 'connections',
  'connections.connect': 'connections',
  'connections.beginOAuth': 'connections',
  'connections.test': 'connections',
  'connections.reconnect': 'connections',
  'connections.rename': 'connections',
  'connections.disconnect': 'connections',
  'connections.get': 'connections',
  'connections.list': 'connections',
  'connections.names': 'runs.write',
  'connections.webhooks': 'connections',
  'connections.deliveries': 'connections',
  'connections.retryDelivery': 'connections',
  'connections.events': 'connections',
  'sources.preview': 'feeds',
  'sources.start': 'feeds',
  'sources.problems': 'runs.read',
  'sources.create': 'feeds',
  'sources.get': 'runs.read',
  'sources.list': 'runs.read',
  'sources.update': 'feeds',
  'sources.delete': 'feeds',
  'sources.sync': 'runs.write',
  'actions.estimate': 'runs.write',
  'actions.start': 'runs.write',
  'actions.retry': 'runs.write',
  'actions.log': 'runs.read',
  'schedules.create': 'schedules',
  'schedules.get': 'runs.read',
  'schedules.list': 'runs.read',
  'schedules.nextRuns': 'runs.read',
  'schedules.update': 'schedules',
  'schedules.delete': 'schedules',
  'calls.list': 'connections',
  'calls.sums': 'connections',
  'keys.create': 'keys',
  'keys.list': 'keys',
  'keys.revoke': 'keys',
  'audit.list': 'audit',
  'audit.verify': 'audit',
  'audit.export': 'audit',
  'settings.get': 'settings.read',
  'settings.update': 'settings.write',
  'formulas.check': 'rows.read',
  'formulas.preview': 'rows.read',
  'formulas.functions': 'definitions.read',
  'formulas.recompute': 'definitions.write',
  'formulas.refresh': 'rows.write',
  'advisor.run': 'indexes',
  'advisor.explain': 'indexes',
  purge: 'erase',
} as const satisfies Record<string, Action>

/** Path of a procedure in the ops router. */
export type ProcedureName = keyof typeof procedureActions

/** The least role for each procedure. */
export const procedureRoles: Readonly<Record<ProcedureName, Role>> = Object.fromEntries(
  Object.entries(procedureActions).map(([name, action]) => [name, leastRole[action]]),
) as Record<ProcedureName, Role>

/** Whether a role may do something; a role that opslayer does not know, or none, may do nothing. */
export function roleMay(role: string | undefined, action: Action): boolean {
  const known: readonly string[] = roles
  return role !== undefined && known.indexOf(role) >= known.indexOf(leastRole[action])
}

/** Whether a role may do all that another one may. */
export function isAtLeast(role: string | undefined, other: string): boolean {
  const known: readonly string[] = roles
  return role !== undefined && known.includes(other) && known.indexOf(role) >= known.indexOf(other)
}

/** Actions of which the audit log tells; of rows and definitions the change log knows every change. */
export const auditedActions: ReadonlySet<Action> = new Set<Action>([
  'definitions.write',
  'undo.others',
  'export',
  'connections',
  'feeds',
  'schedules',
  'keys',
  'audit',
  'settings.write',
  'erase',
])
