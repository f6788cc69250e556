import { spawn } from 'node:child_process'
import { join } from 'node:path'

// `pnpm fuzz [name …]`: the random tests at their full size, which CI runs at a smaller one. Each prints its size and its
// seed; `OPSLAYER_FUZZ_SEED=… pnpm fuzz name` repeats a run, `OPSLAYER_TEST_DATABASES=pg18` narrows it to one database.

const root = join(import.meta.dirname, '..')

const fuzzes = {
  filters: { size: 10_000, file: 'packages/core/src/query/filter-fuzz.test.ts' },
  orders: { size: 10_000, file: 'packages/core/src/query/sort-fuzz.test.ts' },
  operations: { size: 10_000, file: 'tests/flows/operation-model.test.ts' },
  landmarks: { size: 5_000, file: 'packages/core/src/store/landmarks/present-landmarks.test.ts' },
  changes: { size: 13_000, file: 'tests/flows/change-log-reader.test.ts' },
  tenancy: { size: 1, file: 'tests/flows/tenancy.test.ts' },
  exports: { size: 3_000, file: 'packages/core/src/transfer/write/round-trip.test.ts' },
  formulas: { size: 200_000, file: 'packages/core/src/formula/formula-fuzz.test.ts' },
  files: { size: 200_000, file: 'packages/core/src/transfer/read/mutated-files.test.ts' },
  kills: { size: 10, file: 'tests/flows/import-kills.test.ts' },
  cells: { size: 50, file: 'tests/flows/cell-kills.test.ts' },
  'backfill-kills': { size: 10, file: 'tests/flows/backfill-kills.test.ts' },
  payloads: { size: 10_000, file: 'tests/flows/server-bad-input.test.ts' },
  'plugin-kills': { size: 25, file: 'tests/flows/plugin-kills.test.ts' },
  'server-kills': { size: 5, file: 'tests/flows/server-kills.test.ts' },
  'round-trips': { size: 1, file: 'tests/flows/round-trip-kills.test.ts' },
  refreshes: { size: 20, file: 'tests/flows/secrets.test.ts' },
  budgets: { size: 30, file: 'tests/flows/column-runs.test.ts', named: 'spend exactly what a budget allows' },
  large: { size: 1_000, file: 'packages/core/src/transfer/read/read-records.test.ts' },
  reading: { size: 20_000, file: 'packages/core/src/transfer/read/read-properties.test.ts' },
} as const satisfies Record<string, { readonly size: number; readonly file: string; readonly named?: string }>

type Fuzz = keyof typeof fuzzes
const names = Object.keys(fuzzes) as Fuzz[]
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !names.some((known) => known === name))
if (unknown.length > 0) {
  console.error(`There is no fuzz "${unknown[0]}". There are: ${names.join(', ')}.`)
  process.exit(2)
}

for (const name of asked.length === 0 ? names : names.filter((known) => asked.includes(known))) {
  console.log(`\n— ${name}`)
  const code = await run(fuzzes[name])
  if (code !== 0) process.exitCode = 1
}

function run({ size, file, named }: { size: number; file: string; named?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const vitest = spawn(
      join(root, 'node_modules/.bin/vitest'),
      [
        'run',
        file,
        '--reporter=verbose',
        '--testTimeout=3600000',
        ...(named === undefined ? [] : ['--testNamePattern', named]),
      ],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, OPSLAYER_FUZZ: String(size) },
      },
    )
    vitest.once('error', reject)
    vitest.once('close', (code) => resolve(code ?? 1))
  })
}
