import { createOps, embedded, type Ops, type OpsOptions } from '@opslayer/core'
import { databaseTemplate } from '../../databases/database-template.ts'
import type { MakeDatabase } from '../../databases/describe-databases.ts'
import type { DatabaseTarget } from '../../databases/make-database.ts'

/** The option that opens a test's database. */
export function databaseOption(target: DatabaseTarget): OpsOptions['database'] {
  return target.kind === 'server' ? target.url : embedded(target.directory)
}

/** A migrated catalog, made once per server and run. */
export const migrated = databaseTemplate('migrated', async (target) => {
  await using ops = createOps({ database: databaseOption(target) })
  await ops.migrate()
})

export interface TestOps extends AsyncDisposable {
  readonly ops: Ops
  readonly target: DatabaseTarget
}

/** opslayer on a fresh, migrated database of its own; both go when the test ends. */
export async function openOps(
  makeDatabase: MakeDatabase,
  options: Omit<OpsOptions, 'database'> = {},
): Promise<TestOps> {
  const database = await makeDatabase(migrated)
  const ops = createOps({ ...options, database: databaseOption(database) })
  await ops.migrate()
  return {
    ops,
    target: database,
    [Symbol.asyncDispose]: async () => {
      await ops.close()
      await database[Symbol.asyncDispose]()
    },
  }
}
