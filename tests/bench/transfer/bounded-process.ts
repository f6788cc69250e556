import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * Runs a script of this folder in a process of its own, for the number that it prints. Its old space is bounded: without
 * a bound the engine lets garbage lie as long as the machine has room.
 */
export async function inBoundedProcess(script: string, ...args: readonly string[]): Promise<number> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const options = ['--conditions=@opslayer/source', '--max-old-space-size=128']
  const { stdout } = await promisify(execFile)(process.execPath, [...options, path, ...args])
  return Number(stdout)
}
