import { readFileSync } from 'node:fs'
import { parseSync } from 'vite'

/** One file and what it imports. */
export interface SourceFile {
  /** Path from the root of the workspace, with `/`. */
  readonly path: string
  readonly imports: readonly SourceImport[]
}

export interface SourceImport {
  readonly specifier: string
  /** Nothing of it is left in the JavaScript. */
  readonly typeOnly: boolean
}

/** Reads a file of the workspace. */
export function readSourceFile(root: string, path: string): SourceFile {
  return { path, imports: findImports(path, readFileSync(`${root}/${path}`, 'utf8')) }
}

/** Finds the imports, re-exports, `import()` calls and `import()` types of a TypeScript module. */
export function findImports(path: string, code: string): readonly SourceImport[] {
  const { module, errors } = parseSync(path, code)
  if (errors[0] !== undefined) throw new Error(`${path} does not parse: ${errors[0].message}`)
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
    ),
  )
  const dynamic = new Set(module.dynamicImports.map(({ start }) => start))
  const calls = [...code.matchAll(/\bimport\(\s*(['"])(.+?)\1/g)].map((match) => ({
    specifier: match[2] ?? '',
    typeOnly: !dynamic.has(match.index),
  }))
  return [...imports, ...exports, ...calls]
}
