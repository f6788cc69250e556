import { OpsError } from '../errors/ops-error.ts'
import type { DatabaseInput } from './database-input.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'

/** Spreads orgs over several databases. An org lives in one of them, catalog rows included. */
export interface DatabaseRouter {
  /** By a name of the host's. */
  readonly databases: Readonly<Record<string, DatabaseInput>>
  /** Name of the database of an org: always the same, until the org was moved by `exportOrg` and `importOrg`. */
  databaseOf(orgId: string): string | Promise<string>
}

/** The databases of one `createOps`, each opened at its first use; none is, once they were closed. */
export interface Databases {
  of(orgId: string): Promise<OpenDatabase>
  named(name: string): Promise<OpenDatabase>
  names(): readonly string[]
  close(): Promise<void>
}

const only = 'main'

export function openDatabases(input: DatabaseInput | DatabaseRouter, schema: string): Databases {
  const router: DatabaseRouter = isRouter(input) ? input : { databases: { [only]: input }, databaseOf: () => only }
  const opened = new Map<string, Promise<OpenDatabase>>()
  let isClosed = false
  const named = (name: string): Promise<OpenDatabase> => {
    const database = Object.hasOwn(router.databases, name) ? router.databases[name] : undefined
    if (database === undefined) {
      return Promise.reject(
        new OpsError('INVALID_INPUT', `The router names a database "${name}" that it does not have.`),
      )
    }
    // Work that was left to itself would open it again behind the back of who closed it.
    if (isClosed)
      return Promise.reject(new OpsError('DATABASE_UNAVAILABLE', 'This opslayer was closed. Make another one.'))
    const present = opened.get(name)
    if (present !== undefined) return present
    const opening = openDatabase(database, schema)
    opened.set(name, opening)
    opening.catch(() => opened.delete(name))
    return opening
  }
  return {
    of: async (orgId) => await named(await router.databaseOf(orgId)),
    named,
    names: () => Object.keys(router.databases),
    close: async () => {
      isClosed = true
      const outcomes = await Promise.allSettled([...opened.values()].map(async (database) => (await database).close()))
      opened.clear()
      const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
      if (failures.length > 0) throw new AggregateError(failures, 'Some databases did not close.')
    },
  }
}

function isRouter(input: DatabaseInput | DatabaseRouter): input is DatabaseRouter {
  return typeof input === 'object' && 'databases' in input
}
