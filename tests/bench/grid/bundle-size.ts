import { gzipSync } from 'node:zlib'
import { build, defaultClientConditions, type Rollup } from 'vite'

/** React itself, which every page has once; a shim of it is a part of who needs it. */
const isReact = /^react(?:-dom)?(?:\/|$)/

export interface BundleSize {
  /** What a page loads to show the grid, KB compressed, without React. */
  readonly entryKb: number
  /** What comes later, when first used. */
  readonly laterKb: number
}

/** Where packages are found. */
interface Surroundings {
  readonly root: string
  /** Conditions of exports beside those of browsers. */
  readonly conditions: readonly string[]
}

const workspaceSources: Surroundings = { root: import.meta.dirname, conditions: ['@opslayer/source'] }

/** Bundles what a page imports for production, minified, and weighs it. */
export async function bundleSize(code: string, { root, conditions } = workspaceSources): Promise<BundleSize> {
  const entry = 'virtual:entry'
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    root,
    resolve: { conditions: [...defaultClientConditions, ...conditions] },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? `\0${entry}` : null),
        load: (id) => (id === `\0${entry}` ? code : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      rollupOptions: { input: entry, preserveEntrySignatures: 'strict', external: isReact },
    },
  })) as Rollup.RollupOutput
  let [entryKb, laterKb] = [0, 0]
  const chunks = output.output.filter((part) => part.type === 'chunk')
  const eager = new Set<string>()
  const follow = (name: string) => {
    if (eager.has(name)) return
    eager.add(name)
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) follow(imported)
  }
  for (const { fileName, isEntry } of chunks) if (isEntry) follow(fileName)
  for (const { fileName, code: text } of chunks) {
    const kb = gzipSync(text).length / 1_024
    if (eager.has(fileName)) entryKb += kb
    else laterKb += kb
  }
  return { entryKb, laterKb }
}
