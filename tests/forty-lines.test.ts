import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { makeOwnedDirectory } from './databases/owned-directory.ts'
import { workspaceRoot } from './rooms/workspace-packages.ts'

const directory = makeOwnedDirectory()
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const script = join(workspaceRoot, 'examples/script-only/forty-lines.ts')

it('the example of forty lines imports, computes, filters and exports', async () => {
  expect(readFileSync(script, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  const { DATABASE_URL: _, ...env } = process.env
  const args = ['--conditions=@opslayer/source', script]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory, env })
  const rows = Number(/rows: (\d+)/.exec(stdout)?.[1])
  expect(stdout).toMatch(/created: 5000,/)
  expect(stdout).toContain(`{ count: ${rows}, exact: true }`)
  const exported = readFileSync(join(directory, 'worth-a-call.csv'), 'utf8')
  expect(exported.split('\n')[0]).toMatch(/First name,.*,Worth a call/)
  expect(rows).toBeGreaterThan(100)
}, 120_000)
