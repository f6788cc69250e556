import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { readSourceFile, type SourceFile } from './source-file.ts'

/** The parts of a package.json that tests look at. */
export interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly publishConfig: { readonly exports: Manifest['exports'] }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly license?: string
  readonly description?: string
}

/** A package of this workspace. */
export interface WorkspacePackage {
  /** Its folder under `packages/`. */
  readonly folder: string
  readonly manifest: Manifest
  readonly files: readonly SourceFile[]
}

/** Root of the workspace. */
export const workspaceRoot: string = join(import.meta.dirname, '../..')

/** Reads the packages of this workspace with the imports of all their sources. */
export function readWorkspacePackages(): readonly WorkspacePackage[] {
  return readdirSync(join(workspaceRoot, 'packages')).map((folder) => {
    const manifest = JSON.parse(
      readFileSync(join(workspaceRoot, 'packages', folder, 'package.json'), 'utf8'),
    ) as Manifest
    const paths = globSync(`packages/${folder}/src/**/*.{ts,tsx}`, { cwd: workspaceRoot })
    return { folder, manifest, files: paths.map((path) => readSourceFile(workspaceRoot, path.split(sep).join('/'))) }
  })
}
