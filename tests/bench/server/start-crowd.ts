import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LoadCrowd, LoadOutcome } from './load-crowd.ts'

/** A crowd in a process of its own. */
export interface RunningCrowd {
  /** Lets it work for some milliseconds. */
  work(forMs: number): Promise<LoadOutcome>
  stop(): Promise<void>
}

export function startCrowd(crowd: LoadCrowd): RunningCrowd {
  const path = fileURLToPath(new URL('load-process.ts', import.meta.url))
  const child = fork(path, [JSON.stringify(crowd)], { execArgv: ['--conditions=@opslayer/source'] })
  const exited = once(child, 'exit')
  return {
    work: async (forMs) => {
      child.send(forMs)
      const [outcome] = await Promise.race([
        once(child, 'message'),
        exited.then(() => Promise.reject(new Error('The process of the clients ended.'))),
      ])
      return outcome as LoadOutcome
    },
    stop: async () => {
      child.disconnect()
      await exited
    },
  }
}
