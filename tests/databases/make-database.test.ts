import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { databaseTemplate } from './database-template.ts'
import { describeDatabases } from './describe-databases.ts'
import type { DatabaseTarget } from './make-database.ts'
import { chooseDatabases } from './test-databases.ts'
import { withClient } from './with-client.ts'

async function writeMark(target: DatabaseTarget, mark: string): Promise<void> {
  if (target.kind === 'embedded') writeFileSync(join(target.directory, 'mark'), mark)
  else await withClient(target.url, (client) => client.query(`create table mark as select '${mark}' as mark`))
}

async function readMark(target: DatabaseTarget): Promise<unknown> {
  if (target.kind === 'embedded') {
    const file = join(target.directory, 'mark')
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }
  return withClient(target.url, async (client) => {
    const { rows } = await client.query(`select to_regclass('mark') as found`)
    return rows[0]?.found === null ? undefined : (await client.query('select mark from mark')).rows[0]?.mark
  })
}

describeDatabases('makeDatabase', (makeDatabase, name) => {
  it('gives each caller an empty database', async () => {
    await using one = await makeDatabase()
    await using other = await makeDatabase()
    await writeMark(one, 'one')
    expect(await readMark(other)).toBeUndefined()
    if (one.kind === 'server' && !process.env.DATABASE_URL) expect(`pg${one.version}`).toBe(name)
  })

  it('prepares a template once and copies it for each caller', async () => {
    let prepared = 0
    const template = databaseTemplate('marked', async (target) => {
      prepared += 1
      await writeMark(target, 'template')
    })
    const databases = await Promise.all([makeDatabase(template), makeDatabase(template), makeDatabase(template)])
    for (const database of databases) {
      expect(await readMark(database)).toBe('template')
      await database[Symbol.asyncDispose]()
    }
    expect(prepared).toBe(1)
  })

  it('prepares a template again after a failure', async () => {
    let attempts = 0
    const template = databaseTemplate('fails_once', async (target) => {
      attempts += 1
      await writeMark(target, 'attempt')
      if (attempts === 1) throw new Error('The first attempt fails')
    })
    await expect(makeDatabase(template)).rejects.toThrow('The first attempt fails')
    await using database = await makeDatabase(template)
    expect(await readMark(database)).toBe('attempt')
  })

  it('drops the database when the test is done', async () => {
    const database = await makeDatabase()
    await database[Symbol.asyncDispose]()
    if (database.kind === 'embedded') expect(existsSync(database.directory)).toBe(false)
    else await expect(readMark(database)).rejects.toThrow('does not exist')
  })
})

it('narrows the databases to those that were asked for', () => {
  expect(chooseDatabases('pg18, embedded')).toEqual(['pg18', 'embedded'])
  expect(() => chooseDatabases('mysql')).toThrow('OPSLAYER_TEST_DATABASES knows embedded, pg18, pg15, not "mysql"')
})
