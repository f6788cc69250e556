import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtInColumnTypes, createOps, embedded, errorCodes } from '@opslayer/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { starterFiles } from '../packages/server/src/cli/starter-files.ts'
import { makeOwnedDirectory } from './databases/owned-directory.ts'
import { browserConfig, type Document, folderOf, makeBlockProject } from './docs/block-project.ts'
import { brokenLinks } from './docs/broken-links.ts'
import { codeBlocks } from './docs/code-blocks.ts'
import { tableRows } from './docs/markdown-tables.ts'
import { runCommand, runTool } from './packaging/run-command.ts'
import { workspaceRoot } from './rooms/workspace-packages.ts'

const paths = globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md'], { cwd: workspaceRoot })
const documents: readonly Document[] = paths.sort().map((path) => ({
  path,
  blocks: codeBlocks(readFileSync(join(workspaceRoot, path), 'utf8')),
}))
const withCode = documents.filter(({ blocks }) => blocks.length > 0)
const directory = makeOwnedDirectory()

/** Show that faults are found. */
const fault = { line: 1, code: "const number: number = 'text'", runs: false } as const
const wrong: Document = {
  path: 'wrong',
  blocks: [
    { ...fault, language: 'ts' },
    { ...fault, language: 'tsx' },
  ],
}

const failing: Document = {
  path: 'failing',
  blocks: [{ line: 1, code: "throw new Error('on purpose')", language: 'ts', runs: true }],
}

beforeAll(() => {
  makeBlockProject(directory, [...withCode, wrong, failing])
  writeStarters()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** What `opslayer init` writes is checked with the blocks; what it writes for Next.js is built by `pnpm test:next`. */
function writeStarters(): void {
  const { next: _, ...kinds } = starterFiles
  for (const [kind, files] of Object.entries(kinds)) {
    mkdirSync(join(directory, `starter-${kind}`))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, `starter-${kind}`, name), text)
  }
}

it.each([
  ['ts', 'tsconfig.json'],
  ['tsx', browserConfig],
])(
  'every block of the docs fenced as %s compiles, and so do the files of `init`',
  async (language, config) => {
    const printed = await runTool('tsc', ['-p', join(directory, config)], directory).catch(
      (error: Error) => error.message,
    )
    // The sources of the packages are checked elsewhere.
    const own = printed.split('\n').filter((line) => /^(?:\w[\w-]*\/line-\d+|starter-.+)\.tsx?\(/.test(line))
    expect(own).toEqual([expect.stringContaining(`wrong/line-1.${language}(`)])
  },
  120_000,
)

describe('the code of documents', () => {
  /** What each failed with, by its folder; null where it ran. */
  const faults = new Map<string, string | null>()
  let ended: string | null = null

  beforeAll(async () => {
    const script = join(import.meta.dirname, 'docs/run-documents.ts')
    const outcomes = join(directory, 'outcomes.jsonl')
    const folders = [...withCode, failing].map(folderOf)
    const args = ['--conditions=@opslayer/source', script, outcomes, ...folders]
    ended = await runCommand(process.execPath, args, directory).then(
      () => null,
      ({ message }: Error) => message,
    )
    for (const line of readFileSync(outcomes, 'utf8').trim().split('\n')) {
      const [folder, found]: [string, string | null] = JSON.parse(line)
      faults.set(folder, found)
    }
  }, 300_000)

  it.each(withCode)('of $path runs', (document) => {
    expect(faults.get(folderOf(document)), ended ?? '').toBeNull()
  })

  it('is told from what does not, and leaves nothing behind that ends its process', () => {
    expect(faults.get(folderOf(failing))).toContain('on purpose')
    expect(ended).toBeNull()
  })
})

it.each(documents)('$path links to files that are there', ({ path }) => {
  expect(brokenLinks(path)).toEqual([])
})

it('the guide on errors lists every code', () => {
  const text = readFileSync(join(workspaceRoot, 'docs/guides/errors.md'), 'utf8')
  const listed = [...text.matchAll(/^\| `([A-Z_]+)` \| *(yes)? *\|/gm)].map(([, code, again]) => [
    code,
    again === 'yes',
  ])
  expect(listed).toEqual(Object.entries(errorCodes).map(([code, { retryable }]) => [code, retryable]))
})

it('the guide on rows lists the operators of every column type', () => {
  const rows = tableRows('docs/guides/rows-and-queries.md')
  for (const { id, operators } of Object.values(builtInColumnTypes)) {
    const listed = rows.find(([types]) => types?.includes(id))?.[1]
    expect(listed, id).toEqual(operators.map((operator) => operator.id))
  }
})

it('the guide on tables lists every column type', () => {
  const listed = tableRows('docs/guides/tables-and-columns.md').flatMap(([types = []]) => types)
  expect(listed.filter((type) => type in builtInColumnTypes)).toEqual(Object.keys(builtInColumnTypes))
})

it('the README of core lists every method', () => {
  const listed = new Set<string>()
  for (const [names = [], methods = []] of tableRows('packages/core/README.md')) {
    for (const name of names.map((each) => each.split('(')[0] ?? '')) {
      listed.add(name)
      for (const method of methods) listed.add(`${name}.${method}`)
    }
  }
  const ops = createOps({ database: embedded('memory') })
  const { orgId: _, ...acme } = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
  const all = Object.entries({ ...ops, ...acme }).flatMap(([name, member]) =>
    typeof member === 'object' && !Array.isArray(member)
      ? [name, ...Object.keys(member).map((method) => `${name}.${method}`)]
      : [name],
  )
  expect(all.filter((each) => !listed.has(each))).toEqual([])
})
