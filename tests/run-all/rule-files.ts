import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from '../rooms/workspace-packages.ts'

/** What starts a database, a process or a thread. */
const starters = /describe-databases|make-database|node:child_process|node:worker_threads|\/conformance\//

/**
 * Files that try rules alone and start nothing. They can share a process, which saves one for each and what it would import: a third of
 * their time.
 */
export function ruleFiles(): readonly string[] {
  const files = globSync('packages/*/src/**/*.test.ts', { cwd: workspaceRoot })
  return files.filter((file) => !starters.test(`${file} ${readFileSync(join(workspaceRoot, file), 'utf8')}`))
}
