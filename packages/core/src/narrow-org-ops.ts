import { OpsError } from './errors/ops-error.ts'
import type { OrgOps } from './org-ops/org-ops.ts'
import { say } from './sentences/say.ts'
import { type Access, isRestricted } from './store/table-access.ts'

/**
 * What a method asks of an actor who may not do everything:
 * - `any`: nothing, the session narrows what it reads and writes
 * - `all-rows`: that every row of the table is theirs
 * - `whole-table`: that nothing of the table is kept from them
 * - `define`: that they may change definitions
 * - `every-table`: that no table is kept from them, nor any part of one
 * - `whole-org`: that nothing at all is kept from them
 */
type Need = 'any' | 'all-rows' | 'whole-table' | 'define' | 'every-table' | 'whole-org'

/** A method without a line needs the whole org. */
const needs: Readonly<Record<string, Need>> = {
  'tables.create': 'define',
  'tables.get': 'any',
  'tables.list': 'any',
  'tables.update': 'whole-table',
  'tables.duplicate': 'whole-table',
  'tables.copyFrom': 'every-table',
  'tables.delete': 'whole-table',
  'tables.restore': 'whole-table',
  'columns.create': 'whole-table',
  'columns.update': 'whole-table',
  'columns.previewRetype': 'whole-table',
  'columns.retype': 'whole-table',
  'columns.move': 'whole-table',
  'columns.delete': 'whole-table',
  'columns.restore': 'whole-table',
  'rows.insert': 'any',
  'rows.load': 'any',
  'rows.update': 'any',
  'rows.updateWhere': 'any',
  'rows.upsert': 'any',
  'rows.delete': 'any',
  'rows.deleteWhere': 'any',
  'rows.restore': 'all-rows',
  'rows.deleted': 'all-rows',
  'rows.move': 'any',
  'rows.get': 'any',
  'rows.getMany': 'any',
  'rows.page': 'any',
  'rows.pages': 'any',
  'rows.window': 'any',
  'rows.count': 'any',
  'rows.groups': 'any',
  'rows.summary': 'any',
  'rows.distinct': 'any',
  'rows.find': 'any',
  'rows.locate': 'any',
  'history.row': 'any',
  'history.cell': 'any',
  'history.table': 'whole-table',
  'changes.end': 'any',
  'audit.add': 'any',
  'settings.get': 'any',
  undo: 'any',
  redo: 'any',
  undoState: 'any',
  'views.create': 'any',
  'views.get': 'any',
  'views.list': 'any',
  'views.update': 'any',
  'views.rename': 'any',
  'views.duplicate': 'any',
  'views.move': 'any',
  'views.delete': 'any',
  'views.restore': 'any',
  'formulas.refresh': 'every-table',
  'cells.preview': 'whole-table',
  'cells.estimate': 'whole-table',
  'cells.run': 'whole-table',
  'cells.explain': 'whole-table',
  'runs.retry': 'every-table',
  'runs.log': 'every-table',
  'runs.get': 'every-table',
  'runs.list': 'every-table',
  'runs.pause': 'every-table',
  'runs.resume': 'every-table',
  'runs.cancel': 'every-table',
  'runs.watch': 'every-table',
  'runs.wait': 'every-table',
  'sources.problems': 'every-table',
  'sources.get': 'every-table',
  'sources.list': 'every-table',
  'sources.sync': 'every-table',
  'actions.estimate': 'every-table',
  'actions.start': 'every-table',
  'actions.retry': 'every-table',
  'actions.log': 'every-table',
  'connections.names': 'every-table',
  'schedules.get': 'every-table',
  'schedules.list': 'every-table',
  'schedules.nextRuns': 'any',
  'imports.upload': 'any',
  'imports.propose': 'every-table',
  'imports.confirm': 'every-table',
  'imports.check': 'every-table',
  'imports.start': 'every-table',
  'imports.errorFile': 'every-table',
  'exports.stream': 'any',
  'exports.writeTo': 'any',
  'formulas.check': 'any',
  'formulas.preview': 'any',
  'formulas.functions': 'any',
  'formulas.recompute': 'whole-table',
  'plugins.list': 'any',
  'advisor.explain': 'whole-table',
}

/** Methods whose answer is awaited item by item. */
const iterables: ReadonlySet<string> = new Set([
  'rows.pages',
  'changes.follow',
  'runs.watch',
  'imports.errorFile',
  'audit.export',
])

/** The face of an actor who may not do everything, over a narrowed session. */
export function narrowOrgOps(org: OrgOps, access: Access): OrgOps {
  return narrowed(org, '', access) as OrgOps
}

function narrowed(face: object, at: string, access: Access): object {
  const members = Object.entries(face).map(([name, member]): [string, unknown] => {
    const path = at === '' ? name : `${at}.${name}`
    if (typeof member === 'function') return [name, guarded(path, member as AnyMethod, access)]
    return [name, typeof member === 'object' && member !== null ? narrowed(member, path, access) : member]
  })
  return Object.fromEntries(members)
}

type AnyMethod = (...args: readonly unknown[]) => unknown

function guarded(path: string, method: AnyMethod, access: Access): AnyMethod {
  const need = Object.hasOwn(needs, path) ? needs[path] : 'whole-org'
  if (need === 'any') return method
  if (iterables.has(path)) {
    return async function* (...args) {
      if (!mayCall(need, args, access)) throw refused()
      yield* method(...args) as AsyncIterable<unknown>
    }
  }
  return async (...args) => {
    if (!mayCall(need, args, access)) throw refused()
    return await method(...args)
  }
}

function mayCall(need: Need | undefined, [tableId]: readonly unknown[], access: Access): boolean {
  if (need === 'define') return access.define !== false
  if (need === 'every-table') return access.table === undefined
  if (need !== 'all-rows' && need !== 'whole-table') return access.table === undefined && access.define !== false
  const given = typeof tableId === 'string' ? access.table?.(tableId) : undefined
  // A table that is not there for the actor: the session says so.
  if (given === undefined || given === null) return true
  return need === 'all-rows' ? given.rows === undefined : !isRestricted(given)
}

function refused(): OpsError {
  return new OpsError('FORBIDDEN', say('You may not do this where something is kept from you.'))
}
