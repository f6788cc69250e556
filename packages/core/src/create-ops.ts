import * as z from 'zod'
import { readToken } from './access/api-key-token.ts'
import { identityOfKey } from './access/api-keys.service.ts'
import { actionKind } from './actions/action-kind.ts'
import { type Actor, actorSchema } from './catalog/actor.ts'
import { columnTypesWith } from './catalog/column-types.ts'
import { checkOrgId, isOrgId } from './catalog/org-id.ts'
import { autoFill, type SeenTables } from './cells/auto-fill.ts'
import { columnRun } from './cells/column-run.ts'
import { tidyOrgs } from './changes/tidy-orgs.ts'
import { endAtStandstill } from './connections/end-at-standstill.ts'
import { catchLeftBehind } from './connections/left-behind.ts'
import { finishOAuth } from './connections/oauth/finish-oauth.ts'
import { receiveWebhook } from './connections/webhooks/receive-webhook.ts'
import { createConnectionEnv, type PluginOptions } from './create-connection-env.ts'
import { createOrgOps } from './create-org-ops.ts'
import { databaseFacts } from './db/database-facts.ts'
import type { DatabaseInput } from './db/database-input.ts'
import { type DatabaseRouter, openDatabases } from './db/databases.ts'
import { lintCatalog } from './db/lint-catalog.ts'
import { catalogStatus, migrateCatalog } from './db/migrate.ts'
import type { OpenDatabase } from './db/open-database.ts'
import { checkTenantRoles } from './db/tenant-role.ts'
import { checkInput } from './errors/check-input.ts'
import { isOpsError, OpsError } from './errors/ops-error.ts'
import { createInboxRunner, type InboxRunner } from './feeds/inbox-runner.ts'
import { sourceKinds } from './feeds/source-kind.ts'
import { builtInFunctions, builtInRegistry } from './formula/built-in-functions.ts'
import type { FormulaFunction } from './formula/formula-function.ts'
import { createFunctionRegistry } from './formula/function-registry.ts'
import { narrowOrgOps } from './narrow-org-ops.ts'
import type { CloseOptions, Ops } from './ops.ts'
import { fireSchedules } from './queue/fire-schedules.ts'
import { backfillRun } from './runs/backfill.ts'
import { removeOldRuns } from './runs/remove-old-runs.ts'
import type { AnyRunKind } from './runs/run-kind.ts'
import { startWorker, type Worker } from './runs/run-worker.ts'
import { createRunner, type Runner } from './runs/runner.ts'
import { scheduleKinds } from './schedule-kinds.ts'
import { rotateSecrets } from './secrets/rotate-secrets.ts'
import { flushSamples } from './store/advisor/flush-samples.ts'
import { createQuerySamples } from './store/advisor/query-samples.ts'
import { eraseOrg } from './store/erase-org.ts'
import { resumeFilling } from './store/formulas/resume-filling.ts'
import { createLandmarkCache } from './store/landmarks/landmark-cache.ts'
import { adviseOrgs } from './store/maintenance/advise-orgs.ts'
import { type Maintenance, startMaintenance } from './store/maintenance/maintenance.ts'
import { refreshOrgs } from './store/maintenance/refresh-orgs.ts'
import { migrateOrgs, orgSchemasStatus } from './store/migrate-orgs.ts'
import { narrowSession } from './store/narrow-session.ts'
import { exportOrg } from './store/org-archive/export-org.ts'
import { importOrg } from './store/org-archive/import-org.ts'
import { type OrgCache, type OrgSession, openOrgSession } from './store/org-session.ts'
import type { AbsentOrg } from './store/provision-org.ts'
import { createWriteSignal } from './store/write-signal.ts'
import { copyKind } from './transfer/copy/copy-kind.ts'
import type { FileStore } from './transfer/file-store.ts'
import { forgetUploads } from './transfer/import/forget-uploads.ts'
import { importKind } from './transfer/import/import-kind.ts'
import { sweepHourly } from './transfer/import/sweep-hourly.ts'
import { defaultFiles } from './transfer/local-files.ts'
import type { AnyColumnType } from './values/column-type.ts'

/** What this opslayer can run. */
const runKinds: readonly AnyRunKind[] = [backfillRun, copyKind]

const leaseSchema = z.int().min(1_000).max(600_000)

const runsPerOrgSchema = z.int().min(1).max(1_000).optional()

/** Who looks up keys. */
const keyReader: Actor = { type: 'system', id: 'api-keys' }

/** Who goes on with what an archive left half done. */
const importer: Actor = { type: 'system', id: 'import' }

/** Who removes orgs. */
const eraser: Actor = { type: 'system', id: 'eraser' }

/** Who looks after indexes. */
const advisor: Actor = { type: 'system', id: 'index-advisor' }

/** Who asks for cells whose inputs have changed. */
const autoFiller: Actor = { type: 'system', id: 'auto-fill' }

/** Who brings results of `TODAY` up to date, and removes what was kept long enough. */
const caretaker: Actor = { type: 'system', id: 'caretaker' }

/** Who encrypts secrets anew, and who takes what vendors send. */
const keyRotation: Actor = { type: 'system', id: 'key-rotation' }
const vendors: Actor = { type: 'system', id: 'vendors' }

export interface OpsOptions extends PluginOptions {
  /**
   * Where the data lives: a connection string, the host's own `pg` pool, `embedded(directory)`, or a router over
   * several databases.
   */
  readonly database: DatabaseInput | DatabaseRouter
  /** Column types of the host, beside the built-in ones. */
  readonly columnTypes?: readonly AnyColumnType[]
  /**
   * Functions of the host that formulas may call, beside the built-in ones and those of its plugins; made with
   * `@opslayer/core/formula`. Each is tried, its examples too.
   */
  readonly functions?: readonly FormulaFunction[]
  /** Schema of the catalog. @default 'opslayer' */
  readonly schema?: string
  /** Hash partitions of each catalog table, decided by the first migration. @default 0, plain tables */
  readonly catalogPartitions?: number
  /**
   * Gives each new org a role of its own that owns its schema: a wall inside the database, beside the generated names.
   * The role that opslayer connects as must be allowed to make roles; orgs that are there stay as they are. @default false
   */
  readonly tenantRoles?: boolean
  /**
   * How long a process may be silent before others take up the runs and the webhooks that it worked on, in
   * milliseconds, 1,000 to 600,000. A process that lives says so four times in this time. @default 20000
   */
  readonly leaseMs?: number
  /**
   * Runs of one org that are worked on at once, over all processes, 1 to 1,000: never more. Those that have had a place for two
   * seconds leave it to others for a moment. @default as many as processes have places
   */
  readonly runsPerOrg?: number
  /**
   * Leaves runs and what webhooks bring to other processes, until `startWorker` is called in this one: for those that answer
   * people, whom a plugin that loops would otherwise keep waiting. At least one process with a worker has to be there; it
   * begins at its next look. @default false
   */
  readonly workApart?: boolean
  /**
   * Where uploads lie until they are imported. @default a directory of this machine: beside the embedded database's
   * files, else below the system's temporary directory
   */
  readonly files?: FileStore
  /** The clock. @default () => new Date() */
  readonly now?: () => Date
}

/**
 * Puts opslayer into a host. Nothing is connected to before the first call.
 *
 * @throws OpsError `INVALID_INPUT` if two column types have one id, or a formula function does not work; `ALREADY_EXISTS`
 * for a formula function that is there; `PLUGIN_INVALID` if two plugins have one id
 *
 * @example
 * const ops = createOps({ database: process.env.DATABASE_URL ?? embedded('./.opslayer') })
 * await ops.migrate()
 * const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
 * const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Email', type: 'email' }] })
 */
export function createOps({
  database,
  columnTypes = [],
  functions: ownFunctions = [],
  schema = 'opslayer',
  catalogPartitions = 0,
  tenantRoles = false,
  leaseMs: givenLeaseMs = 20_000,
  runsPerOrg,
  workApart = false,
  files = defaultFiles(database),
  now = () => new Date(),
  ...pluginOptions
}: OpsOptions): Ops {
  const leaseMs = checkInput(leaseSchema, givenLeaseMs, ['leaseMs'])
  const mostRuns = checkInput(runsPerOrgSchema, runsPerOrg, ['runsPerOrg'])
  const databases = openDatabases(database, schema)
  const types = columnTypesWith(columnTypes)
  const cache: OrgCache = {
    orgs: new Map(),
    tables: new Map(),
    samples: createQuerySamples(),
    refreshTimes: new Map(),
    editFunctions: new Map(),
    landmarks: createLandmarkCache(),
    writes: createWriteSignal(),
  }

  const { env, outgoing } = createConnectionEnv(pluginOptions, { database, databaseOf: databases.of, now })
  const theirFunctions = [...ownFunctions, ...env.plugins.all().flatMap((plugin) => plugin.functions)]
  const functions =
    theirFunctions.length === 0 ? builtInRegistry : createFunctionRegistry(builtInFunctions, theirFunctions)

  const stopCatching = env.plugins.all().length === 0 ? () => {} : catchLeftBehind(env.logger)

  const loops = new Set<Maintenance | Worker>()
  const kinds = new Map(
    [...runKinds, importKind(files), ...sourceKinds(env), actionKind(env), columnRun(env)].map((kind) => [
      kind.id,
      kind,
    ]),
  )
  const runner = createRunner({
    kinds,
    databaseOf: databases.of,
    sessionOf: (orgId, actor) => sessionOf(orgId, actor, 'refuse'),
    claims: { leaseMs, runsPerOrg: mostRuns },
  })

  let isWorking = !workApart
  const wakeRun: Runner['wake'] = (...run) => {
    if (isWorking) runner.wake(...run)
  }

  const scheduled = scheduleKinds(env)
  const schedules = {
    kinds: scheduled,
    sessionOf: (orgId: string, actor: Actor) => sessionOf(orgId, actor, 'refuse'),
    now,
  }
  const inboxes = createInboxRunner({ env, sessionOf: (orgId) => sessionOf(orgId, vendors, 'refuse'), leaseMs })
  const wakeInbox: InboxRunner['wake'] = (...inbox) => {
    if (isWorking) inboxes.wake(...inbox)
  }

  function sessionOf(
    orgId: string,
    actor: Actor,
    absent: AbsentOrg = tenantRoles ? 'make-with-role' : 'make',
  ): OrgSession {
    const database = (): Promise<OpenDatabase> => databases.of(orgId)
    return openOrgSession({
      database,
      types,
      functions,
      plugins: env.plugins,
      orgId,
      actor,
      cache,
      now,
      absent,
      wakeRun,
    })
  }

  const seenTables: SeenTables = new Map()
  const fillByItself = async (database: OpenDatabase, signal: AbortSignal): Promise<void> =>
    await autoFill(database, (orgId) => sessionOf(orgId, autoFiller, 'refuse'), seenTables, signal)

  async function openedDatabases(): Promise<OpenDatabase[]> {
    return await Promise.all(databases.names().map((name) => databases.named(name)))
  }

  async function close({ graceMs }: CloseOptions = {}): Promise<void> {
    await Promise.all([...loops].map((loop) => loop.stop()))
    await Promise.all([runner.stop(graceMs), inboxes.stop()])
    await outgoing.close()
    await databases.close()
    stopCatching()
  }

  async function onEach<T>(work: (database: OpenDatabase) => Promise<T>): Promise<Record<string, T>> {
    const outcomes: Record<string, T> = {}
    for (const name of databases.names()) {
      try {
        outcomes[name] = await work(await databases.named(name))
      } catch (error) {
        if (databases.names().length === 1 || !isOpsError(error)) throw error
        throw new OpsError(error.code, `Database "${name}": ${error.message}`, { cause: error })
      }
    }
    return outcomes
  }

  return {
    migrate: () =>
      onEach(async (opened) => {
        if (tenantRoles) await opened.asLogin((client) => checkTenantRoles(client, opened.roles))
        const catalog = await migrateCatalog(opened, catalogPartitions)
        return { ...catalog, orgs: await migrateOrgs(opened) }
      }),
    migrationStatus: () =>
      onEach(async (opened) => {
        const catalog = await catalogStatus(opened)
        const orgs = catalog.current === 0 ? { all: 0, behind: 0, newer: 0 } : await orgSchemasStatus(opened)
        return { ...catalog, orgs }
      }),
    databaseFacts: () => onEach(databaseFacts),
    lint: () => onEach(lintCatalog),
    forOrg: (who) => {
      const orgId = checkOrgId(who.orgId)
      const actor = checkInput(actorSchema, who.actor, ['actor'])
      const session = sessionOf(orgId, actor)
      const { access } = who
      if (access === undefined) return createOrgOps(session, { runner, files, env, wakeInbox, scheduled })
      return narrowOrgOps(
        createOrgOps(narrowSession(session, access), { runner, files, env, wakeInbox, scheduled }),
        access,
      )
    },
    identityOfKey: async (text, options = {}) => {
      const token = readToken(text)
      if (token === undefined || !isOrgId(token.orgId)) return null
      try {
        return await identityOfKey(sessionOf(token.orgId, keyReader, 'refuse'), token, options)
      } catch (error) {
        if (isOpsError(error, 'NOT_FOUND')) return null
        throw error
      }
    },
    eraseOrg: async (id, options) => {
      const orgId = checkOrgId(id)
      await forgetUploads(sessionOf(orgId, eraser, 'refuse'), files)
      return await eraseOrg(await databases.of(orgId), orgId, options)
    },
    exportOrg: async function* (id, options) {
      const orgId = checkOrgId(id)
      yield* exportOrg(await databases.of(orgId), orgId, now(), options)
    },
    importOrg: async (id, source, options) => {
      const orgId = checkOrgId(id)
      const result = await importOrg(await databases.of(orgId), orgId, source, { types, tenantRoles }, options)
      await resumeFilling(sessionOf(orgId, importer), options)
      return result
    },
    finishOAuth: (input, options) => finishOAuth(env, (orgId) => sessionOf(orgId, vendors, 'refuse'), input, options),
    receiveWebhook: (incoming) =>
      receiveWebhook(
        env,
        {
          sessionOf: (orgId) => sessionOf(orgId, vendors, 'refuse'),
          databases: openedDatabases,
          stored: wakeInbox,
        },
        incoming,
      ),
    rotateSecrets: async (options = {}) =>
      await rotateSecrets(
        await openedDatabases(),
        (orgId) => sessionOf(orgId, keyRotation, 'refuse'),
        env.vault,
        options,
      ),
    startMaintenance: (options = {}) => {
      const asAdvisor = (orgId: string): OrgSession => sessionOf(orgId, advisor)
      const asCaretaker = (orgId: string): OrgSession => sessionOf(orgId, caretaker, 'refuse')
      const sweep = sweepHourly(files, openedDatabases, now)
      const loop = startMaintenance(
        {
          databases: openedDatabases,
          prepare: async ({ signal, guarded }) => {
            for (const orgId of cache.samples.orgs()) await guarded(() => flushSamples(asAdvisor(orgId), { signal }))
            await guarded(() => sweep(signal))
          },
          tasks: [
            adviseOrgs(asAdvisor),
            refreshOrgs(asCaretaker, functions, now),
            tidyOrgs(asCaretaker, now),
            removeOldRuns(asCaretaker, kinds, now),
          ],
        },
        options,
      )
      loops.add(loop)
      return loop
    },
    startWorker: (options = {}) => {
      const loop = startWorker(
        {
          databases: openedDatabases,
          runner,
          kinds,
          endAtStandstill,
          others: [fillByItself, inboxes.look, (database, signal) => fireSchedules(schedules, database, signal)],
        },
        options,
      )
      isWorking = true
      loops.add(loop)
      return loop
    },
    columnTypes: types.all(),
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}
