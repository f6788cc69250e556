import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { databasePrefix } from './database-names.ts'
import { dropDatabases } from './drop-databases.ts'
import { makeOwnedDirectory, removeOrphans } from './owned-directory.ts'
import { openServerDesk } from './server-desk.ts'

/** What the workers of a test run know about its databases. */
export interface DatabaseRun {
  /** Part of the name of every database of this run, so that runs can share a server. */
  readonly id: string
  /** Where servers are asked for. */
  readonly desk: string
  /** Holds the embedded databases of this run. */
  readonly directory: string
  /** `OPSLAYER_KEEP_DATABASES=1`: databases stay for inspection until the next run. */
  readonly keep: boolean
}

declare module 'vitest' {
  export interface ProvidedContext {
    databaseRun: DatabaseRun
  }
}

/** Prepares databases for one test run and removes them after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const keep = process.env.OPSLAYER_KEEP_DATABASES === '1'
  await removeOrphans()
  const desk = await openServerDesk({ keep })
  const directory = makeOwnedDirectory()
  const id = `${Math.floor(Date.now() / 1000).toString(36)}${randomBytes(3).toString('hex')}`
  project.provide('databaseRun', { id, desk: desk.url, directory, keep })
  return async () => {
    if (keep)
      console.log(`Kept until the next run: ${[directory, ...(await desk.servers()).map(({ url }) => url)].join(' ')}`)
    else {
      for (const server of await desk.servers()) await dropDatabases(server.url, databasePrefix(id))
      rmSync(directory, { recursive: true, force: true })
    }
    await desk[Symbol.asyncDispose]()
  }
}
