import { Worker } from 'node:worker_threads'
import { namesUnderWay } from './plugins-under-way.ts'
import type { StandstillWatch } from './standstill-worker.ts'

/**
 * Ends this process when its event loop has stood still for so long, from a thread of its own, and says on stderr which plugins
 * were being called: nothing else gets a plugin out that loops without end. Its runs are taken up by others, or by the next
 * start, and leave alone what ends processes again and again.
 *
 * @returns what stops it
 */
export function endAtStandstill(afterMs: number): () => void {
  const beats = new SharedArrayBuffer(4)
  const beating = setInterval(() => Atomics.add(new Int32Array(beats), 0, 1), afterMs / 20).unref()
  const workerData: StandstillWatch = { beats, names: namesUnderWay, afterMs }
  const thread = new Worker(threadUrl(), { name: 'opslayer-standstill', workerData, execArgv: [] })
  thread.unref()
  return () => {
    clearInterval(beating)
    void thread.terminate()
  }
}

function threadUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./standstill-worker.ts', import.meta.url)
  return new URL('./standstill-worker.js', import.meta.url)
}
