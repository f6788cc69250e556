import type { Search } from './find-cells.ts'
import type { GridCore } from './grid-core.ts'
import { loadTools } from './load-tools.ts'
import type { selecting } from './selecting.ts'

type Tools = Awaited<ReturnType<typeof loadTools>>

export function findActions(core: GridCore, select: ReturnType<typeof selecting>) {
  const { store } = core
  let running: AbortController | null = null

  /** Runs one search at a time: what it finds for a text that is no longer looked for is dropped. */
  async function attempt(work: (tools: Tools, search: Search) => Promise<void>): Promise<void> {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    try {
      const tools = await loadTools()
      if (!signal.aborted) await work(tools, { core, select, signal })
    } catch (error) {
      if (!signal.aborted) core.fail('find.failed', error)
    }
  }

  return {
    open(): void {
      if (store.get().found === null) store.set({ found: { text: '', matches: [], next: null, at: -1 } })
    },
    close(): void {
      running?.abort()
      store.set({ found: null })
    },
    search: (text: string) => attempt(({ searchCells }, search) => searchCells(search, text)),
    step: (step: 1 | -1) => attempt(({ stepToMatch }, search) => stepToMatch(search, step)),
  }
}
