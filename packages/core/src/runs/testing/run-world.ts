import type { DatabaseTarget } from '../../../../../tests/databases/make-database.ts'
import { databaseOption } from '../../../../../tests/flows/testing/open-ops.ts'
import { columnTypesWith } from '../../catalog/column-types.ts'
import { createConnectionEnv } from '../../create-connection-env.ts'
import { createOrgOps } from '../../create-org-ops.ts'
import { openDatabases } from '../../db/databases.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { createInboxRunner } from '../../feeds/inbox-runner.ts'
import { createFunctionRegistry } from '../../formula/function-registry.ts'
import type { OrgOps } from '../../org-ops/org-ops.ts'
import { createPluginRegistry } from '../../plugin/plugin-registry.ts'
import { createQuerySamples } from '../../store/advisor/query-samples.ts'
import { createLandmarkCache } from '../../store/landmarks/landmark-cache.ts'
import { type OrgSession, openOrgSession } from '../../store/org-session.ts'
import type { AbsentOrg } from '../../store/provision-org.ts'
import { queueRun } from '../../store/queue-run.ts'
import { createWriteSignal } from '../../store/write-signal.ts'
import { defaultFiles } from '../../transfer/local-files.ts'
import type { AnyRunKind } from '../run-kind.ts'
import { startWorker } from '../run-worker.ts'
import { createRunner, type Runner } from '../runner.ts'

const actor = { type: 'user', id: 'u1' } as const

/** What one process has of a database: its own connections, caches and runner, with kinds of the test's. */
export interface RunWorld extends AsyncDisposable {
  readonly acme: OrgOps
  readonly session: OrgSession
  readonly runner: Runner
  readonly database: OpenDatabase
  /** Queues a run without waking anybody. */
  queue(tableId: string, kind: string, input: object): Promise<string>
  /** Looks for runs that nobody works on. */
  startWorker(): void
}

/** Opens a migrated database as a process of its own would. */
export async function openRunWorld(
  target: DatabaseTarget,
  kinds: readonly AnyRunKind[],
  leaseMs = 20_000,
  runsPerOrg?: number,
): Promise<RunWorld> {
  const databases = openDatabases(databaseOption(target), 'opslayer')
  const cache = {
    orgs: new Map(),
    tables: new Map(),
    samples: createQuerySamples(),
    refreshTimes: new Map(),
    editFunctions: new Map(),
    landmarks: createLandmarkCache(),
    writes: createWriteSignal(),
  }
  const database = await databases.of('acme')
  const byId = new Map(kinds.map((kind) => [kind.id, kind]))
  const sessionOf = (absent: AbsentOrg): OrgSession =>
    openOrgSession({
      database: async () => database,
      types: columnTypesWith([]),
      functions: createFunctionRegistry([]),
      plugins: createPluginRegistry([]),
      orgId: 'acme',
      actor,
      cache,
      now: () => new Date(),
      absent,
      wakeRun: (orgId, runId, lane) => runner.wake(orgId, runId, lane),
    })
  const runner = createRunner({
    kinds: byId,
    databaseOf: async () => database,
    sessionOf: () => sessionOf('refuse'),
    claims: { leaseMs, runsPerOrg },
  })
  const session = sessionOf('make')
  const { env } = createConnectionEnv({}, { database: '', databaseOf: async () => database, now: () => new Date() })
  const inboxes = createInboxRunner({ env, sessionOf: () => sessionOf('refuse'), leaseMs })
  const stopping = new AbortController()
  return {
    acme: createOrgOps(session, {
      runner,
      files: defaultFiles('memory'),
      env,
      wakeInbox: inboxes.wake,
      scheduled: {},
    }),
    session,
    runner,
    database,
    queue: (tableId, kind, input) =>
      session.writeTable(tableId, {}, (work) => queueRun(work, { kind, tableId, input })),
    startWorker: () => {
      startWorker(
        { databases: async () => [database], runner, kinds: byId, endAtStandstill: () => () => {} },
        { everyMs: 50, signal: stopping.signal },
      )
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await runner.stop()
      await databases.close()
    },
  }
}
