/**
 * `pnpm bench:types [--check]`: what the compiler pays in an application that uses the router's type, and in a host with
 * many plugins, counted in type instantiations, which are the same on every machine. The packages are seen as published:
 * by their declarations. And how long an editor takes to say how a line goes on in such a host.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand, runTool } from '../packaging/run-command.ts'
import { workspaceRoot } from '../rooms/workspace-packages.ts'
import { createBench } from './harness.ts'
import { startLanguageServer } from './types/language-server.ts'
import { hostText, pluginText } from './types/plugin-text.ts'

const bench = createBench('types')
const project = join(workspaceRoot, 'tests/bench/types/tsconfig.json')

async function declare(name: 'core' | 'server'): Promise<void> {
  const folder = join(workspaceRoot, 'packages', name)
  await runTool('tsc', ['-p', 'tsconfig.build.json'], folder)
  await runCommand(process.execPath, [join(workspaceRoot, 'rewrite-declarations.ts')], folder)
}

/** Instantiations and milliseconds of the compiler over one file. */
async function compile(file: string): Promise<{ readonly instantiations: number; readonly ms: number }> {
  const compilerOptions = { customConditions: [], types: [] }
  const settings = { extends: '../../../tsconfig.base.json', compilerOptions, include: [], files: [file] }
  writeFileSync(project, JSON.stringify(settings))
  const printed = await runTool('tsc', ['-p', project, '--extendedDiagnostics'])
  const figure = (name: string): number => Number(new RegExp(`${name}:\\s+([\\d.]+)`).exec(printed)?.[1])
  return { instantiations: figure('Instantiations'), ms: figure('Check time') * 1_000 }
}

const generated = join(workspaceRoot, 'tests/bench/types/generated')

/** Compiles a host with plugins of six parts each, written by a generator; they stay until the next one. */
async function compileHost(plugins: number): Promise<{ readonly instantiations: number; readonly ms: number }> {
  mkdirSync(generated, { recursive: true })
  for (let n = 0; n < plugins; n += 1) writeFileSync(join(generated, `plugin${n}.ts`), pluginText(n))
  writeFileSync(join(generated, 'host.ts'), hostText(plugins))
  return await compile('generated/host.ts')
}

/** What an author writes in a host, up to the point after which the editor is to say how it goes on. */
const begun = [
  { text: 'void ops.', expected: 'forOrg' },
  { text: 'void plugin7.parts.columnTypes.', expected: 'first7' },
  { text: 'void plugin49.parts.actions.push49.', expected: 'idempotency' },
] as const

const rounds = 10

/** Milliseconds until the editor has a list, each after an edit of the file, once the project is known to it. */
async function completionTimes(plugins: number): Promise<readonly number[]> {
  await using server = await startLanguageServer()
  const path = join(generated, 'host.ts')
  const times: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    for (const { text, expected } of begun) {
      const whole = `${hostText(plugins)}// ${round}\n${text}`
      server.show(path, whole)
      const since = performance.now()
      const labels = await server.completionsAtEnd(path, whole)
      if (!labels.includes(expected)) throw new Error(`After "${text}" the editor does not say "${expected}".`)
      if (round > 0) times.push(performance.now() - since)
    }
  }
  return times
}

await declare('core')
await declare('server')
const empty = await compile('no-router.ts')
const whole = await compile('whole-router.ts')
const host = { one: await compileHost(1), five: await compileHost(5), fifty: await compileHost(50) }
bench.record('completion in a host with 50 plugins', 'ms', await completionTimes(50))
rmSync(generated, { recursive: true })
rmSync(project)
bench.record('instantiations of an application', 'count', [whole.instantiations], [empty.instantiations])
bench.record('instantiations of the router’s type', 'count', [whole.instantiations - empty.instantiations])
bench.record('check time of an application', 'ms', [whole.ms], [empty.ms])
const perPlugin = {
  first: (host.five.instantiations - host.one.instantiations) / 4,
  last: (host.fifty.instantiations - host.five.instantiations) / 45,
}
bench.record(
  'instantiations of a host with 50 plugins',
  'count',
  [host.fifty.instantiations],
  [host.one.instantiations],
)
bench.record('instantiations of a further plugin of six parts', 'count', [perPlugin.last], [perPlugin.first])
bench.record('check time of a host with 50 plugins', 'ms', [host.fifty.ms], [host.one.ms])
bench.finish()
