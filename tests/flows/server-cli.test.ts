import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCli } from '../../packages/server/src/cli/create-cli.ts'

const main = fileURLToPath(new URL('../../packages/server/src/cli/main.ts', import.meta.url))
let directory = ''

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'opslayer-cli-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const at = (file: string): string => join(directory, file)

/** Runs a command on a database of its own, in this process: a process for each would take most of the time. */
async function opslayer(...args: readonly string[]): Promise<Ended> {
  const printed = { stdout: '', stderr: '' }
  const cli = createCli({
    env: { DATABASE_URL: at('data') },
    print: (text, to) => {
      printed[to] += text
    },
  })
  return { code: await cli.run(args), ...printed }
}

/** Runs the command as a user would. */
function opslayerProcess(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=@opslayer/source', main, ...args],
      { cwd: directory, timeout: 20_000, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

it('migrates, says how things stand, and checks them', { timeout: 120_000 }, async () => {
  const none = await opslayer('status')
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('There is no database in')])
  expect(existsSync(at('data'))).toBe(false)
  expect((await opslayer('doctor')).stdout).toMatch(/database\s+fault\s+There is no database/)
  expect((await opslayer('migrate')).code).toBe(0)
  const status = await opslayer('status', '--json')
  expect([status.code, JSON.parse(status.stdout)]).toMatchObject([0, [{ state: 'current', behind: 0 }]])
  const doctor = await opslayer('doctor')
  expect(doctor.stdout).toMatch(/walls between orgs\s+ok/)
  expect(doctor.stdout).toMatch(/PostgreSQL\s+ok\s+1[5-9]\S*, embedded/)
  expect(doctor.stdout).toMatch(/clock\s+ok/)
  expect(doctor.code).toBe(0)
})

it('imports a file, lists it, exports it, and makes keys', { timeout: 120_000 }, async () => {
  writeFileSync(join(directory, 'leads.csv'), 'Name,Score\nAda,3\nBob,4\n')
  const imported = await opslayer('import', at('leads.csv'), '--org', 'acme', '--name', 'Leads', '--json')
  expect(imported.stderr).toBe('')
  const { tableId } = JSON.parse(imported.stdout)
  const listed = await opslayer('tables', '--org', 'acme')
  expect(listed.stdout).toMatch(new RegExp(`${tableId}\\s+Leads\\s+2\\s+2`))
  const view = await opslayer('sql-view', tableId, '--org', 'acme', '--reader', 'metabase')
  expect([view.code, view.stderr]).toEqual([0, ''])
  expect(view.stdout).toMatch(
    /^-- "ops_\w+"\."t1_view" \(_id, .*, name, score\)\ngrant usage on schema "ops_\w+" to "metabase";\n/,
  )
  const exported = await opslayer('export', tableId, '--org', 'acme', '--format', 'jsonl', '--out', at('out.jsonl'))
  expect([exported.code, exported.stdout]).toEqual([0, `2 rows written to ${at('out.jsonl')}\n`])
  expect(readFileSync(join(directory, 'out.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2)
  const again = await opslayer('export', tableId, '--org', 'acme', '--out', at('out.jsonl'))
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already')])
  writeFileSync(join(directory, 'ragged.csv'), 'Name,Score\nCleo,5\nDan,6,7\n')
  const ragged = await opslayer('import', at('ragged.csv'), '--org', 'acme', '--errors', at('rejected.csv'))
  expect(ragged.stdout).toContain('2 rows read, 1 of them rejected')
  expect(readFileSync(join(directory, 'rejected.csv'), 'utf8')).toContain('Dan')
  expect((await opslayer('tables', '--org', 'acme')).stdout).toMatch(/\sragged\s/)
  const made = await opslayer('keys', 'create', 'Nightly', '--org', 'acme', '--role', 'editor')
  expect(made.stdout).toMatch(/^opk\./)
  expect((await opslayer('keys', 'list', '--org', 'acme')).stdout).toContain('Nightly')
})

it('writes a first configuration and leaves what is there', { timeout: 60_000 }, async () => {
  const first = await opslayer('init', at('app'), '--kind', 'next')
  expect(first.stdout).toMatch(/route\.ts\s+written/)
  writeFileSync(join(directory, 'app/opslayer.ts'), '// mine')
  expect((await opslayer('init', at('app'), '--kind', 'next')).stdout).toMatch(/opslayer\.ts\s+is there already/)
  expect(readFileSync(join(directory, 'app/opslayer.ts'), 'utf8')).toBe('// mine')
})

it('says what it did not understand, with exit code 2', { timeout: 60_000 }, async () => {
  const unknown = await opslayerProcess('migrat')
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean migrate?')])
  expect((await opslayer('tables')).stderr).toContain("required option '-o, --org <id>'")
  const role = await opslayer('keys', 'create', 'N', '--org', 'acme', '--role', 'king')
  expect([role.code, role.stderr]).toEqual([2, expect.stringContaining('Allowed choices are viewer')])
  const usage = await opslayer('keys', 'create', '--json')
  expect([usage.code, JSON.parse(usage.stderr)]).toMatchObject([2, { error: { code: 'USAGE' } }])
  expect((await opslayer('worker', '--port', '70000')).code).toBe(2)
  const nothing = await opslayer('keys', '--json')
  expect([nothing.code, JSON.parse(nothing.stderr).error.message]).toEqual([
    2,
    expect.stringContaining('Name a command'),
  ])
  const help = await opslayer('import', '--help')
  expect([help.code, help.stdout]).toEqual([0, expect.stringMatching(/--errors <file>[\s\S]+--database <url>/)])
  expect((await opslayer('--version')).stdout).toMatch(/^\d+\.\d+\.\d+/)
})

it('says what went wrong, with exit code 1, and leaves nothing behind', { timeout: 60_000 }, async () => {
  const asJson = await opslayer('--json', 'import', at('nowhere.csv'), '--org', 'acme')
  expect([asJson.code, JSON.parse(asJson.stderr)]).toMatchObject([1, { error: { code: 'INVALID_INPUT' } }])
  const failed = await opslayer('export', 'tbl_zzzzzzzzzzzzzzzz', '--org', 'acme', '--out', at('none.csv'))
  expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('NOT_FOUND')])
  expect(existsSync(at('none.csv'))).toBe(false)
  const foreign = await opslayer('--database', 'mysql://host/db', 'status')
  expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('is no PostgreSQL')])
  writeFileSync(at('file'), '')
  expect((await opslayer('init', at('file/app'))).stderr).toMatch(/file is a file, and no directory/)
  expect((await opslayer('worker', '--ready-file', at('no/where'))).code).toBe(1)
  expect((await opslayer('worker', at('none.js'))).stderr).toContain('There is no file')
})

it.runIf(existsSync('/proc/self'))('says so where a directory takes none, instead of trying forever', async () => {
  const ended = await Promise.all([
    opslayerProcess('init', '/proc/none/app'),
    opslayerProcess('plugin', 'new', 'my_vendor', '/proc/none'),
    opslayerProcess('--database', '/proc/none/data', 'migrate'),
  ])
  expect(ended).toEqual(
    Array.from({ length: 3 }, () => ({ code: 1, stdout: '', stderr: expect.stringContaining('ENOENT') })),
  )
})

it('works until it is told to stop, and says when it is ready', { timeout: 60_000 }, async () => {
  const ready = join(directory, 'ready')
  const args = ['--conditions=@opslayer/source', main, 'worker', '--ready-file', ready, '--every-ms', '50']
  const worker = execFile(process.execPath, args, {
    cwd: directory,
    env: { ...process.env, DATABASE_URL: join(directory, 'data') },
  })
  const ended = new Promise<number | null>((resolve) => worker.once('exit', resolve))
  await expect.poll(() => existsSync(ready), { timeout: 30_000 }).toBe(true)
  expect(readFileSync(ready, 'utf8')).toBe(`${worker.pid}\n`)
  worker.kill('SIGTERM')
  expect(await ended).toBe(0)
})

it('ends when its port is taken, with a module of the host’s own too', { timeout: 60_000 }, async () => {
  const taken = createServer().listen(0)
  const { port } = taken.address() as AddressInfo
  const core = new URL('../../packages/core/src/index.ts', import.meta.url).href
  const module = at('own-ops.js')
  writeFileSync(
    module,
    `import { createOps, embedded } from '${core}'
    export const ops = createOps({ database: embedded('${at('own-data')}') })
    await ops.migrate()
    // What a host has open beside, a pool of connections say.
    setInterval(() => {}, 1_000)
    const { startWorker } = ops
    ops.startWorker = (...options) => { console.log('started'); return startWorker(...options) }`,
  )
  const ended = await opslayerProcess('worker', module, '--port', String(port), '--every-ms', '50')
  taken.close()
  expect(ended).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('EADDRINUSE') })
})

it('scaffolds a plugin once', { timeout: 60_000 }, async () => {
  const made = await opslayer('plugin', 'new', 'my_vendor', at('my-vendor'))
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/my-vendor\/plugin\.ts\s+written/)])
  expect(readFileSync(join(directory, 'my-vendor/plugin.ts'), 'utf8')).toContain("id: 'my_vendor'")
  expect((await opslayer('plugin', 'new', 'my_vendor', at('my-vendor'))).stderr).toContain('is there already')
  expect((await opslayer('plugin', 'new', 'My Vendor')).stderr).toContain('is no id')
})
