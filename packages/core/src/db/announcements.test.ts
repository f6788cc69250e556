import pg from 'pg'
import { expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { withClient } from '../../../../tests/databases/with-client.ts'
import { announcementsBy } from './announcements.ts'

const channel = 'opslayer "test"'

function poolOf(url: string, max = 5): pg.Pool & AsyncDisposable {
  const pool = new pg.Pool({ connectionString: url, max })
  pool.on('error', () => {}) // As `pg` asks of hosts: an idle connection may die.
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end() })
}

describeDatabases('announcements', (makeDatabase, database) => {
  it.runIf(database !== 'embedded')(
    'reach who listens for the org in another process, and not the one who tells',
    async () => {
      await using target = await makeDatabase()
      if (target.kind !== 'server') throw new Error('not a server')
      await using pool = poolOf(target.url)
      const [here, there] = [announcementsBy(pool, channel), announcementsBy(pool, channel)]
      const told: string[] = []
      here.hear('acme', () => told.push('here'))
      there.hear('globex', () => told.push('of another org'))
      const stop = there.hear('acme', () => told.push('there'))
      await expect
        .poll(() => {
          here.tell('acme')
          return told
        })
        .toContain('there')
      stop()
      const before = told.length
      there.hear('initech', () => told.push('last'))
      await expect
        .poll(() => {
          here.tell('acme')
          here.tell('initech')
          return told
        })
        .toContain('last')
      expect(told.slice(before)).toEqual(told.slice(before).map(() => 'last'))
      expect(new Set(told)).toEqual(new Set(['there', 'last']))
      await Promise.all([here.close(), there.close()])
      expect(pool.totalCount - pool.idleCount).toBe(0)
    },
  )

  it.runIf(database !== 'embedded')('of many writes are few', async () => {
    await using target = await makeDatabase()
    if (target.kind !== 'server') throw new Error('not a server')
    await using pool = poolOf(target.url)
    const heard: string[] = []
    await withClient(target.url, async (client) => {
      client.on('notification', ({ payload = '' }) => heard.push(payload.split(' ')[1] ?? ''))
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
      const telling = announcementsBy(pool, channel)
      for (let n = 0; n < 1_000; n += 1) telling.tell(`org-${n % 2}`)
      await expect.poll(() => heard.length).toBeGreaterThan(2)
      await telling.close()
      await client.query('select')
    })
    // The first at once, then what has gathered meanwhile.
    expect(heard.toSorted()).toEqual(['org-0', 'org-0', 'org-1'])
  })

  it.runIf(database !== 'embedded')(
    'are heard again after the connection was lost, and take none of a small pool',
    async () => {
      await using target = await makeDatabase()
      if (target.kind !== 'server') throw new Error('not a server')
      await using pool = poolOf(target.url)
      await using small = poolOf(target.url, 1)
      const [telling, listening] = [announcementsBy(small, channel), announcementsBy(pool, channel)]
      let heard = 0
      telling.hear('acme', () => {})
      listening.hear('acme', () => {
        heard += 1
      })
      await expect
        .poll(() => {
          telling.tell('acme')
          return heard
        })
        .toBeGreaterThan(0)
      await withClient(target.url, (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'`,
        ),
      )
      heard = 0
      await expect
        .poll(
          () => {
            telling.tell('acme')
            return heard
          },
          { timeout: 20_000 },
        )
        .toBeGreaterThan(0)
      await Promise.all([telling.close(), listening.close()])
    },
  )
})
