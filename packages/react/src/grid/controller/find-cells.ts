import { selectCell } from '../../grid-state/selection.ts'
import { pause } from '../../grid-state/write-queue.ts'
import type { FoundCell } from './found-cell.ts'
import type { GridCore } from './grid-core.ts'
import type { selecting } from './selecting.ts'

/** Rows looked at before the page gets its turn. */
const rowsPerTurn = 5_000
/** Who types on so soon is not done with the text: no server looks for what it begins with. */
const typingMs = 150
/** More matches among loaded rows are not listed; the search says so by its number. */
const maxMatches = 1_000

/** Matches so far, and what leads to more. */
interface Matches {
  readonly cells: readonly FoundCell[]
  readonly next: string | null
}

/** Looks in all rows where the source can, otherwise in those that are loaded. */
async function findCells(
  core: GridCore,
  { text, after }: { readonly text: string; readonly after: string | null },
  signal: AbortSignal,
): Promise<Matches> {
  const { find } = core.source()
  if (find === undefined) return { cells: await searchLoaded(core, text, signal), next: null }
  const { hits, next } = await find(text, after, signal)
  const ids = new Map(core.store.get().layout.columns.map(({ column }) => [column.key, column.id]))
  const cells = hits.flatMap(({ rowId, columnKeys }) =>
    columnKeys.flatMap((key) => {
      const columnId = ids.get(key)
      return columnId === undefined ? [] : [{ rowId, columnId }]
    }),
  )
  return { cells, next }
}

async function searchLoaded(core: GridCore, text: string, signal: AbortSignal): Promise<readonly FoundCell[]> {
  const { layout, row } = core.store.get()
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
      if (shown.toLocaleLowerCase().includes(wanted)) matches.push({ rowId: found.id, columnId: column.id })
    }
  }
  return matches
}

/** The first match at or below what is in sight, as far as that is known. */
function nearestCell(core: GridCore, matches: readonly FoundCell[]): number {
  const from = core.store.get().lines.rowAtOrAfter(core.viewport()?.firstLine() ?? 0)
  const at = matches.findIndex(({ rowId }) => (core.source().indexOf(rowId) ?? -1) >= from)
  return Math.max(0, at)
}

export interface Search {
  readonly core: GridCore
  readonly select: ReturnType<typeof selecting>
  readonly signal: AbortSignal
}

async function showMatch({ core, select, signal }: Search, at: number): Promise<void> {
  const { found } = core.store.get()
  const match = found?.matches[at]
  if (found === null || match === undefined) return
  core.store.set({ found: { ...found, at } })
  const source = core.source()
  const index = source.indexOf(match.rowId) ?? (await source.locate?.(match.rowId, signal)) ?? null
  if (signal.aborted || index === null) return
  const { lines, layout } = core.store.get()
  const column = layout.columns.findIndex((placed) => placed.column.id === match.columnId)
  if (column !== -1) select.select(selectCell({ line: lines.lineOfRow(index), column }))
}

/** Looks for a text and shows the match nearest to what is in sight. */
export async function searchCells(search: Search, text: string): Promise<void> {
  const { core, signal } = search
  core.store.set({ found: { text, matches: [], next: null, at: -1, isSearching: text.trim() !== '' } })
  if (text.trim() === '') return
  if (core.source().find !== undefined) await pause(typingMs, signal)
  if (signal.aborted) return
  const { cells: matches, next } = await findCells(core, { text, after: null }, signal)
  if (signal.aborted) return
  core.store.set({ found: { text, matches, next, at: -1 } })
  if (matches.length > 0) await showMatch(search, nearestCell(core, matches))
}

/** Goes to the match after or before; round at the ends, once the last one is known. */
export async function stepToMatch(search: Search, step: 1 | -1): Promise<void> {
  const { core, signal } = search
  const { found } = core.store.get()
  if (found === null || found.matches.length === 0) return
  const to = found.at + step
  if (to < found.matches.length || found.next === null) {
    await showMatch(search, (to + found.matches.length) % found.matches.length)
    return
  }
  const more = await findCells(core, { text: found.text, after: found.next }, signal)
  const now = core.store.get().found
  if (signal.aborted || now === null) return
  const matches = [...now.matches, ...more.cells]
  core.store.set({ found: { ...now, matches, next: more.next } })
  await showMatch(search, Math.min(to, matches.length - 1))
}
