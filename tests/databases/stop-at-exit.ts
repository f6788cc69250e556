import { rmSync } from 'node:fs'
import { signalPostmaster } from './postmaster.ts'

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
    signalPostmaster(data, 'SIGQUIT')
    try {
      rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 })
    } catch {
      // The server may still be writing; the next run removes the directory.
    }
  }
  running.clear()
}

function stopAndObey(signal: NodeJS.Signals): void {
  stopAll()
  for (const each of signals) process.off(each, stopAndObey)
  // A listener suppresses the default end of the process; where nobody else listens it is still due.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}
