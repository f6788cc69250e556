import { readFileSync } from 'node:fs'

/** Peaks of a process's resident memory in the two halves of a time, in MB. A collected heap goes up and down: peaks tell. */
export interface MemoryPeaks {
  readonly first: number
  readonly second: number
}

/** Watches a process while `work` goes on. */
export async function memoryPeaks<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ readonly outcome: T; readonly peaks: MemoryPeaks }> {
  const seen: number[] = []
  const timer = setInterval(() => seen.push(residentMb(pid)), 100)
  try {
    const outcome = await work()
    const half = Math.ceil(seen.length / 2)
    return { outcome, peaks: { first: Math.max(...seen.slice(0, half)), second: Math.max(...seen.slice(half)) } }
  } finally {
    clearInterval(timer)
  }
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_000
}
