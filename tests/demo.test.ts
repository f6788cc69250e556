import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { createOps, embedded } from '@opslayer/core'
import { afterAll, describe, expect, it } from 'vitest'
import { textTable } from '../examples/script-only/text-table.ts'
import { makeDatabase } from './databases/make-database.ts'
import { makeOwnedDirectory } from './databases/owned-directory.ts'
import { testDatabases } from './databases/test-databases.ts'
import { workspaceRoot } from './rooms/workspace-packages.ts'

const directory = makeOwnedDirectory()
afterAll(() => rmSync(directory, { recursive: true, force: true }))

interface Ended {
  readonly exitCode: number | null
  readonly printed: string
  readonly complained: string
}

/** What makes processes of a run of tests begin sooner. */
const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env
const ofThisRun = { PATH, TMPDIR, NODE_COMPILE_CACHE }

function startDemo(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const demo = spawn(
    process.execPath,
    ['--conditions=@opslayer/source', join(workspaceRoot, 'examples/script-only/demo.ts'), ...args],
    { cwd: directory, env: { ...ofThisRun, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = Promise.all([once(demo, 'close'), text(demo.stdout), text(demo.stderr)]).then(
    ([[exitCode], printed, complained]): Ended => ({ exitCode, printed, complained }),
  )
  return { demo, ended }
}

function runDemo(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startDemo(args, env).ended
}

function writeFile(name: string, content: string | Uint8Array): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

/** The titles of the steps, each with a time. */
function stepsOf(printed: string): string[] {
  return [...printed.matchAll(/^(\S.*?) ─+ [\d.,]+ ms$/gm)].map(([, title = '']) => title)
}

const steps = [
  'Database',
  'Columns',
  'Import',
  'First rows',
  'Filtered and sorted',
  'Groups',
  'Summary row',
  'Bulk edit',
  'Undo',
  'Export',
]

describe('the demo on the embedded database', () => {
  it('goes through the sample and says where everything lies', async () => {
    const { exitCode, printed, complained } = await runDemo()
    expect(complained).toBe('')
    expect(exitCode).toBe(0)
    expect(stepsOf(printed)).toEqual(steps)
    expect(printed).toMatch(/^Email +E-mail +9\d\.\d %/m)
    expect(printed).toMatch(/^Stage +Dropdown +100\.0 %/m)
    expect(printed).toMatch(/^5,000 rows, [\d,]+ rows\/s$/m)
    expect(printed).toMatch(/^\d+ cells did not fit/m)
    expect(printed).toContain("acme.rows.updateWhere(table.id, { column: 'stage'")
    expect(printed).toContain('.demo/contacts-export.csv')
    expect(printed).toBe(stripVTControlCharacters(printed))
    expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    const exported = readFileSync(join(directory, '.demo/contacts-export.csv'), 'utf8')
    expect(exported).toMatch(/^\ufeffFirst name,Last name,/)
    expect(exported).toContain('Álvaro,Gómez,')
  }, 120_000)

  it('takes any small file, again and again', async () => {
    const file = writeFile('people.csv', 'Name;Age\r\n"Ada; Countess";36\r\nBob;many\r\n')
    for (const run of [1, 2]) {
      const { exitCode, printed, complained } = await runDemo([file])
      expect(complained).toBe('')
      expect(exitCode).toBe(0)
      expect(printed).toMatch(/^2 rows, /m)
      expect(printed).toMatch(new RegExp(`one of ${run + 1} in org demo`))
    }
    expect(readFileSync(join(directory, '.demo/people-export.csv'), 'utf8')).toBe(
      '\ufeffName,Age\r\n"Ada; Countess",36\r\nBob,many\r\n',
    )
  }, 120_000)

  it('takes everything away when asked', async () => {
    expect(await runDemo(['--reset'])).toMatchObject({ exitCode: 0, printed: expect.stringContaining('are gone') })
    expect((await runDemo(['--reset'])).printed).toContain('nothing to take away')
  }, 60_000)

  it('says so when another process has the database', async () => {
    await using ops = createOps({ database: embedded(join(directory, '.opslayer')) })
    await ops.migrate()
    const { exitCode, complained } = await runDemo()
    expect(complained).toMatch(/^\S.*another process.*\n$/i)
    expect(exitCode).toBe(1)
  }, 60_000)

  it('stops cleanly at Ctrl-C', async () => {
    const { demo, ended } = startDemo([])
    await new Promise<void>((resolve) => {
      demo.stdout.on('data', (chunk: Buffer) => chunk.includes('Columns') && resolve())
    })
    demo.kill('SIGINT')
    expect(await ended).toMatchObject({ exitCode: 130, complained: '\nStopped; nothing was left half-done.\n' })
  }, 60_000)
})

describe('the demo on what it cannot use', () => {
  it.each([
    ['an unknown option', () => '--help', /^Name one CSV file at most/],
    ['a missing file', () => join(directory, 'nowhere.csv'), /There is no such file: nowhere\.csv\.$/],
    ['a directory', () => directory, /is a directory or a device, not a file\.$/],
    ['an empty file', () => writeFile('empty.csv', ''), /is empty\.$/],
    ['an image', () => writeFile('image.csv', Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1')), /is an image\.$/],
    ['a header only', () => writeFile('header.csv', 'a,b\n'), /has a header but no rows\.$/],
    ['an open quote', () => writeFile('quote.csv', 'a,b\n1,"2\n'), /^No row of the file can be read\. Line 2: /],
  ])(
    'says so of %s in one sentence',
    async (_title, makeFile, sentence) => {
      const { exitCode, complained } = await runDemo([makeFile()])
      expect(complained.trimEnd()).toMatch(sentence)
      expect(complained.trimEnd()).not.toContain('\n')
      expect(exitCode).toBe(1)
    },
    60_000,
  )

  it('says so of a server that is not there', async () => {
    const { exitCode, complained } = await runDemo([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
    expect(complained).toMatch(/^The database cannot be reached\..*\n$/)
    expect(exitCode).toBe(1)
  }, 60_000)
})

describe('the demo on files that are not as they should be', () => {
  const wide = Array.from({ length: 500 }, (_, place) => `c${place}`).join()
  it.each([
    ['500 columns', () => writeFile('wide.csv', `${wide}\n${wide}\n`), /400/],
    ['Latin 1', () => writeFile('latin1.csv', Buffer.from('name\nJ\xfcrgen\n', 'latin1')), /^Jürgen$/m],
    ['UTF-16', () => writeFile('utf16.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')), /^1 +2$/m],
    ['a record too long', () => writeFile('ragged.csv', 'a,b\n1,2\n1,2,3\n'), /^rejected: 1, .*\nLine 3: /m],
    ['an end that is broken', () => writeFile('late.csv', `a\n${'x\n'.repeat(12_000)}"open\n`), /^12,000 rows, /m],
  ])(
    'makes the best of %s',
    async (_title, makeFile, sentence) => {
      const { exitCode, printed, complained } = await runDemo([makeFile()])
      expect(complained).toBe('')
      expect(printed).toMatch(sentence)
      expect(exitCode).toBe(0)
    },
    60_000,
  )
})

describe.runIf(testDatabases.includes('pg18'))('the demo on a server', () => {
  it('works there when DATABASE_URL names one', async () => {
    await using database = await makeDatabase('pg18')
    if (database.kind !== 'server') throw new Error('PostgreSQL 18 is a server')
    const { exitCode, printed, complained } = await runDemo([], { DATABASE_URL: database.url })
    expect(complained).toBe('')
    expect(exitCode).toBe(0)
    expect(stepsOf(printed)).toEqual(steps)
    expect(printed).toContain('psql "$DATABASE_URL"')
  }, 120_000)
})

it('prints tables that fit the terminal, also with wide characters', () => {
  const columns = [{ title: 'Name' }, { title: 'Score', align: 'right' as const }, { title: 'Notes' }]
  const rows = [
    ['田中 さくら', '7', 'a note that is much too long to be shown'],
    ['Zoë', '1,234', '☕\nline'],
  ]
  expect(textTable(columns, rows, 40)).toEqual([
    'Name         Score  Notes',
    '───────────  ─────  ────────────────────',
    '田中 さくら      7  a note that is much…',
    'Zoë          1,234  ☕ line',
  ])
  expect(textTable(columns, rows, 20)).toEqual([
    'Name         Score',
    '───────────  ─────',
    '田中 さくら      7',
    'Zoë          1,234',
    '… and 1 more column',
  ])
})

it('ships the sample that its script makes', async () => {
  const path = join(directory, 'made.csv')
  const script = join(workspaceRoot, 'examples/script-only/make-contacts.ts')
  await once(spawn(process.execPath, [script, path], { stdio: 'inherit' }), 'close')
  const made = readFileSync(path, 'utf8')
  expect(made === readFileSync(join(workspaceRoot, 'examples/script-only/contacts.csv'), 'utf8')).toBe(true)
})
