import type { Json } from '@opslayer/core/values'
import { type CellRange, rangeSize } from '../../grid-state/cell-range.ts'
import { buildTsv, type TextMatrix } from '../../grid-state/clipboard-text.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import { buildHtmlTable } from '../../grid-state/html-table.ts'
import { maxPasteCells } from '../../grid-state/paste-bounds.ts'
import type { CopiedCell, PastePlan } from '../../grid-state/paste-plan.ts'
import { selectRange } from '../../grid-state/selection.ts'
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

  /** The rows pasted into; null for those that are yet to be made. */
  async function pasteRows(top: number, height: number): Promise<readonly (GridRow | null)[]> {
    const { lines } = store.get()
    const targets: number[] = []
    let line = top
    for (; line < lines.count && targets.length < height; line++) {
      const at = lines.at(line)
      if (at?.kind === 'row') targets.push(at.row)
    }
    const rows: (GridRow | null)[] = []
    const first = targets[0]
    const last = targets.at(-1)
    if (first !== undefined && last !== undefined) {
      const loaded = await core.source().load(first, last)
      for (const index of targets) {
        const row = loaded[index - first]
        if (row !== undefined) rows.push(row)
      }
    }
    const canAppend = core.source().append !== undefined
    while (canAppend && rows.length < height) rows.push(null)
    return rows
  }

  async function carryOut(plan: PastePlan, rows: readonly (GridRow | null)[], range: CellRange): Promise<void> {
    const t = core.translate()
    const present = rows.filter((row) => row !== null)
    try {
      if (plan.added.length > 0) await core.source().append?.(plan.added)
    } catch (error) {
      core.fail('write.failed', error)
      return
    }
    const isWritten = plan.edits.length === 0 || (await write.write(plan.edits, present, t('undo.paste')))
    if (!isWritten) return
    select.select(
      selectRange({ line: range.top, column: range.left }, { line: range.bottom, column: range.right }),
      null,
    )
    const counts = { count: plan.cells, rows: plan.added.length }
    core.notify({ kind: 'info', text: t(plan.added.length > 0 ? 'paste.added' : 'paste.done', counts), canUndo: true })
  }

  async function pasteAt(selected: CellRange, content: ClipboardContent): Promise<void> {
    const t = core.translate()
    const { parseHtmlTable, parseTsv, pasteArea, planPaste } = await loadTools()
    const isOwn = own !== null && own.tsv === content.text
    const html = isOwn || content.html === '' ? null : parseHtmlTable(content.html)
    const texts: TextMatrix = html ?? (content.text === '' ? [] : parseTsv(content.text))
    if (texts.length === 0) {
      core.notify({ kind: 'info', text: t('paste.empty') })
      return
    }
    const { height, width } = pasteArea(texts, selected)
    if (height * width > maxPasteCells) {
      core.notify({ kind: 'error', text: t('paste.too-many', { count: height * width, max: maxPasteCells }) })
      return
    }
    const rows = await pasteRows(selected.top, height)
    const { layout } = store.get()
    const columns = layout.columns.map(({ column }) => column)
    const copied = isOwn ? own?.cells : undefined
    const plan = planPaste({ texts, copied, columns, left: selected.left, width, rows, values: core.values() })
    const right = Math.min(columns.length - 1, selected.left + width - 1)
    const range = { top: selected.top, bottom: selected.top + rows.length - 1, left: selected.left, right }
    if (plan.refused.length === 0) {
      await carryOut(plan, rows, range)
      return
    }
    store.set({ refusedPaste: { plan, goOn: () => void carryOut(plan, rows, range) } })
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
        await pasteAt(selected, content)
      } catch (error) {
        core.fail('work.failed', error)
      }
    },
  }
}
