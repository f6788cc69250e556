import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from '../rooms/workspace-packages.ts'

/**
 * Runs a command to its end and returns what it printed.
 *
 * @throws with the command and everything it printed, when it fails
 */
export function runCommand(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`))
    })
  })
}

/** Runs a tool of the workspace's own `node_modules`. */
export function runTool(name: string, args: readonly string[], cwd: string = workspaceRoot): Promise<string> {
  return runCommand(join(workspaceRoot, 'node_modules/.bin', name), args, cwd)
}

/** Runs the pnpm that runs this test, or the one that package.json names. */
export function runPnpm(args: readonly string[], cwd: string = workspaceRoot): Promise<string> {
  const running = process.env.npm_execpath
  if (running?.includes('pnpm')) {
    return /\.[cm]?js$/.test(running)
      ? runCommand(process.execPath, [running, ...args], cwd)
      : runCommand(running, args, cwd)
  }
  const { packageManager } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as {
    packageManager: string
  }
  return runCommand('npx', ['-y', packageManager, ...args], cwd)
}
