import { OpsError } from '../errors/ops-error.ts'
import { isPostgresError } from './database-errors.ts'
import type { OpenDatabase } from './open-database.ts'
import type { PgClient } from './pool.ts'
import { quoteIdentifier, quoteLiteral } from './quote.ts'

/** A statement that may need more rights than the host's role has, and how to see that it is not needed. */
interface Preparation {
  /** A boolean expression: true where the work is done already. */
  readonly done: string
  readonly statement: string
}

function preparations({ schema, roles }: Pick<OpenDatabase, 'schema' | 'roles'>, databaseName: string): Preparation[] {
  const name = quoteIdentifier(schema)
  const forRole = (role: string): Preparation[] => [
    {
      done: `exists (select 1 from pg_roles where rolname = ${quoteLiteral(role)})`,
      // Roles are shared by all databases of a server: another one may be making the same role now.
      statement: `do $$ begin create role ${quoteIdentifier(role)} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    },
    {
      done: `pg_has_role(current_user, ${quoteLiteral(role)}, 'member')`,
      statement: `grant ${quoteIdentifier(role)} to current_user`,
    },
    {
      done: `has_database_privilege(${quoteLiteral(role)}, current_database(), 'create')`,
      statement: `grant create on database ${quoteIdentifier(databaseName)} to ${quoteIdentifier(role)}`,
    },
  ]
  const usage = (role: string): Preparation => ({
    done: `has_schema_privilege(${quoteLiteral(role)}, ${quoteLiteral(schema)}, 'usage')`,
    statement: `grant usage on schema ${name} to ${quoteIdentifier(role)}`,
  })
  return [
    ...forRole(roles.org),
    ...forRole(roles.system),
    {
      done: `exists (select 1 from pg_namespace where nspname = ${quoteLiteral(schema)})`,
      statement: `create schema ${name}`,
    },
    usage(roles.org),
    usage(roles.system),
  ]
}

/**
 * Makes the roles and the schema of the catalog, skipping what an administrator has made already. Runs in the
 * migration's transaction, also when the catalog is current: a copied or restored database loses its grants.
 *
 * @throws OpsError `DATABASE_UNSUITABLE`: the message holds the SQL for an administrator
 */
export async function prepareDatabase(
  client: PgClient,
  database: Pick<OpenDatabase, 'schema' | 'roles'>,
): Promise<void> {
  const { rows } = await client.query({ text: 'select current_database() as name' })
  const steps = preparations(database, rows[0].name)
  try {
    for (const { done, statement } of steps) {
      const found = await client.query({ text: `select ${done} as done` })
      if (found.rows[0].done !== true) await client.query({ text: statement })
    }
  } catch (error) {
    if (!isPostgresError(error, '42501')) throw error
    const script = steps.map(({ statement }) => `${statement};`).join('\n')
    throw new OpsError(
      'DATABASE_UNSUITABLE',
      `The database role may not make what opslayer needs. Ask an administrator to run this, with the role opslayer connects as in place of current_user, and call migrate() again:\n${script.replace('create schema', 'create schema if not exists')}`,
      { cause: error },
    )
  }
}
