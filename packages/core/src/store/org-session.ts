import { type Actor, actorText } from '../catalog/actor.ts'
import type { ColumnTypes } from '../catalog/column-types.ts'
import { randomText } from '../catalog/new-id.ts'
import { findOrg, insertOrg, type Org, updateOrg } from '../catalog/orgs.repository.ts'
import type { TableDefinition } from '../catalog/table-definition.ts'
import { loadTable, tableNotFound } from '../catalog/tables.repository.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { CallOptions, Transaction } from '../db/transaction.ts'
import type { ValueContext } from '../values/column-type.ts'
import { createOrgSchema, migrateOrgSchema, orgSchemaVersion } from './org-schema.ts'

/** What a piece of work in an org's transaction has at hand. */
export interface Work {
  readonly tx: Transaction
  readonly org: Org
  readonly actor: Actor
  readonly types: ColumnTypes
  /** Locale and time zone of the org, and now. */
  readonly context: ValueContext
}

/** The same, on one table. */
export interface TableWork extends Work {
  readonly table: TableDefinition
}

/** One org in one database, seen by one actor: the only way into an org's data. */
export interface OrgSession {
  readonly orgId: string
  readonly actor: Actor
  readonly types: ColumnTypes
  readonly database: () => Promise<OpenDatabase>
  read<T>(options: CallOptions, work: (work: Work) => Promise<T>): Promise<T>
  write<T>(options: CallOptions, work: (work: Work) => Promise<T>): Promise<T>
  /** @throws OpsError `NOT_FOUND` if the org has no live table of the id */
  readTable<T>(tableId: string, options: CallOptions, work: (work: TableWork) => Promise<T>): Promise<T>
  /** Writes rows: the table's definition cannot change meanwhile. @throws OpsError `NOT_FOUND` */
  writeTable<T>(tableId: string, options: CallOptions, work: (work: TableWork) => Promise<T>): Promise<T>
  /** Changes the definition: nobody writes rows meanwhile. @throws OpsError `NOT_FOUND` */
  defineTable<T>(
    tableId: string,
    options: CallOptions & { readonly deleted?: boolean },
    work: (work: TableWork) => Promise<T>,
  ): Promise<T>
  /** Forgets what is cached of the org: after it was erased. */
  forget(): void
}

/** What is kept of each org between calls; one per database. */
export interface OrgCache {
  readonly orgs: Map<string, Promise<Org>>
  readonly tables: Map<string, TableDefinition>
}

export interface OrgSessionOptions {
  /** Opened at the first call. */
  readonly database: () => Promise<OpenDatabase>
  readonly types: ColumnTypes
  readonly orgId: string
  readonly actor: Actor
  readonly cache: OrgCache
  readonly now: () => Date
}

const tableIdPattern = /^tbl_[a-z0-9]{16}$/

/** Cached definitions at most; the oldest go first. A definition of 20 columns takes about 10 KB. */
const cachedTables = 2_000

export function openOrgSession({ database, types, orgId, actor, cache, now }: OrgSessionOptions): OrgSession {
  const scope = { kind: 'org', orgId, actor: actorText(actor) } as const

  async function inOrg<T>(mode: 'read' | 'write', options: CallOptions, work: (work: Work) => Promise<T>): Promise<T> {
    const org = await knownOrg()
    return await (await database()).transaction({ ...options, scope, mode }, (tx) =>
      work({ tx, org, actor, types, context: contextOf(org, now()) }),
    )
  }

  async function onTable<T>(
    tableId: string,
    lock: 'none' | 'shared' | 'exclusive',
    options: CallOptions & { readonly deleted?: boolean },
    work: (work: TableWork) => Promise<T>,
  ): Promise<T> {
    if (typeof tableId !== 'string' || !tableIdPattern.test(tableId)) throw tableNotFound(tableId)
    const org = await knownOrg()
    const mode = lock === 'none' ? 'read' : 'write'
    return await (await database()).transaction(
      { ...options, scope, mode, table: { tableId, mode: lock } },
      async (tx) => {
        const table = await definitionOf(tx, tableId, options.deleted === true)
        return await work({ tx, org, actor, types, context: contextOf(org, now()), table })
      },
    )
  }

  async function definitionOf(tx: Transaction, tableId: string, deleted: boolean): Promise<TableDefinition> {
    if (tx.tableRevision === null) throw tableNotFound(tableId)
    if (deleted) return await loadTable(tx.db, types, orgId, tableId, 'deleted')
    const key = `${orgId} ${tableId}`
    const cached = cache.tables.get(key)
    if (cached?.revision === tx.tableRevision) return cached
    const table = await loadTable(tx.db, types, orgId, tableId)
    cache.tables.delete(key)
    cache.tables.set(key, table)
    const oldest = cache.tables.keys().next()
    if (cache.tables.size > cachedTables && oldest.done !== true) cache.tables.delete(oldest.value)
    return table
  }

  async function knownOrg(): Promise<Org> {
    const cached = cache.orgs.get(orgId)
    if (cached !== undefined) return await cached
    const org = database().then((opened) => provision(opened, orgId))
    cache.orgs.set(orgId, org)
    org.catch(() => cache.orgs.delete(orgId))
    return await org
  }

  return {
    orgId,
    actor,
    types,
    database,
    read: (options, work) => inOrg('read', options, work),
    write: (options, work) => inOrg('write', options, work),
    readTable: (tableId, options, work) => onTable(tableId, 'none', options, work),
    writeTable: (tableId, options, work) => onTable(tableId, 'shared', options, work),
    defineTable: (tableId, options, work) => onTable(tableId, 'exclusive', options, work),
    forget: () => {
      cache.orgs.delete(orgId)
      for (const key of cache.tables.keys()) if (key.startsWith(`${orgId} `)) cache.tables.delete(key)
    },
  }
}

function contextOf(org: Org, now: Date): ValueContext {
  return { locale: org.locale, timeZone: org.timeZone, now }
}

/** Finds the org, or makes it and its schema: the first call of an org does. */
async function provision(database: OpenDatabase, orgId: string): Promise<Org> {
  const scope = { kind: 'org', orgId, actor: 'system:opslayer' } as const
  return await database.transaction({ scope, mode: 'write' }, async (tx) => {
    const found = await findOrg(tx.db, orgId)
    if (found !== undefined) return await broughtUpToDate(tx, found)
    const made: Org = {
      orgId,
      shortId: randomText(10),
      schemaVersion: orgSchemaVersion,
      timeZone: 'UTC',
      locale: 'en-US',
    }
    // The insert waits for another process making the same org, and then finds it made.
    if (await insertOrg(tx.db, made)) {
      await createOrgSchema(tx, made)
      return made
    }
    const theirs = await findOrg(tx.db, orgId)
    return theirs ?? made
  })
}

async function broughtUpToDate(tx: Transaction, org: Org): Promise<Org> {
  if (org.schemaVersion === orgSchemaVersion) return org
  await migrateOrgSchema(tx, org)
  await updateOrg(tx.db, org.orgId, { schemaVersion: orgSchemaVersion })
  return { ...org, schemaVersion: orgSchemaVersion }
}
