import { selectCell } from '../../grid-state/selection.ts'
import type { FoundCell, GridCore } from './grid-core.ts'
import type { selecting } from './selecting.ts'

/** More matches are not listed; the search says so by its number. */
const maxMatches = 1_000
/** Rows looked at before the page gets its turn. */
const rowsPerTurn = 5_000

export function findActions(core: GridCore, select: ReturnType<typeof selecting>) {
  const { store } = core
  let running: AbortController | null = null

  function show(at: number): void {
    const { found, lines, layout } = store.get()
    const match = found?.matches[at]
    if (found === null || match === undefined) return
    store.set({ found: { ...found, at } })
    const column = layout.columns.findIndex((placed) => placed.column.id === match.columnId)
    if (column !== -1) select.select(selectCell({ line: lines.lineOfRow(match.row), column }))
  }

  async function searchLoaded(text: string, signal: AbortSignal): Promise<readonly FoundCell[]> {
    const { layout, row } = store.get()
    const wanted = text.toLocaleLowerCase()
    const matches: FoundCell[] = []
    const { count } = core.source()
    for (let index = 0; index < count && matches.length < maxMatches; index++) {
      if (index % rowsPerTurn === rowsPerTurn - 1) await new Promise((resolve) => setTimeout(resolve))
      if (signal.aborted) return matches
      const found = row(index)
      if (found === undefined) continue
      for (const { column } of layout.columns) {
        const value = found.cells[column.key] ?? null
        if (value === null) continue
        const shown =
          typeof value === 'string' && column.type.storage === 'text'
            ? value
            : column.type.format(value, column.settings, core.values())
        if (shown.toLocaleLowerCase().includes(wanted)) matches.push({ row: index, columnId: column.id })
      }
    }
    return matches
  }

  return {
    open(): void {
      if (store.get().found === null) store.set({ found: { text: '', matches: [], at: -1 } })
    },
    close(): void {
      running?.abort()
      store.set({ found: null })
    },
    async search(text: string): Promise<void> {
      running?.abort()
      running = new AbortController()
      const { signal } = running
      store.set({ found: { text, matches: [], at: -1 } })
      if (text.trim() === '') return
      const matches = await (core.host().onFind?.(text, signal) ?? searchLoaded(text, signal))
      if (signal.aborted) return
      store.set({ found: { text, matches, at: -1 } })
      const { lines } = store.get()
      const from = lines.rowAtOrAfter(core.viewport()?.firstLine() ?? 0)
      const next = matches.findIndex(({ row }) => row >= from)
      if (matches.length > 0) show(next === -1 ? 0 : next)
    },
    step(step: 1 | -1): void {
      const { found } = store.get()
      const count = found?.matches.length ?? 0
      if (found !== null && count > 0) show((found.at + step + count) % count)
    },
  }
}
