import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type WorkspacePackage, workspaceRoot } from '../rooms/workspace-packages.ts'
import { runPnpm } from './run-command.ts'

/** A packed package. */
export interface Packed {
  readonly package: WorkspacePackage
  /** Path of the tarball. */
  readonly tarball: string
}

/** A public entry that a host can import and run. */
export interface ImportableEntry {
  readonly specifier: string
  /** Path of the source file it is built from. */
  readonly source: string
}

/** Every public entry of a package that is JavaScript. */
export function importableEntries({ folder, manifest }: WorkspacePackage): readonly ImportableEntry[] {
  return Object.entries(manifest.exports).flatMap(([entry, target]) => {
    const source = typeof target === 'string' ? undefined : target['@opslayer/source']
    if (source === undefined || !source.endsWith('.ts')) return []
    return [{ specifier: manifest.name + entry.slice(1), source: join(workspaceRoot, 'packages', folder, source) }]
  })
}

/**
 * Makes a project outside the workspace that has the packed packages installed, as a host app would:
 * `entries.ts` imports every public entry, `consumer.ts` uses some.
 */
export async function makeConsumer(directory: string, packed: readonly Packed[]): Promise<void> {
  const src = join(directory, 'src')
  mkdirSync(src, { recursive: true })
  const tarballs = Object.fromEntries(packed.map((each) => [each.package.manifest.name, `file:${each.tarball}`]))
  writeJson(join(directory, 'package.json'), {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...tarballs, ...clientLibraries(), ...pluginLibraries() },
  })
  // Packed packages name each other by version, and those versions are not published.
  writeJson(join(directory, 'pnpm-workspace.yaml'), { packages: [], overrides: tarballs })
  writeJson(join(directory, 'tsconfig.json'), {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023', 'dom', 'esnext.disposable'],
      module: 'nodenext',
      types: ['node'],
      strict: true,
      declaration: true,
      rootDir: 'src',
      outDir: 'out',
    },
    include: ['src'],
  })
  const specifiers = packed.flatMap((each) => importableEntries(each.package)).map(({ specifier }) => specifier)
  const imports = specifiers.map((specifier, index) => `import * as entry${index} from '${specifier}'`)
  const names = specifiers.map((specifier, index) => `'${specifier}': entry${index}`)
  writeFileSync(join(src, 'entries.ts'), `${imports.join('\n')}\nexport const entries = { ${names.join(', ')} }\n`)
  for (const file of ['consumer.ts', 'client.ts']) cpSync(join(import.meta.dirname, file), join(src, file))
  await runPnpm(['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'], directory)
}

/** The versions that the workspace has: what a host's own client is built with. */
function clientLibraries(): Record<string, string> {
  const { devDependencies } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>
  }
  const names = ['@trpc/client', '@trpc/server', '@types/node', '@types/react', 'react', 'react-dom']
  return Object.fromEntries(names.map((name) => [name, devDependencies[name] ?? '']))
}

/** What a plugin's author adds. */
function pluginLibraries(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(workspaceRoot, 'packages/core/package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  return { zod: dependencies.zod ?? '' }
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value, null, 2))
}
