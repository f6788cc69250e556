import type { CellRange } from '../../grid-state/cell-range.ts'
import { parseHtmlTable } from '../../grid-state/clipboard-html.ts'
import { parseTsv, type TextMatrix } from '../../grid-state/clipboard-text.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import { maxPasteCells } from '../../grid-state/paste-bounds.ts'
import { type CopiedCell, type PastePlan, pasteArea, planPaste } from '../../grid-state/paste-plan.ts'
import { selectRange } from '../../grid-state/selection.ts'
import { lateGridTexts } from '../../provider/late-grid-texts.ts'
import { addTexts } from '../../provider/translator.ts'
import type { ClipboardContent } from './clipboard.ts'
import type { GridCore } from './grid-core.ts'
import type { selecting } from './selecting.ts'
import type { writing } from './writing.ts'

addTexts(lateGridTexts)

export interface PasteParts {
  readonly core: GridCore
  readonly select: ReturnType<typeof selecting>
  readonly write: ReturnType<typeof writing>
}

export interface Paste {
  readonly selected: CellRange
  readonly content: ClipboardContent
  /** The stored values where the content was copied from this grid: they are pasted in place of texts. */
  readonly copied: readonly (readonly CopiedCell[])[] | undefined
}

/** The rows pasted into; null for those that are yet to be made. */
async function pasteRows(
  { core, write }: PasteParts,
  { top, left, right }: CellRange,
  height: number,
): Promise<readonly (GridRow | null)[]> {
  const { lines } = core.store.get()
  let [line, found] = [top, 0]
  for (; line < lines.count && found < height; line++) if (lines.at(line)?.kind === 'row') found += 1
  const rows: (GridRow | null)[] = [...(await write.rowsIn({ top, bottom: line - 1, left, right }))]
  const canAppend = core.source().append !== undefined
  while (canAppend && rows.length < height) rows.push(null)
  return rows
}

interface PlannedPaste {
  readonly plan: PastePlan
  readonly rows: readonly (GridRow | null)[]
  readonly range: CellRange
}

async function carryOut({ core, select, write }: PasteParts, { plan, rows, range }: PlannedPaste): Promise<void> {
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
  select.select(selectRange({ line: range.top, column: range.left }, { line: range.bottom, column: range.right }), null)
  const counts = { count: plan.cells, rows: plan.added.length }
  core.notify({ kind: 'info', text: t(plan.added.length > 0 ? 'paste.added' : 'paste.done', counts), canUndo: true })
}

/** Pastes what the clipboard holds, after a word of the user's where some of it does not fit. */
export async function pasteCells(parts: PasteParts, { selected, content, copied }: Paste): Promise<void> {
  const { core } = parts
  const t = core.translate()
  const html = copied !== undefined || content.html === '' ? null : parseHtmlTable(content.html)
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
  const rows = await pasteRows(parts, selected, height)
  const { layout } = core.store.get()
  const columns = layout.columns.map(({ column }) => column)
  const plan = planPaste({ texts, copied, columns, left: selected.left, width, rows, values: core.values() })
  const right = Math.min(columns.length - 1, selected.left + width - 1)
  const range = { top: selected.top, bottom: selected.top + rows.length - 1, left: selected.left, right }
  const goOn = () => carryOut(parts, { plan, rows, range })
  if (plan.refused.length === 0) await goOn()
  else core.store.set({ refusedPaste: { plan, goOn: () => void goOn() } })
}
