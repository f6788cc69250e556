import { randomBytes } from 'node:crypto'
import type { DatabaseTarget } from '../../databases/make-database.ts'
import { withClient } from '../../databases/with-client.ts'

/** A login role on the test's server, without any right but those given; goes when disposed. */
export interface Login extends AsyncDisposable {
  readonly name: string
  /** The database's connection string with this login. */
  readonly url: string
}

export async function makeLogin(
  target: DatabaseTarget & { readonly kind: 'server' },
  attributes: string,
  ...grants: readonly ((login: string, database: string) => string)[]
): Promise<Login> {
  const name = `opslayer_test_login_${randomBytes(5).toString('hex')}`
  const url = new URL(target.url)
  const database = url.pathname.slice(1)
  await withClient(target.url, async (client) => {
    await client.query(`create role ${name} login password 'secret' ${attributes}`)
    for (const grant of grants) await client.query(grant(name, database))
  })
  url.username = name
  url.password = 'secret'
  return {
    name,
    url: url.href,
    [Symbol.asyncDispose]: () =>
      withClient(target.url, async (client) => {
        // What it owns lies in this database, which is dropped with it.
        await client.query(`drop owned by ${name} cascade`)
        const { rows } = await client.query(
          `select r.rolname as role from pg_roles as r where r.rolname like 'opslayer\\_' || $1 || '%'`,
          [database],
        )
        for (const { role } of rows) {
          await client.query(`drop owned by "${role}" cascade`)
          await client.query(`drop role "${role}"`)
        }
        await client.query(`drop role ${name}`)
      }),
  }
}
