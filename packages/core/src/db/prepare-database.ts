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

interface Installer {
  /** Quoted name of the role that opslayer connects as. */
  readonly login: string
  /** Quoted name of the database. */
  readonly database: string
  /** Name of the right to switch to a role: being a member was enough before PostgreSQL 16. */
  readonly membership: 'set' | 'member'
}

function preparations(
  { schema, roles }: Pick<OpenDatabase, 'schema' | 'roles'>,
  { login, database, membership }: Installer,
): Preparation[] {
  const name = quoteIdentifier(schema)
  const forRole = (role: string): Preparation[] => [
    {
      done: `exists (select 1 from pg_roles where rolname = ${quoteLiteral(role)})`,
      // Roles are shared by all databases of a server: another one may be making the same role now.
      statement: `do $$ begin create role ${quoteIdentifier(role)} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    },
    {
      done: `pg_has_role(current_user, ${quoteLiteral(role)}, '${membership}')`,
      statement: `grant ${quoteIdentifier(role)} to ${login}`,
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
      done: `has_database_privilege(current_user, current_database(), 'create')`,
      statement: `grant create on database ${database} to ${login}`,
    },
    {
      done: `exists (select 1 from pg_namespace where nspname = ${quoteLiteral(schema)})`,
      statement: `create schema if not exists ${name} authorization ${login}`,
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
  const steps = preparations(database, await installer(client))
  try {
    for (const { done, statement } of steps) {
      if (await isDone(client, done)) continue
      await client.query({ text: statement })
      // A grant that one has no right to give may pass with no more than a warning.
      if (!(await isDone(client, done))) throw unsuitable(steps)
    }
  } catch (error) {
    throw isPostgresError(error, '42501') ? unsuitable(steps, error) : error
  }
}

async function installer(client: PgClient): Promise<Installer> {
  const { rows } = await client.query({
    text: `select current_user::text as login, current_database() as database, current_setting('server_version_num')::int as version`,
  })
  const { login, database, version } = rows[0]
  return {
    login: quoteIdentifier(login),
    database: quoteIdentifier(database),
    membership: version >= 160_000 ? 'set' : 'member',
  }
}

async function isDone(client: PgClient, condition: string): Promise<boolean> {
  const { rows } = await client.query({ text: `select ${condition} as done` })
  return rows[0].done === true
}

function unsuitable(steps: readonly Preparation[], cause?: unknown): OpsError {
  const script = steps.map(({ statement }) => `${statement};`).join('\n')
  return new OpsError(
    'DATABASE_UNSUITABLE',
    `The database role may not make what opslayer needs. Let an administrator run this in the database, and call migrate() again:\n${script}`,
    { cause },
  )
}
