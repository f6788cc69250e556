/**
 * `pnpm bench:types [--check]`: what the compiler pays in an application that uses the router's type, counted in type
 * instantiations, which are the same on every machine. The packages are seen as published: by their declarations.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand, runTool } from '../packaging/run-command.ts'
import { workspaceRoot } from '../rooms/workspace-packages.ts'
import { createBench } from './harness.ts'

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

await declare('core')
await declare('server')
const empty = await compile('no-router.ts')
const whole = await compile('whole-router.ts')
rmSync(project)
bench.record('instantiations of an application', 'count', [whole.instantiations], [empty.instantiations])
bench.record('instantiations of the router’s type', 'count', [whole.instantiations - empty.instantiations])
bench.record('check time of an application', 'ms', [whole.ms], [empty.ms])
bench.finish()
