import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess
  /** The lines that it prints, as they come. */
  readonly lines: AsyncIterableIterator<string>
  /** Ends it without a chance to say anything. */
  kill(): Promise<void>
}

/** Starts a script of the folder `processes` as a process of its own, on the sources. */
export function startChild(script: string, ...args: readonly string[]): Child {
  return spawnChild(script, args, 'inherit')
}

/** The same, with its stderr to be read. */
export function startTellingChild(script: string, ...args: readonly string[]): Child {
  return spawnChild(script, args, 'pipe')
}

function spawnChild(script: string, args: readonly string[], stderr: 'inherit' | 'pipe'): Child {
  const path = fileURLToPath(new URL(`../processes/${script}`, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@opslayer/source', path, ...args], {
    stdio: ['ignore', 'pipe', stderr],
  })
  const { stdout } = child
  if (stdout === null) throw new Error('The child process has no output')
  const exited = once(child, 'exit')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  return {
    process: child,
    lines: createInterface({ input: stdout })[Symbol.asyncIterator](),
    kill,
    [Symbol.asyncDispose]: kill,
  }
}

/** The next line, read as JSON. */
export async function nextJson(child: Child): Promise<unknown> {
  const line = await child.lines.next()
  if (line.done === true) throw new Error('The child process ended without a word')
  return JSON.parse(line.value)
}
