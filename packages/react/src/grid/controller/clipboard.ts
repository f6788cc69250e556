import type { Json } from '@opslayer/core/values'
import { type CellRange, rangeSize } from '../../grid-state/cell-range.ts'
import { buildTsv } from '../../grid-state/clipboard-text.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import { buildHtmlTable } from '../../grid-state/html-table.ts'
import { maxPasteCells } from '../../grid-state/paste-bounds.ts'
import type { CopiedCell } from '../../grid-state/paste-plan.ts'
import type { GridCore } from './grid-core.ts'
import { loadTools } from './load-tools.ts'
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
    readonly range: CellRange
  } | null = null

  function copiedRange(): CellRange | null {
    const range = store.get().selection?.ranges.at(-1)
    if (range === undefined) return null
    if (rangeSize(range) <= maxCopiedCells) return range
    const t = core.translate()
    core.notify({ kind: 'error', text: t('copy.too-many', { count: rangeSize(range), max: maxCopiedCells }) })
    return null
  }

  function contentOf(rows: readonly GridRow[], range: CellRange): ClipboardContent {
    const columns = store.get().layout.columns.slice(range.left, range.right + 1)
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
    own = { tsv, cells, range }
    return { text: tsv, html: buildHtmlTable(texts) }
  }

  function loadedRows(range: CellRange): readonly GridRow[] | null {
    const { lines, row } = store.get()
    const rows: GridRow[] = []
    for (let line = range.top; line <= range.bottom; line++) {
      const at = lines.at(line)
      if (at?.kind !== 'row') continue
      const found = row(at.row)
      if (found === undefined) return null
      rows.push(found)
    }
    return rows
  }

  async function copyLoaded(range: CellRange): Promise<ClipboardContent | null> {
    try {
      const content = contentOf(await write.rowsIn(range), range)
      core.notify({ kind: 'info', text: core.translate()('copy.done', { count: rangeSize(range) }) })
      return content
    } catch (error) {
      core.fail('copy.failed', error)
      return null
    }
  }

  return {
    /** The selection for the clipboard: at once if all of it is loaded, since events of the clipboard do not wait. */
    copy(): ClipboardContent | null | Promise<ClipboardContent | null> {
      const range = copiedRange()
      const rows = range === null ? null : loadedRows(range)
      if (range === null) return null
      if (rows === null) return copyLoaded(range)
      const content = contentOf(rows, range)
      core.announce(core.translate()('copy.done', { count: rows.length * (range.right - range.left + 1) }))
      return content
    },
    /** Empties what is selected; after a cut, what was copied. */
    async clear(what: 'clear' | 'cut'): Promise<void> {
      const { selection } = store.get()
      const copied = own === null ? [] : [own.range]
      const ranges = what === 'cut' ? copied : (selection?.ranges ?? [])
      const t = core.translate()
      const total = ranges.reduce((sum, range) => sum + rangeSize(range), 0)
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
      try {
        const { pasteCells } = await loadTools()
        const copied = own?.tsv === content.text ? own.cells : undefined
        await pasteCells({ core, select, write }, { selected, content, copied })
      } catch (error) {
        core.fail('work.failed', error)
      }
    },
  }
}
