import { describe } from 'vitest'
import type { DatabaseTemplate } from './database-template.ts'
import { makeDatabase, type TestDatabase } from './make-database.ts'
import { type DatabaseName, testDatabases } from './test-databases.ts'

/** Makes a database of the kind that the surrounding block is about. */
export type MakeDatabase = (template?: DatabaseTemplate) => Promise<TestDatabase>

/** Makes a database on the server that the surrounding block is about. */
export type MakeServerDatabase = (template?: DatabaseTemplate) => Promise<TestDatabase & { readonly kind: 'server' }>

/**
 * Runs the same tests on each of {@link testDatabases}.
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
  for (const name of testDatabases) {
    describe(`${title} (${name})`, () => tests((template) => makeDatabase(name, template), name))
  }
}

/** The same, without the embedded database: for what needs several roles, connections or processes. */
export function describeServers(title: string, tests: (makeDatabase: MakeServerDatabase) => void): void {
  for (const name of testDatabases) {
    if (name === 'embedded') continue
    describe(`${title} (${name})`, () =>
      tests(async (template) => {
        const database = await makeDatabase(name, template)
        if (database.kind === 'server') return database
        throw new Error(`${name} is no server`)
      }))
  }
}
