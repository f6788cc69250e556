import type { Options } from 'tsup'

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly '@opslayer/source'?: string }>>
}

/** Readable, and without declarations: those come from `tsc`. */
const built: Options = {
  format: 'esm',
  target: 'node22',
  splitting: true,
  sourcemap: true,
  minify: false,
  clean: true,
  dts: false,
}

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/**
 * How every package is built: one file per public entry of its package.json, shared code in chunks beside them.
 *
 * @param entry further files that the package loads by path, such as workers
 */
export function buildPackage(manifest: Manifest, entry: Readonly<Record<string, string>> = {}): Options {
  const sources = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : (target['@opslayer/source'] ?? []),
  )
  const entries = sources.map((source) => [source.replace(/^\.\/src\//, '').replace(/\.(?:tsx?|css)$/, ''), source])
  return { ...built, entry: { ...Object.fromEntries(entries), ...entry } }
}

/** Lets every entry import the files of the others instead of chunks that they share. */
const keepModules: Plugin = {
  name: 'keep-modules',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) => {
      if (kind !== 'import-statement' && kind !== 'dynamic-import') return null
      return { path: path.replace(/\.tsx?$/, '.js'), external: true, sideEffects: false }
    })
  },
}

/**
 * How what goes to browsers is built: a file per module, so that the bundlers of hosts shake and split it as they would the
 * sources. They cannot take a chunk of ours apart.
 *
 * @param further files beside the modules, such as style sheets
 */
export function buildModules(...further: readonly string[]): Options {
  const others = ['**/*.{test,test-d}.*', '*/**/testing/**', '**/test-fixtures/**', '**/*.d.ts'].map(
    (each) => `!src/${each}`,
  )
  return {
    ...built,
    entry: ['src/**/*.{ts,tsx}', ...others, ...further],
    esbuildPlugins: [keepModules],
  }
}
