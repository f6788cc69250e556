import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { removeOrphans } from './owned-directory.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { startServer } from './start-server.ts'
import { withClient } from './with-client.ts'

// These tests are about servers of our own.
beforeAll(() => {
  const given = process.env.DATABASE_URL
  delete process.env.DATABASE_URL
  return () => {
    if (given !== undefined) process.env.DATABASE_URL = given
  }
})

async function setting(url: string, name: string): Promise<unknown> {
  const { rows } = await withClient(url, (client) => client.query('select current_setting($1) as value', [name]))
  return rows[0]?.value
}

describe('startServer', () => {
  for (const version of [18, 15] as const) {
    it.skipIf(postgresBinaries(version) === undefined)(`starts PostgreSQL ${version} and ends it`, async () => {
      const server = await startServer({ version })
      expect(server.version).toBe(version)
      expect(await setting(server.url, 'fsync')).toBe('off')
      await server.stop()
      await expect(setting(server.url, 'fsync')).rejects.toThrow('ECONNREFUSED')
      await server.stop()
    })
  }

  it('measures with durable writes and takes settings', async () => {
    await using server = await startServer({ version: 18, durable: true, settings: { work_mem: '7MB' } })
    expect(await setting(server.url, 'fsync')).toBe('on')
    expect(await setting(server.url, 'shared_buffers')).toBe('512MB')
    expect(await setting(server.url, 'work_mem')).toBe('7MB')
  })

  it('shows the log of a server that does not start', async () => {
    await expect(startServer({ version: 18, settings: { no_such_setting: '1' } })).rejects.toThrow('no_such_setting')
  })

  it('removes the server of a process that was killed', async () => {
    const root = temporaryRoot()
    const owner = await spawnOwner(root)
    owner.child.kill('SIGKILL')
    await once(owner.child, 'exit')
    expect(await setting(owner.url, 'fsync')).toBe('off')
    await removeOrphans(root)
    await expect(setting(owner.url, 'fsync')).rejects.toThrow('ECONNREFUSED')
    expect(readdirSync(root)).toEqual([])
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with a process that gets %s', async (signal) => {
    const root = temporaryRoot()
    const owner = await spawnOwner(root)
    owner.child.kill(signal)
    expect(await once(owner.child, 'exit')).toEqual([null, signal])
    await expect(setting(owner.url, 'fsync')).rejects.toThrow('ECONNREFUSED')
    expect(readdirSync(root)).toEqual([])
  })
})

/** A place that only this test looks into: other runs sweep the usual one. */
function temporaryRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'opslayer-start-server-'))
  chmodSync(root, 0o755)
  onTestFinished(async () => {
    await removeOrphans(root)
    rmSync(root, { recursive: true, force: true })
  })
  return root
}

async function spawnOwner(root: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/own-a-server.ts')], {
    env: { ...process.env, TMPDIR: root },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(createInterface(child.stdout), 'line')
  return { child, url: String(url) }
}
