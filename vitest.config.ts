import { defaultClientConditions, defaultServerConditions } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'
import LongFilesFirst from './tests/run-all/long-files-first.ts'
import { ruleFiles } from './tests/run-all/rule-files.ts'

/** Workspace packages resolve to their sources; the defaults stay, because most packages only know those. */
const source = '@opslayer/source'

const rules = ruleFiles()
const shareCompiledCode = 'tests/run-all/share-compiled-code.ts'

export default defineConfig({
  resolve: { conditions: [...defaultClientConditions, source] },
  ssr: { resolve: { conditions: [...defaultServerConditions, source], externalConditions: [source] } },
  test: {
    // A process per file, as databases, worker threads and signals are under test; two, as the smallest machine has two cores.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongFilesFirst },
    testTimeout: 60_000,
    // Browsers and databases answer late on small machines.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...rules],
          // `*.test-d.ts` is checked by the compiler; what else does not compile is for `pnpm typecheck` to say.
          typecheck: {
            enabled: true,
            include: ['packages/*/src/**/*.test-d.ts', 'tests/**/*.test-d.ts'],
            ignoreSourceErrors: true,
          },
          // In this order: Chromium is unpacked onto the disk, where later runs find it.
          globalSetup: [
            'tests/e2e/testing/unpack-chromium.ts',
            'tests/databases/keep-in-memory.ts',
            'tests/databases/global-setup.ts',
            shareCompiledCode,
            'tests/e2e/testing/share-page-builds.ts',
          ],
        },
      },
      { extends: true, test: { name: 'rules', include: [...rules], isolate: false, globalSetup: [shareCompiledCode] } },
    ],
  },
})
