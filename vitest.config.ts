import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import LongFilesFirst from './tests/run-all/long-files-first.ts'

/** Workspace packages resolve to their sources; the defaults stay, because most packages only know those. */
const source = '@opslayer/source'

export default defineConfig({
  resolve: { conditions: [...defaultClientConditions, source] },
  ssr: { resolve: { conditions: [...defaultServerConditions, source], externalConditions: [source] } },
  test: {
    // Processes, as databases, worker threads and signals are under test; two, as the smallest machine has two cores. Each goes
    // through many files, so that short ones take a third less time: what a file changes in it, it puts back.
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    sequence: { sequencer: LongFilesFirst },
    testTimeout: 60_000,
    // Browsers and databases answer late on small machines.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    include: ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
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
      'tests/run-all/share-compiled-code.ts',
      'tests/e2e/testing/share-page-builds.ts',
    ],
  },
})
