import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A built file that has the code of libraries in it. */
export interface BundlingFile {
  readonly path: string
  /** The folders of the libraries. */
  readonly libraries: ReadonlySet<string>
}

/** The files in a folder that libraries are bundled into, by their source maps. */
export function bundlingFiles(folder: string): readonly BundlingFile[] {
  const files = globSync('**/*.js.map', { cwd: folder }).map((name) => {
    const map = join(folder, name)
    const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { readonly sources: readonly string[] }
    const libraries = sources.flatMap((source) => {
      const library = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source)?.[0]
      return library === undefined ? [] : [join(dirname(map), library)]
    })
    return { path: map.replace(/\.map$/, ''), libraries: new Set(libraries) }
  })
  return files.filter(({ libraries }) => libraries.size > 0)
}
