import type { Json } from '@opslayer/core/values'
import { type CellRange, rangeSize } from '../../grid-state/cell-range.ts'
import { buildTsv } from '../../grid-state/clipboard-text.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import { buildHtmlTable } from '../../grid-state/html-table.ts'
import { maxPasteCells } from '../../grid-state/paste-bounds.ts'
import type { CopiedCell } from '../../grid-state/paste-plan.ts'
import type { GridCore } from './grid-core.ts'
import { loadTools, withTools } from './load-tools.ts'
import type { selecting } from './selecting.ts'
import type { writing } from './writing.ts'

/** More do not go onto a clipboard in a useful time. */
const maxCopiedCells = 500_000

/** Where a paste into an empty table begins: it has no cell to select. */
const firstCell: CellRange = { top: 0, bottom: 0, left: 0, right: 0 }

/** Texts as they come from the clipboard. */
export interface ClipboardContent {
  readonly html: string
  readonly text: string
}

const sizeOf = (ranges: readonly CellRange[]) => ranges.reduce((sum, range) => sum + rangeSize(range), 0)

export function clipboardActions(
  core: GridCore,
  select: ReturnType<typeof selecting>,
  write: ReturnType<typeof writing>,
) {
  const { store } = core
  /** What was copied here last, to paste stored values and not their texts. */
  let own: {
    readonly tsv: string
    readonly cells: readonly (readonly CopiedCell[])[]
    readonly ranges: readonly CellRange[]
  } | null = null

  /** One below the other, as spreadsheets do, where they are of the same columns; otherwise the last. */
  function copiedRanges(): readonly CellRange[] {
    const ranges = store.get().selection?.ranges ?? []
    const isStack = ranges.every(({ left, right }) => left === ranges[0]?.left && right === ranges[0].right)
    const copied = isStack ? ranges.toSorted((a, b) => a.top - b.top) : ranges.slice(-1)
    const count = sizeOf(copied)
    if (count <= maxCopiedCells) return copied
    core.notify({ kind: 'error', text: core.translate()('copy.too-many', { count, max: maxCopiedCells }) })
    return []
  }

  function contentOf(rows: readonly GridRow[], ranges: readonly CellRange[]): ClipboardContent {
    const columns = store.get().layout.columns.slice(ranges[0]?.left, (ranges[0]?.right ?? 0) + 1)
    const cells = rows.map((row) =>
      columns.map(({ column }) => ({ typeId: column.type.id, value: row.cells[column.key] ?? null })),
    )
    const texts = rows.map((row) =>
      columns.map(({ column }) => {
        const value = row.cells[column.key] ?? null
        return value === null
          ? (row.warnings?.[column.key]?.original ?? '')
          : column.type.format(value, column.settings, core.values())
      }),
    )
    const tsv = buildTsv(texts)
    own = { tsv, cells, ranges }
    return { text: tsv, html: buildHtmlTable(texts) }
  }

  function loadedRows(ranges: readonly CellRange[]): readonly GridRow[] | null {
    const { lines, row } = store.get()
    const rows = new Set<GridRow>()
    for (const { top, bottom } of ranges) {
      for (let line = top; line <= bottom; line++) {
        const at = lines.at(line)
        if (at?.kind !== 'row') continue
        const found = row(at.row)
        if (found === undefined) return null
        rows.add(found)
      }
    }
    return [...rows]
  }

  async function copyLoaded(ranges: readonly CellRange[]): Promise<ClipboardContent | null> {
    try {
      const { rowsInRanges } = await loadTools()
      const content = contentOf(await rowsInRanges(write, ranges), ranges)
      core.notify({ kind: 'info', text: core.translate()('copy.done', { count: sizeOf(ranges) }) })
      return content
    } catch (error) {
      core.fail('copy.failed', error)
      return null
    }
  }

  return {
    /** The selection for the clipboard: at once if all of it is loaded, since events of the clipboard do not wait. */
    copy(): ClipboardContent | null | Promise<ClipboardContent | null> {
      const ranges = copiedRanges()
      const [range] = ranges
      const rows = loadedRows(ranges)
      if (range === undefined) return null
      if (rows === null) return copyLoaded(ranges)
      const content = contentOf(rows, ranges)
      core.announce(core.translate()('copy.done', { count: rows.length * (range.right - range.left + 1) }))
      return content
    },
    /** Empties what is selected; after a cut, what was copied. */
    async clear(what: 'clear' | 'cut'): Promise<void> {
      const { selection } = store.get()
      const copied = own?.ranges ?? []
      const ranges = what === 'cut' ? copied : (selection?.ranges ?? [])
      const t = core.translate()
      const total = sizeOf(ranges)
      if (total > maxPasteCells) {
        core.notify({ kind: 'error', text: t('fill.too-many', { count: total, max: maxPasteCells }) })
        return
      }
      let count = 0
      for (const range of ranges) {
        count += await write.writeRange(range, t(what === 'cut' ? 'undo.cut' : 'undo.clear'), (): Json => null)
      }
      if (count > 1)
        core.notify({ kind: 'info', text: t(what === 'cut' ? 'cut.done' : 'clear.done', { count }), canUndo: true })
    },
    async paste(content: ClipboardContent): Promise<void> {
      const selected = select.current()?.ranges.at(-1) ?? (store.get().lines.count === 0 ? firstCell : undefined)
      if (selected === undefined || core.source().write === undefined) return
      await withTools(core, async ({ pasteCells }) => {
        const copied = own?.tsv === content.text ? own.cells : undefined
        await pasteCells({ core, select, write }, { selected, content, copied })
      })
    },
  }
}
