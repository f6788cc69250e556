import type { Options } from 'tsup'

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly '@opslayer/source'?: string }>>
}

/**
 * How every package is built: one file per public entry of its package.json, shared code in chunks beside them, readable.
 * Declarations come from `tsc`.
 *
 * @param entry further files that the package loads by path, such as workers
 */
export function buildPackage(manifest: Manifest, entry: Readonly<Record<string, string>> = {}): Options {
  const sources = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : (target['@opslayer/source'] ?? []),
  )
  const entries = sources.map((source) => [source.replace(/^\.\/src\//, '').replace(/\.(?:tsx?|css)$/, ''), source])
  return {
    entry: { ...Object.fromEntries(entries), ...entry },
    format: 'esm',
    target: 'node22',
    splitting: true,
    sourcemap: true,
    minify: false,
    clean: true,
    dts: false,
  }
}
