import type { RawBuilder } from 'kysely'
import { type Actor, actorText } from '../catalog/actor.ts'
import type { ColumnTypes } from '../catalog/column-types.ts'
import type { Org } from '../catalog/orgs.repository.ts'
import type { TableDefinition } from '../catalog/table-definition.ts'
import { loadTable, tableNotFound } from '../catalog/tables.repository.ts'
import { isPostgresError } from '../db/database-errors.ts'
import type { AssumedMarks, Scope } from '../db/envelope.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { Outdated } from '../db/pipelined.ts'
import { tenantRole } from '../db/roles.ts'
import type { RunLane } from '../db/tables/runs.db.ts'
import type { CallOptions, Transaction } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'
import type { FunctionRegistry } from '../formula/function-registry.ts'
import type { PluginRegistry } from '../plugin/plugin-registry.ts'
import type { ValueContext } from '../values/column-type.ts'
import type { QuerySamples } from './advisor/query-samples.ts'
import type { EditFunctions } from './edit-functions.ts'
import type { RefreshTimes } from './formulas/refresh-soon.ts'
import { endBuildsIn, withRightOfWay } from './give-way.ts'
import type { LandmarkCache } from './landmarks/landmark-cache.ts'
import { schemaName } from './physical-names.ts'
import { checkPresent, StaleOrg } from './present-org.ts'
import { type AbsentOrg, provisionOrg } from './provision-org.ts'
import { followedByView } from './sql-view.ts'
import type { WriteSignal } from './write-signal.ts'

/** What a piece of work in an org's transaction has at hand. */
export interface Work {
  readonly tx: Transaction
  readonly org: Org
  readonly actor: Actor
  readonly types: ColumnTypes
  /** What formulas may call. */
  readonly functions: FunctionRegistry
  /** What may fill columns. */
  readonly plugins: PluginRegistry
  /** Locale and time zone of the org, and now. */
  readonly context: ValueContext
  /** What this process knows of the order of large tables. */
  readonly landmarks: LandmarkCache
  /** Has this process begin with a run that the transaction queues, once it has committed. */
  readonly wake: (runId: string, lane?: RunLane) => void
}

/** The same, on one table. */
export interface TableWork extends Work {
  readonly table: TableDefinition
}

/** The same without a transaction: what is known of the table from earlier calls. */
export type KnownTable = Omit<TableWork, 'tx' | 'wake' | 'landmarks'>

/** One org in one database, seen by one actor: the only way into an org's data. */
export interface OrgSession {
  readonly orgId: string
  readonly actor: Actor
  readonly types: ColumnTypes
  readonly functions: FunctionRegistry
  readonly plugins: PluginRegistry
  readonly database: () => Promise<OpenDatabase>
  /** What reads this process did, for the index advisor. */
  readonly samples: QuerySamples
  /** When this process refreshed what changes with time. */
  readonly refreshTimes: RefreshTimes
  /** Functions for edits of one row that this process knows of. */
  readonly editFunctions: EditFunctions
  /** What this process has written, for whoever follows the change log. */
  readonly writes: WriteSignal
  /** Lets this process work on a run that a transaction has queued and committed. */
  wakeRun(runId: string, lane?: RunLane): void
  read<T>(options: CallOptions, work: (work: Work) => Promise<T>): Promise<T>
  write<T>(options: WriteCallOptions, work: (work: Work) => Promise<T>): Promise<T>
  /** @throws OpsError `NOT_FOUND` if the org has no live table of the id */
  readTable<T>(tableId: string, options: CallOptions, work: (work: TableWork) => Promise<T>): Promise<T>
  /** Writes rows: the table's definition cannot change meanwhile. @throws OpsError `NOT_FOUND` */
  writeTable<T>(tableId: string, options: CallOptions, work: (work: TableWork) => Promise<T>): Promise<T>
  /**
   * Writes rows by one statement, in one round trip.
   *
   * @returns undefined if nothing was done and {@link writeTable} is to do it: `statement` gave none, the call can be
   * aborted, or the table is not as it is known
   */
  writeSingle<Row>(
    tableId: string,
    options: CallOptions,
    statement: (known: KnownTable) => RawBuilder<Row> | undefined,
  ): Promise<Row[] | undefined>
  /** Changes the definition: nobody writes rows meanwhile. @throws OpsError `NOT_FOUND` */
  defineTable<T>(tableId: string, options: DefineOptions, work: (work: TableWork) => Promise<T>): Promise<T>
  /** A table as the actor sees it; undefined if it is not there for them. */
  seen(table: TableDefinition): TableDefinition | undefined
}

export interface WriteCallOptions extends CallOptions {
  /** Whether the change log may get an entry: only then are those woken who follow it. @default true */
  readonly logs?: boolean
}

export interface DefineOptions extends CallOptions {
  readonly deleted?: boolean
  readonly lockTimeoutMs?: number
  /** Only the physical table gets something: whoever may write its rows may. */
  readonly part?: boolean
}

/** What is kept of each org between calls. Each transaction checks it against the present revisions. */
export interface OrgCache {
  readonly orgs: Map<string, Promise<Org>>
  /** By the org's short id, which no two lives of an org share, and the table's id. */
  readonly tables: Map<string, TableDefinition>
  readonly samples: QuerySamples
  readonly refreshTimes: RefreshTimes
  readonly editFunctions: EditFunctions
  readonly landmarks: LandmarkCache
  readonly writes: WriteSignal
}

export interface OrgSessionOptions {
  /** Opened at the first call. */
  readonly database: () => Promise<OpenDatabase>
  readonly types: ColumnTypes
  readonly functions: FunctionRegistry
  readonly plugins: PluginRegistry
  readonly orgId: string
  readonly actor: Actor
  readonly cache: OrgCache
  readonly now: () => Date
  readonly absent: AbsentOrg
  readonly wakeRun: (orgId: string, runId: string, lane?: RunLane) => void
}

const tableIdPattern = /^tbl_[a-z0-9]{16}$/

/** Cached definitions at most; the oldest go first. A definition of 20 columns takes about 10 KB. */
const cachedTables = 2_000

export function openOrgSession(options: OrgSessionOptions): OrgSession {
  const { database, types, functions, plugins, orgId, actor, cache, now, absent, wakeRun } = options
  const { landmarks } = cache

  async function inOrg<T>(
    mode: 'read' | 'write',
    { logs = mode === 'write', ...options }: WriteCallOptions,
    work: (work: Work) => Promise<T>,
  ): Promise<T> {
    return await withOrg((org, opened) =>
      thenWake(opened, logs, (wake) =>
        opened.transaction({ ...options, scope: scopeOf(org, opened), mode }, async (tx) => {
          checkPresent(tx.org, org)
          const context = contextOf(org, now())
          return await unlessErased(mode, () =>
            work({ tx, org, actor, types, functions, plugins, context, landmarks, wake }),
          )
        }),
      ),
    )
  }

  /** Wakes the runs that a transaction has queued, and whoever follows the log, once it has committed. */
  async function thenWake<T>(
    opened: OpenDatabase,
    logs: boolean,
    transaction: (wake: Work['wake']) => Promise<T>,
  ): Promise<T> {
    const queued: [runId: string, lane: RunLane | undefined][] = []
    const result = await transaction((runId, lane) => queued.push([runId, lane]))
    if (logs) announce(opened)
    for (const [runId, lane] of queued) wakeRun(orgId, runId, lane)
    return result
  }

  function announce({ announcements }: OpenDatabase): void {
    cache.writes.written(orgId)
    announcements.tell(orgId)
  }

  async function onTable<T>(
    tableId: string,
    lock: 'none' | 'shared' | 'exclusive',
    options: CallOptions & { readonly deleted?: boolean },
    work: (work: TableWork) => Promise<T>,
  ): Promise<T> {
    if (typeof tableId !== 'string' || !tableIdPattern.test(tableId)) throw tableNotFound(tableId)
    const mode = lock === 'none' ? 'read' : 'write'
    return await withOrg(async (org, opened) => {
      const run = (assumed?: AssumedMarks): Promise<T> => {
        const envelope = { scope: scopeOf(org, opened), mode, table: { tableId, mode: lock }, assumed } as const
        return thenWake(opened, mode === 'write', (wake) =>
          opened.transaction({ ...options, ...envelope }, async (tx) => {
            checkPresent(tx.org, org)
            const table = await definitionOf(tx, org, tableId, options.deleted === true)
            const context = contextOf(org, now())
            return await unlessErased(mode, () =>
              work({ tx, org, actor, types, functions, plugins, context, landmarks, wake, table }),
            )
          }),
        )
      }
      const known = mode === 'read' ? cache.tables.get(`${org.shortId} ${tableId}`) : undefined
      if (known === undefined) return await run()
      return await run(marksOf(org, known)).catch((error) =>
        error instanceof Outdated ? run() : Promise.reject(error),
      )
    })
  }

  async function writeSingle<Row>(
    tableId: string,
    { signal, timeoutMs }: CallOptions,
    statementOf: (known: KnownTable) => RawBuilder<Row> | undefined,
  ): Promise<Row[] | undefined> {
    const opened = await database()
    const org = await cache.orgs.get(orgId)
    const table = cache.tables.get(`${org?.shortId} ${tableId}`)
    if (org === undefined || table === undefined || signal !== undefined) return undefined
    const statement = statementOf({ org, actor, types, functions, plugins, context: contextOf(org, now()), table })
    if (statement === undefined) return undefined
    const envelope = { scope: scopeOf(org, opened), table: { tableId, mode: 'shared' }, timeoutMs } as const
    try {
      const written = await opened.single({ ...envelope, assumed: marksOf(org, table) }, statement)
      if (written !== undefined) announce(opened)
      return written
    } catch (error) {
      // The org's own role went with the org: the long way finds out.
      if (org.ownRole && isOpsError(error, 'SCHEMA_MISSING')) return undefined
      throw error
    }
  }

  async function endBuilds(): Promise<void> {
    const org = await cache.orgs.get(orgId)
    if (org !== undefined) await endBuildsIn(await database(), schemaName(org))
  }

  function scopeOf(org: Org, opened: OpenDatabase): Scope {
    const role = org.ownRole ? tenantRole(opened.roles, org.shortId) : undefined
    return { kind: 'org', orgId, actor: actorText(actor), role }
  }

  async function definitionOf(tx: Transaction, org: Org, tableId: string, deleted: boolean): Promise<TableDefinition> {
    if (tx.tableRevision === null) throw tableNotFound(tableId)
    if (deleted) return await loadTable(tx.db, types, orgId, tableId, 'deleted')
    const key = `${org.shortId} ${tableId}`
    const cached = cache.tables.get(key)
    if (cached?.revision === tx.tableRevision) return cached
    const table = await loadTable(tx.db, types, orgId, tableId)
    cache.tables.delete(key)
    cache.tables.set(key, table)
    const oldest = cache.tables.keys().next()
    if (cache.tables.size > cachedTables && oldest.done !== true) cache.tables.delete(oldest.value)
    return table
  }

  /** Once more with the org as it is now, if what was known of it turns out to be of the past. */
  async function withOrg<T>(attempt: (org: Org, opened: OpenDatabase) => Promise<T>): Promise<T> {
    const opened = await database()
    const known = cache.orgs.get(orgId)
    try {
      return await attempt(await (known ?? provisioned(opened)), opened)
    } catch (error) {
      const isStale = error instanceof StaleOrg || (known !== undefined && isOpsError(error, 'SCHEMA_MISSING'))
      if (!isStale) throw error
      return await attempt(await provisioned(opened), opened)
    }
  }

  async function provisioned(opened: OpenDatabase): Promise<Org> {
    const org = provisionOrg(opened, orgId, absent)
    // A refusal is nobody else's: others make the org.
    if (absent === 'refuse') await org
    cache.orgs.set(orgId, org)
    org.catch(() => cache.orgs.get(orgId) === org && cache.orgs.delete(orgId))
    return await org
  }

  return {
    orgId,
    actor,
    types,
    functions,
    plugins,
    database,
    samples: cache.samples,
    refreshTimes: cache.refreshTimes,
    editFunctions: cache.editFunctions,
    writes: cache.writes,
    wakeRun: (runId, lane) => wakeRun(orgId, runId, lane),
    seen: (table) => table,
    read: (options, work) => inOrg('read', options, work),
    write: (options, work) => inOrg('write', options, work),
    readTable: (tableId, options, work) => onTable(tableId, 'none', options, work),
    writeTable: (tableId, options, work) => onTable(tableId, 'shared', options, work),
    writeSingle,
    defineTable: (tableId, options, work) =>
      withRightOfWay(options, endBuilds, (patient) =>
        onTable(tableId, 'exclusive', { ...options, ...patient }, options.part === true ? work : followedByView(work)),
      ),
  }
}

/** Readers hold no lock on the org: it can be erased under them, and then their tables are not there. */
async function unlessErased<T>(mode: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (mode === 'read' && isPostgresError(error, '42P01', '3F000')) throw new StaleOrg({ cause: error })
    throw error
  }
}

function marksOf({ shortId, revision }: Org, table: TableDefinition): AssumedMarks {
  return { shortId, revision, tableRevision: table.revision }
}

function contextOf(org: Org, now: Date): ValueContext {
  return { locale: org.locale, timeZone: org.timeZone, now }
}
