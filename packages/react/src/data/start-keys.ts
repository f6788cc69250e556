import { opsFault } from './ops-fault.ts'

/** Keys of starts: one that was not answered keeps its key, so that it cannot be done twice. */
export interface StartKeys {
  /** Starts with a key that is new, or that of the same start before which was not answered. */
  start<Answer>(input: unknown, send: (key: string) => Promise<Answer>): Promise<Answer>
}

/** Who asks for the same after so long wants it done once more. */
const keptMs = 600_000

export function createStartKeys(now: () => number = Date.now): StartKeys {
  const open = new Map<string, { readonly key: string; readonly at: number }>()
  return {
    async start(input, send) {
      const what = JSON.stringify(input)
      const before = open.get(what)
      const kept = before !== undefined && now() - before.at < keptMs ? before : { key: newKey(), at: now() }
      open.set(what, kept)
      try {
        const answer = await send(kept.key)
        open.delete(what)
        return answer
      } catch (error) {
        if (!opsFault(error).retryable) open.delete(what)
        throw error
      }
    },
  }
}

/** Pages without https have no `randomUUID`. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
