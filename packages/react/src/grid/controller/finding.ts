import type { Search } from './find-cells.ts'
import type { GridCore } from './grid-core.ts'
import { loadTools, type Tools } from './load-tools.ts'
import type { selecting } from './selecting.ts'

export function findActions(core: GridCore, select: ReturnType<typeof selecting>) {
  const { store } = core
  let asked = new AbortController()
  let last: Promise<void> = Promise.resolve()

  async function attempt(
    signal: AbortSignal,
    work: (tools: Tools, search: Search) => Promise<void>,
    before?: Promise<void>,
  ): Promise<void> {
    try {
      await before
      const tools = await loadTools()
      if (!signal.aborted) await work(tools, { core, select, signal })
    } catch (error) {
      const { found } = store.get()
      if (signal.aborted || found === null) return
      const fault = error instanceof Error ? error.message : String(error)
      store.set({ found: { ...found, isSearching: false, fault } })
    }
  }

  return {
    open(): void {
      if (store.get().found === null) store.set({ found: { text: '', matches: [], next: null, at: -1 } })
    },
    close(): void {
      asked.abort()
      store.set({ found: null })
    },
    /** What is found for a text that is no longer looked for is dropped. */
    search(text: string): Promise<void> {
      asked.abort()
      asked = new AbortController()
      last = attempt(asked.signal, ({ searchCells }, search) => searchCells(search, text))
      return last
    },
    /** After the search, and the steps before it. */
    step(step: 1 | -1): Promise<void> {
      last = attempt(asked.signal, ({ stepToMatch }, search) => stepToMatch(search, step), last)
      return last
    },
  }
}
