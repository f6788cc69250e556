import { AsyncLocalStorage } from 'node:async_hooks'

/** A call of a plugin, as what it leaves behind is told of. */
export interface UnderWay {
  /** `Plugin "reoon", column "verification"`. */
  readonly where: string
  readonly secrets: readonly string[]
}

const calls = new AsyncLocalStorage<UnderWay>()
const counts = new Map<string, number>()

/** Bytes of the names: what is longer is cut. */
const mostBytes = 4_096

/**
 * What of plugins is being called in this process, as text behind its length: shared memory, so that another thread can read
 * it while this one stands still.
 */
export const namesUnderWay = new SharedArrayBuffer(4 + mostBytes)

/** Runs a call until it ends, or is given up; what it starts belongs to it also afterwards. */
export async function underWay<T>(call: UnderWay, work: () => Promise<T>): Promise<T> {
  count(call.where, 1)
  try {
    return await calls.run(call, work)
  } finally {
    count(call.where, -1)
  }
}

/** The call that the present code belongs to; undefined outside of plugins. */
export function presentCall(): UnderWay | undefined {
  return calls.getStore()
}

function count(where: string, more: number): void {
  const now = (counts.get(where) ?? 0) + more
  if (now === 0) counts.delete(where)
  else counts.set(where, now)
  // Equal calls are under way by the dozen: the text changes with the first and the last of them.
  if (now === 0 || (now === 1 && more === 1)) writeNames([...counts.keys()].join('; '))
}

function writeNames(text: string): void {
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(namesUnderWay, 4))
  Atomics.store(new Int32Array(namesUnderWay, 0, 1), 0, written)
}
