import { databaseTemplate } from '../../../../../tests/databases/database-template.ts'
import type { MakeDatabase } from '../../../../../tests/databases/describe-databases.ts'
import type { DatabaseTarget } from '../../../../../tests/databases/make-database.ts'
import { databaseOption } from '../../../../../tests/flows/testing/open-ops.ts'
import { createOps } from '../../create-ops.ts'
import { openDatabases } from '../../db/databases.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import type { PluginFetch } from '../../plugin/plugin-context.ts'
import { type LayerOptions, layerOutgoing } from '../layer-outgoing.ts'
import { localLimits } from '../local-limits.ts'
import { createOutgoing, type FetchTarget, type Outgoing, type OutgoingOptions } from '../outgoing.ts'
import { createRateLimits } from '../rate-limit.ts'

/** A migrated catalog with the org `acme`. */
const withAcme = databaseTemplate('with_acme', async (target) => {
  await using ops = createOps({ database: databaseOption(target) })
  await ops.migrate()
  await ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } }).tables.list()
})

/** What one process has: its connections to the database and its way out. */
export interface OutgoingWorld extends AsyncDisposable {
  readonly outgoing: Outgoing
  readonly database: OpenDatabase
  readonly target: DatabaseTarget
  /** A `ctx.fetch` for the connection `conn_1` of the org `acme`. */
  fetchFor(target: Partial<FetchTarget>): PluginFetch
  /** Another process on the same database. */
  another(): OutgoingWorld
}

/** A way out without a database: limits in memory, no log. For what does not depend on either. */
export function openLocalWorld(options: Pick<LayerOptions, 'allowedOrigins'> = {}) {
  const now = (): Date => new Date()
  const outgoing = layerOutgoing({
    now,
    rateLimits: createRateLimits(localLimits(), now),
    log: { note: () => {}, written: async () => {}, close: async () => {} },
    ...options,
  })
  return {
    fetchFor: (given: Partial<FetchTarget>): PluginFetch => outgoing.fetchFor({ ...plainTarget(), ...given }),
    [Symbol.asyncDispose]: () => outgoing.close(),
  }
}

/** Of the connection `conn_1` of the org `acme`, without limits. */
function plainTarget(): FetchTarget {
  return {
    orgId: 'acme',
    pluginId: 'vendor',
    connectionId: 'conn_1',
    rateLimits: [],
    secrets: [],
    signal: new AbortController().signal,
  }
}

export async function openOutgoingWorld(
  makeDatabase: MakeDatabase,
  options: Partial<OutgoingOptions> = {},
): Promise<OutgoingWorld> {
  const target = await makeDatabase(withAcme)
  const databases = openDatabases(databaseOption(target), 'opslayer')
  const database = await databases.of('acme')
  const world = (): OutgoingWorld => {
    const outgoing = createOutgoing({ databaseOf: async () => database, now: () => new Date(), ...options })
    return {
      outgoing,
      database,
      target,
      fetchFor: (given) => outgoing.fetchFor({ ...plainTarget(), ...given }),
      another: world,
      [Symbol.asyncDispose]: () => outgoing.close(),
    }
  }
  const first = world()
  return {
    ...first,
    [Symbol.asyncDispose]: async () => {
      await first.outgoing.close()
      await databases.close()
      await target[Symbol.asyncDispose]()
    },
  }
}
