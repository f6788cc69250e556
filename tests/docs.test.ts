import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { builtInColumnTypes, errorCodes } from '@opslayer/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeOwnedDirectory } from './databases/owned-directory.ts'
import { type Document, folderOf, makeBlockProject } from './docs/block-project.ts'
import { brokenLinks } from './docs/broken-links.ts'
import { codeBlocks } from './docs/code-blocks.ts'
import { runCommand, runTool } from './packaging/run-command.ts'
import { workspaceRoot } from './rooms/workspace-packages.ts'

const paths = globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md'], { cwd: workspaceRoot })
const documents: readonly Document[] = paths.sort().map((path) => ({
  path,
  blocks: codeBlocks(readFileSync(join(workspaceRoot, path), 'utf8')),
}))
const withCode = documents.filter(({ blocks }) => blocks.length > 0)
const directory = makeOwnedDirectory()

beforeAll(() => makeBlockProject(directory, withCode))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

it('every block of the docs compiles', async () => {
  const printed = await runTool('tsc', ['-p', directory], directory).catch((error: Error) => error.message)
  // The sources of the packages are checked elsewhere.
  const own = printed.split('\n').filter((line) => /^\w[\w-]*\/line-\d+\.ts/.test(line))
  expect(own).toEqual([])
}, 120_000)

describe.each(withCode)('$path', (document) => {
  it('holds code that runs', async () => {
    await runCommand(process.execPath, ['--conditions=@opslayer/source', join(folderOf(document), 'run.ts')], directory)
  }, 120_000)
})

it.each(documents)('$path links to files that are there', ({ path }) => {
  expect(brokenLinks(path)).toEqual([])
})

/** Rows of the tables in a guide, as the texts of their cells. */
function tableRows(guide: string): string[][] {
  const text = readFileSync(join(workspaceRoot, 'docs/guides', guide), 'utf8')
  return [...text.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()))
}

/** The words that are set as code. */
function codeWords(text = ''): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}

it('the guide on errors lists every code', () => {
  const listed = tableRows('errors.md')
    .filter(([code]) => /^`[A-Z_]+`$/.test(code ?? ''))
    .map(([code, again]) => [codeWords(code)[0], again === 'yes'])
  expect(listed).toEqual(Object.entries(errorCodes).map(([code, { retryable }]) => [code, retryable]))
})

it('the guide on rows lists the operators of every column type', () => {
  const rows = tableRows('rows-and-queries.md').map(([types, operators]) => [codeWords(types), codeWords(operators)])
  for (const { id, operators } of Object.values(builtInColumnTypes)) {
    const listed = rows.find(([types]) => types?.includes(id))?.[1]
    expect(listed, id).toEqual(operators.map((operator) => operator.id))
  }
})

it('the guide on tables lists every column type', () => {
  const listed = tableRows('tables-and-columns.md').map(([type]) => codeWords(type)[0])
  expect(listed.filter((type) => type !== undefined && type in builtInColumnTypes)).toEqual(
    Object.keys(builtInColumnTypes),
  )
})
