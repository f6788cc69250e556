import { createOps, embedded, type Ops, type OpsOptions } from '@opslayer/core'
import { type DatabaseTemplate, databaseTemplate } from '../../databases/database-template.ts'
import type { MakeDatabase } from '../../databases/describe-databases.ts'
import type { DatabaseTarget } from '../../databases/make-database.ts'

/** The option that opens a test's database. */
export function databaseOption(target: DatabaseTarget): OpsOptions['database'] {
  return target.kind === 'server' ? target.url : embedded(target.directory)
}

/**
 * Hash partitions of the catalog that the flows run on: `OPSLAYER_TEST_PARTITIONS=4` runs them all on a partitioned
 * catalog, where PostgreSQL itself refuses keys without `org_id`.
 */
export const partitionsAsked = Number(process.env.OPSLAYER_TEST_PARTITIONS ?? 0)

/** A migrated catalog, made once per server and run. */
export const migrated: DatabaseTemplate = migratedWith(partitionsAsked)

function migratedWith(partitions: number): DatabaseTemplate {
  return databaseTemplate(partitions === 0 ? 'migrated' : `migrated_p${partitions}`, async (target) => {
    await using ops = createOps({ database: databaseOption(target), catalogPartitions: partitions })
    await ops.migrate()
  })
}

export interface TestOps extends AsyncDisposable {
  readonly ops: Ops
  readonly target: DatabaseTarget
}

/**
 * opslayer on a fresh, migrated database of its own; both go when the test ends.
 *
 * @param template what the database holds already. @default nothing
 */
export async function openOps(
  makeDatabase: MakeDatabase,
  options: Omit<OpsOptions, 'database'> = {},
  template?: DatabaseTemplate,
): Promise<TestOps> {
  const catalogPartitions = options.catalogPartitions ?? partitionsAsked
  const database = await makeDatabase(template ?? migratedWith(catalogPartitions))
  const ops = createOps({ ...options, catalogPartitions, database: databaseOption(database) })
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
