import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
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
