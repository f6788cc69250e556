import { describe } from 'vitest'
import type { DatabaseTemplate } from './database-template.ts'
import { makeDatabase, type TestDatabase } from './make-database.ts'
import { type DatabaseName, distinctDatabases, testDatabases } from './test-databases.ts'

/** Makes a database of the kind that the surrounding block is about. */
export type MakeDatabase = (template?: DatabaseTemplate) => Promise<TestDatabase>

/** Makes a database on the server that the surrounding block is about. */
export type MakeServerDatabase = (template?: DatabaseTemplate) => Promise<TestDatabase & { readonly kind: 'server' }>

/**
 * Runs the same tests on each of {@link distinctDatabases}.
 *
 * @example
 * describeDatabases('rows', (makeDatabase) => {
 *   it('are kept', async () => {
 *     await using database = await makeDatabase()
 *   })
 * })
 */
export function describeDatabases(
  title: string,
  tests: (makeDatabase: MakeDatabase, name: DatabaseName) => void,
): void {
  for (const name of distinctDatabases) {
    describe(`${title} (${name})`, () => tests((template) => makeDatabase(name, template), name))
  }
}

/**
 * The same, on one of them alone, a server if there is one: for HTTP, files and rules in TypeScript, which do not depend on the
 * database.
 */
export function describeOneDatabase(title: string, tests: (makeDatabase: MakeDatabase) => void): void {
  const name = servers[0] ?? 'embedded'
  describe(`${title} (${name})`, () => tests((template) => makeDatabase(name, template)))
}

/**
 * The same, on the embedded database and on one server: for what depends on how a database is spoken to (COPY, cancelling,
 * notifications, processes that end) and not on its version.
 */
export function describeBothKinds(
  title: string,
  tests: (makeDatabase: MakeDatabase, name: DatabaseName) => void,
): void {
  for (const name of testDatabases.filter((each) => each === 'embedded' || each === servers[0]))
    describe(`${title} (${name})`, () => tests((template) => makeDatabase(name, template), name))
}

/** The same, without the embedded database: for what needs several roles, connections or processes. */
export function describeServers(title: string, tests: (makeDatabase: MakeServerDatabase) => void): void {
  for (const name of servers) describeServer(title, name, tests)
}

/** The same, on one server alone. */
export function describeOneServer(title: string, tests: (makeDatabase: MakeServerDatabase) => void): void {
  for (const name of servers.slice(0, 1)) describeServer(title, name, tests)
}

const servers = testDatabases.filter((name) => name !== 'embedded')

function describeServer(title: string, name: DatabaseName, tests: (makeDatabase: MakeServerDatabase) => void): void {
  describe(`${title} (${name})`, () =>
    tests(async (template) => {
      const database = await makeDatabase(name, template)
      if (database.kind === 'server') return database
      throw new Error(`${name} is no server`)
    }))
}
