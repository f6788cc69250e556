import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { workspaceRoot } from '../rooms/workspace-packages.ts'
import type { CodeBlock } from './code-blocks.ts'

/** A Markdown file of the repository and its blocks. */
export interface Document {
  /** Path in the repository. */
  readonly path: string
  readonly blocks: readonly CodeBlock[]
}

/** What blocks may import, and where the workspace keeps it. */
const packages = {
  '@opslayer/core': 'packages/core',
  '@opslayer/plugins': 'packages/plugins',
  '@opslayer/react': 'packages/react',
  '@opslayer/server': 'packages/server',
  '@trpc/client': 'node_modules/@trpc/client',
  '@trpc/server': 'node_modules/@trpc/server',
  '@types/express': 'node_modules/@types/express',
  '@types/node': 'node_modules/@types/node',
  '@types/pg': 'node_modules/@types/pg',
  '@types/react': 'node_modules/@types/react',
  express: 'node_modules/express',
  fastify: 'node_modules/fastify',
  hono: 'node_modules/hono',
  pg: 'node_modules/pg',
  react: 'node_modules/react',
  zod: 'packages/core/node_modules/zod',
}

/** Names that `prelude.ts` gives to blocks that do not declare them. */
const preludeNames = ['ops', 'acme', 'leads', 'row']

/** Makes a project in which every block is a module, and every document a script `run.ts` of those that run. */
export function makeBlockProject(directory: string, documents: readonly Document[]): void {
  for (const [name, path] of Object.entries(packages)) {
    const link = join(directory, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(workspaceRoot, path), link)
  }
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false }
  const browser = { lib: ['es2024', 'esnext', 'dom', 'dom.iterable'], jsx: 'react-jsx' }
  writeConfig(directory, 'tsconfig.json', { compilerOptions, include: ['**/*.ts'], exclude: ['browser.d.ts'] })
  writeConfig(directory, browserConfig, {
    compilerOptions: { ...compilerOptions, ...browser },
    include: ['**/*.tsx', 'browser.d.ts'],
  })
  writeFileSync(join(directory, 'browser.d.ts'), "declare module '*.css'\n")
  for (const document of documents) {
    const folder = join(directory, folderOf(document))
    mkdirSync(folder, { recursive: true })
    cpSync(join(import.meta.dirname, 'prelude.ts'), join(folder, 'prelude.ts'))
    for (const block of document.blocks) writeFileSync(join(folder, fileOf(block)), moduleOf(block))
    const running = document.blocks.filter(({ runs }) => runs)
    const steps = running.map((block) => `await import('./${fileOf(block)}')`)
    if (running.some((block) => wantedBy(block).length > 0)) {
      steps.unshift("import { ops } from './prelude.ts'")
      steps.push('await ops.close()')
    }
    writeFileSync(join(folder, 'run.ts'), `${steps.join('\n')}\n`)
  }
}

/** What blocks for browsers are checked by. */
export const browserConfig = 'tsconfig.browser.json'

function writeConfig(directory: string, name: string, config: object): void {
  const text = JSON.stringify({ extends: join(workspaceRoot, 'tsconfig.base.json'), ...config })
  writeFileSync(join(directory, name), text)
}

export function folderOf({ path }: Document): string {
  return path.replaceAll(/[/.]/g, '-')
}

/** Named for the line, so that what fails can be found. */
function fileOf({ line, language }: CodeBlock): string {
  return `line-${line}.${language}`
}

/** What a block takes from the prelude. */
function wantedBy({ code }: CodeBlock): readonly string[] {
  return preludeNames.filter((name) => new RegExp(`\\b${name}\\b`).test(code) && !declares(code, name))
}

function moduleOf(block: CodeBlock): string {
  const { code } = block
  const wanted = wantedBy(block)
  const lead = wanted.length === 0 ? '' : `import { ${wanted.join(', ')} } from './prelude.ts'; `
  return `${lead}${code}\n`
}

function declares(code: string, name: string): boolean {
  return new RegExp(`\\b(?:const|let|using)\\s+(?:[{[][^=}]]*)?\\b${name}\\b`).test(code)
}
