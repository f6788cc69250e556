import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { withDatabase } from './database-names.ts'
import type { DatabaseTarget } from './make-database.ts'
import { withClient } from './with-client.ts'

/** What databases are copied from. See {@link databaseTemplate}. */
export interface DatabaseTemplate {
  readonly name: string
  readonly prepare: (target: DatabaseTarget) => Promise<void>
}

/**
 * Describes a template. `prepare` runs once per server and test run, whichever worker needs it first, and once for the
 * embedded databases; it must close all its connections before it returns.
 *
 * @param name lower-case letters, digits and `_`, at most 20; one name stands for one `prepare` in the whole suite
 */
export function databaseTemplate(name: string, prepare: DatabaseTemplate['prepare']): DatabaseTemplate {
  if (!/^[a-z][a-z0-9_]{0,19}$/.test(name)) throw new Error(`"${name}" is no name for a database template`)
  return { name, prepare }
}

/** Makes the template database of this run unless it stands. Returns its name. */
export function prepareServerTemplate(
  server: { readonly url: string; readonly version: number },
  prefix: string,
  template: DatabaseTemplate,
): Promise<string> {
  const ready = `${prefix}t_${template.name}`
  const draft = `${prefix}d_${template.name}`
  return withClient(server.url, async (client) => {
    // A session lock on a connection of its own: the other workers wait here, and a killed worker lets go.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [ready])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [ready])
    if (rowCount === 1) return ready
    await client.query(`drop database if exists ${draft} with (force)`)
    await client.query(`create database ${draft}`)
    await template.prepare({ kind: 'server', url: withDatabase(server.url, draft), version: server.version })
    await client.query(`alter database ${draft} rename to ${ready}`)
    return ready
  })
}

/** Makes the template directory of this run unless it stands. Returns its path. */
export async function prepareDirectory(parent: string, template: DatabaseTemplate): Promise<string> {
  const ready = join(parent, `template-${template.name}`)
  const lock = `${ready}.lock`
  const deadline = Date.now() + 120_000
  while (!existsSync(ready)) {
    if (takeLock(lock)) {
      try {
        if (!existsSync(ready)) await draftDirectory(ready, template)
      } finally {
        rmdirSync(lock)
      }
    } else {
      if (Date.now() > deadline) throw new Error(`Nobody finished the database template "${template.name}"`)
      await delay(20)
    }
  }
  return ready
}

async function draftDirectory(ready: string, template: DatabaseTemplate): Promise<void> {
  const draft = `${ready}.draft`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft)
  await template.prepare({ kind: 'embedded', directory: draft })
  renameSync(draft, ready)
}

function takeLock(path: string): boolean {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
