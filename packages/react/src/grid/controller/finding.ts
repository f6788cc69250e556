import { selectCell } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'
import { loadTools } from './load-tools.ts'
import type { selecting } from './selecting.ts'

export function findActions(core: GridCore, select: ReturnType<typeof selecting>) {
  const { store } = core
  let running: AbortController | null = null

  async function show(at: number, signal: AbortSignal): Promise<void> {
    const { found } = store.get()
    const match = found?.matches[at]
    if (found === null || match === undefined) return
    store.set({ found: { ...found, at } })
    const source = core.source()
    const index = source.indexOf(match.rowId) ?? (await source.locate?.(match.rowId, signal)) ?? null
    if (signal.aborted || index === null) return
    const { lines, layout } = store.get()
    const column = layout.columns.findIndex((placed) => placed.column.id === match.columnId)
    if (column !== -1) select.select(selectCell({ line: lines.lineOfRow(index), column }))
  }

  /** Runs one search at a time: what it finds for a text that is no longer looked for is dropped. */
  async function attempt(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    try {
      await work(signal)
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
    search(text: string): Promise<void> {
      return attempt(async (signal) => {
        store.set({ found: { text, matches: [], next: null, at: -1, isSearching: text.trim() !== '' } })
        if (text.trim() === '') return
        const { findCells, nearestCell } = await loadTools()
        const { cells: matches, next } = await findCells(core, { text, after: null }, signal)
        if (signal.aborted) return
        store.set({ found: { text, matches, next, at: -1 } })
        if (matches.length > 0) await show(nearestCell(core, matches), signal)
      })
    },
    /** Goes to the match after or before; round at the ends, once the last one is known. */
    step(step: 1 | -1): Promise<void> {
      return attempt(async (signal) => {
        const { found } = store.get()
        if (found === null || found.matches.length === 0) return
        const to = found.at + step
        if (to < found.matches.length || found.next === null) {
          await show((to + found.matches.length) % found.matches.length, signal)
          return
        }
        const { findCells } = await loadTools()
        const more = await findCells(core, { text: found.text, after: found.next }, signal)
        const now = store.get().found
        if (signal.aborted || now === null) return
        const matches = [...now.matches, ...more.cells]
        store.set({ found: { ...now, matches, next: more.next } })
        await show(Math.min(to, matches.length - 1), signal)
      })
    },
  }
}
