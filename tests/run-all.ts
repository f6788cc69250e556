import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addUp, type Outcome, outcomeOfCheck, readVitestOutcome } from './run-all/outcome.ts'

// Runs every check of the repository, also after a failure, and ends with one line that counts them.

const root = join(import.meta.dirname, '..')
const directory = mkdtempSync(join(tmpdir(), 'opslayer-run-all-'))
const report = join(directory, 'vitest.json')

const checks = [
  { title: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { title: 'types of what runs in browsers', command: 'tsc', args: ['-p', 'tsconfig.browser.json'] },
  { title: 'lint and format', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { title: 'unused files, exports and dependencies', command: 'knip', args: [] },
] as const

const outcomes: Outcome[] = []
for (const { title, command, args } of checks) {
  console.log(`\n— ${title}`)
  outcomes.push(outcomeOfCheck(await runTool(command, args)))
}
console.log('\n— tests')
const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)]
const exitCode = await runTool('vitest', vitest)
outcomes.push(readVitestOutcome(report, exitCode))
rmSync(directory, { recursive: true, force: true })

const { passed, failed } = addUp(outcomes)
process.exitCode = failed === 0 ? 0 : 1
console.log(`\n${passed} passed, ${failed} failed`)

function runTool(name: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const tool = spawn(join(root, 'node_modules/.bin', name), args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    tool.once('error', reject)
    tool.once('close', (code) => resolve(code ?? 1))
  })
}
