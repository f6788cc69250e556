import type { FoundCell } from './found-cell.ts'
import type { GridCore } from './grid-core.ts'

/** Rows looked at before the page gets its turn. */
const rowsPerTurn = 5_000
/** More matches among loaded rows are not listed; the search says so by its number. */
const maxMatches = 1_000

/** Matches so far, and what leads to more. */
export interface Matches {
  readonly cells: readonly FoundCell[]
  readonly next: string | null
}

/** Looks in all rows where the source can, otherwise in those that are loaded. */
export async function findCells(
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
export function nearestCell(core: GridCore, matches: readonly FoundCell[]): number {
  const from = core.store.get().lines.rowAtOrAfter(core.viewport()?.firstLine() ?? 0)
  const at = matches.findIndex(({ rowId }) => (core.source().indexOf(rowId) ?? -1) >= from)
  return Math.max(0, at)
}
