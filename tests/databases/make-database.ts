import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { databasePrefix, withDatabase } from './database-names.ts'
import { type DatabaseTemplate, prepareDirectory, prepareServerTemplate } from './database-template.ts'
import { askForServer } from './server-desk.ts'
import type { DatabaseName } from './test-databases.ts'
import { withClient } from './with-client.ts'

/** Where a database is: what the product is told to open. */
export type DatabaseTarget =
  | {
      readonly kind: 'server'
      readonly url: string
      /** Major version of the server. */
      readonly version: number
    }
  | { readonly kind: 'embedded'; readonly directory: string }

/** A database of one test; disposing drops it, unless `OPSLAYER_KEEP_DATABASES=1`. */
export type TestDatabase = DatabaseTarget & AsyncDisposable

/**
 * Makes a database that nobody else uses: a new one on the server of that name, or an empty directory.
 * With a template it starts as a copy of what the template prepared.
 *
 * @example
 * await using database = await makeDatabase('pg18')
 */
export async function makeDatabase(name: DatabaseName, template?: DatabaseTemplate): Promise<TestDatabase> {
  return name === 'embedded' ? makeEmbedded(template) : makeOnServer(name === 'pg15' ? 15 : 18, template)
}

async function makeEmbedded(template: DatabaseTemplate | undefined): Promise<TestDatabase> {
  const run = inject('databaseRun')
  const directory = join(run.directory, `database-${randomBytes(6).toString('hex')}`)
  if (template === undefined) mkdirSync(directory)
  else cpSync(await prepareDirectory(run.directory, template), directory, { recursive: true })
  return {
    kind: 'embedded',
    directory,
    async [Symbol.asyncDispose]() {
      if (!run.keep) rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function makeOnServer(wanted: 18 | 15, template: DatabaseTemplate | undefined): Promise<TestDatabase> {
  const run = inject('databaseRun')
  const server = await askForServer(run.desk, wanted)
  const prefix = databasePrefix(run.id)
  const source = template === undefined ? 'template1' : await prepareServerTemplate(server, prefix, template)
  const database = `${prefix}${randomBytes(6).toString('hex')}`
  await withClient(server.url, (client) => client.query(`create database ${database} template ${source}`))
  return {
    kind: 'server',
    url: withDatabase(server.url, database),
    version: server.version,
    async [Symbol.asyncDispose]() {
      if (run.keep) return
      await withClient(server.url, (client) => client.query(`drop database if exists ${database} with (force)`))
    },
  }
}
