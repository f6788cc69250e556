import { rmSync } from 'node:fs'
import { signalPostmaster } from './postmaster.ts'
import { isRunning } from './process-identity.ts'

interface Running {
  readonly data: string
  readonly directory: string
}

const running = new Set<Running>()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Ends the server and deletes its directory when this process exits or is asked to. Returns the call that takes it off the list. */
export function stopAtExit(server: Running): () => void {
  if (running.size === 0) {
    process.on('exit', stopAll)
    for (const signal of signals) process.on(signal, stopAndObey)
  }
  running.add(server)
  return () => {
    running.delete(server)
    if (running.size > 0) return
    process.off('exit', stopAll)
    for (const signal of signals) process.off(signal, stopAndObey)
  }
}

function stopAll(): void {
  for (const { data, directory } of running) {
    const postmaster = signalPostmaster(data, 'SIGQUIT')
    if (postmaster !== undefined) waitUntilGone(postmaster)
    rmSync(directory, { recursive: true, force: true })
  }
  running.clear()
}

/** Blocks, as nothing asynchronous runs any more in an exiting process. A server that takes longer is left to the next run. */
function waitUntilGone(identity: string): void {
  const never = new Int32Array(new SharedArrayBuffer(4))
  const deadline = Date.now() + 5_000
  while (isRunning(identity) && Date.now() < deadline) Atomics.wait(never, 0, 0, 5)
}

function stopAndObey(signal: NodeJS.Signals): void {
  stopAll()
  for (const each of signals) process.off(each, stopAndObey)
  // A listener suppresses the default end of the process; where nobody else listens it is still due.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}
