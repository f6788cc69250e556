import { quoteIdentifier, quoteLiteral } from './quote.ts'
import type { Roles } from './roles.ts'

/** Who a transaction acts for. */
export type Scope =
  | {
      readonly kind: 'org'
      readonly orgId: string
      /** `user:u1`: what `_created_by` and `_updated_by` default to. */
      readonly actor: string
      /** The org's own role, where it has one. @default the role that all orgs share */
      readonly role?: string | undefined
    }
  | { readonly kind: 'system' }

/**
 * What else may happen to the org meanwhile. Writers share; whoever erases, imports or migrates the org excludes them,
 * so that nobody writes into a schema that is half there.
 */
export type OrgLock = 'none' | 'shared' | 'exclusive'

/** A user's table that the transaction works on: locked against changes of its definition, its revision read. */
export interface TableLock {
  readonly tableId: string
  /** Writers of rows share; whoever changes the definition excludes them. Readers need none: DDL only ever adds. */
  readonly mode: 'none' | 'shared' | 'exclusive'
}

export interface EnvelopeOptions {
  /** Quoted name of the catalog schema. */
  readonly catalog: string
  readonly scope: Scope
  readonly mode: 'read' | 'write'
  /** Limit of each statement, in milliseconds. */
  readonly timeoutMs: number
  /** Longest wait for a lock, in milliseconds. */
  readonly lockTimeoutMs: number
  readonly roles: Roles
  /** @default 'shared' for writes, 'none' for reads, which work on a snapshot */
  readonly orgLock?: OrgLock
  readonly table?: TableLock
  /** Ends the transaction with an error of its own code if the live org or table is not at these revisions. */
  readonly assumed?: AssumedMarks | undefined
}

/** What the caller knows of an org and a table of it. */
export interface AssumedMarks {
  readonly shortId: string
  readonly revision: number
  readonly tableRevision: number
}

/**
 * The text that opens a transaction: begins, drops the role, pins search path and time zone, names the org. One
 * message of the simple protocol, because four round trips cost twice as much as the query they protect
 * (0.18 ms against 0.37 ms a transaction, measured on PostgreSQL 15).
 */
export function envelopeText({
  catalog,
  scope,
  mode,
  timeoutMs,
  lockTimeoutMs,
  roles,
  orgLock = mode === 'write' ? 'shared' : 'none',
  table,
  assumed,
}: EnvelopeOptions): string {
  const begin = mode === 'read' ? 'begin isolation level repeatable read, read only' : 'begin'
  const role = scope.kind === 'org' ? (scope.role ?? roles.org) : roles.system
  const settings = {
    search_path: 'pg_catalog',
    TimeZone: 'UTC',
    DateStyle: 'ISO, YMD',
    'opslayer.org': scope.kind === 'org' ? scope.orgId : '',
    'opslayer.actor': scope.kind === 'org' ? scope.actor : '',
    statement_timeout: String(timeoutMs),
    lock_timeout: String(lockTimeoutMs),
  }
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, true)`,
  )
  const statements = [begin, `set local role ${quoteIdentifier(role)}`, `select ${calls.join(', ')}`]
  if (scope.kind === 'org') {
    const locks = [
      ...lockCall(orgLock, `opslayer ${scope.orgId}`),
      ...(table === undefined ? [] : lockCall(table.mode, `opslayer ${scope.orgId} ${table.tableId}`)),
    ]
    if (locks.length > 0) statements.push(`select ${locks.join(', ')}`)
    // After the locks, in a snapshot of its own: what is cached under these revisions is the present state.
    statements.push(
      assumed === undefined || table === undefined
        ? markText(catalog, scope.orgId, table?.tableId)
        : assertionText(catalog, scope.orgId, table.tableId, assumed),
    )
  }
  return statements.join('; ')
}

function lockCall(mode: OrgLock, name: string): string[] {
  if (mode === 'none') return []
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  return [`${lock}(hashtextextended(${quoteLiteral(name)}, 0))`]
}

function markText(catalog: string, orgId: string, tableId: string | undefined): string {
  const org = quoteLiteral(orgId)
  const revision =
    tableId === undefined
      ? 'null::int'
      : `(select t.revision from ${catalog}.tables as t where t.org_id = ${org} and t.id = ${quoteLiteral(tableId)})`
  return `select o.short_id, o.revision, o.state, ${revision} as table_revision from ${catalog}.orgs as o where o.org_id = ${org}`
}

function assertionText(
  catalog: string,
  orgId: string,
  tableId: string,
  { shortId, revision, tableRevision }: AssumedMarks,
): string {
  const names = [orgId, tableId, shortId].map(quoteLiteral)
  return `select ${catalog}.assert_marks(${[...names, Number(revision), Number(tableRevision)].join(', ')})`
}
