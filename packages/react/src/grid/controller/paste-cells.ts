import type { CellRange } from '../../grid-state/cell-range.ts'
import { parseHtmlTable } from '../../grid-state/clipboard-html.ts'
import { parseTsv, type TextMatrix } from '../../grid-state/clipboard-text.ts'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import { maxPasteCells } from '../../grid-state/paste-bounds.ts'
import { hasNames, missingColumns } from '../../grid-state/paste-columns.ts'
import { type CopiedCell, type PastePlan, pasteArea, planPaste } from '../../grid-state/paste-plan.ts'
import { selectRange } from '../../grid-state/selection.ts'
import { lateGridTexts } from '../../provider/late-grid-texts.ts'
import { addTexts } from '../../provider/translator.ts'
import type { ClipboardContent } from './clipboard.ts'
import type { GridCore, PastedColumn } from './grid-core.ts'
import type { HeldPaste } from './grid-state.ts'
import type { selecting } from './selecting.ts'
import type { writing } from './writing.ts'

addTexts(lateGridTexts)

/** More columns are not made for a paste: that is a file to be imported. */
const maxAddedColumns = 50

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

/** Texts with where they go. */
interface Pasted extends Pick<Paste, 'selected' | 'copied'> {
  readonly texts: TextMatrix
}

interface PlannedPaste {
  readonly plan: PastePlan
  readonly rows: readonly (GridRow | null)[]
  readonly range: CellRange
}

function shownColumns(core: GridCore): readonly GridColumn[] {
  return core.store.get().layout.columns.map(({ column }) => column)
}

/** @param added columns that were made for the paste, of which the grid may show some already */
async function planned(
  parts: PasteParts,
  { selected, texts, copied }: Pasted,
  added: readonly GridColumn[] = [],
): Promise<PlannedPaste> {
  const { core } = parts
  const { height, width } = pasteArea(texts, selected)
  const rows = await pasteRows(parts, selected, height)
  const shown = shownColumns(core)
  const columns = [...shown, ...added.filter(({ id }) => !shown.some((column) => column.id === id))]
  const plan = planPaste({ texts, copied, columns, left: selected.left, width, rows, values: core.values() })
  const right = Math.min(columns.length - 1, selected.left + width - 1)
  return {
    plan,
    rows,
    range: { top: selected.top, bottom: selected.top + rows.length - 1, left: selected.left, right },
  }
}

/** What of the columns a paste made and left out. */
interface ColumnCounts {
  readonly added: number
  readonly left: number
}

async function carryOut(
  { core, select, write }: PasteParts,
  { plan, rows, range }: PlannedPaste,
  columns: ColumnCounts,
): Promise<void> {
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
  const text = [
    t('paste.done', { count: plan.cells }),
    ...(plan.added.length > 0 ? [t('paste.rows-added', { count: plan.added.length })] : []),
    ...(columns.added > 0 ? [t('paste.columns-added', { count: columns.added })] : []),
    ...(columns.left > 0 ? [t('paste.columns-left', { count: columns.left })] : []),
  ].join(' ')
  const operations = columns.added + Number(plan.added.length > 0) + Number(plan.edits.length > 0)
  core.notify({ kind: 'info', text, canUndo: true, operations })
}

/** Holds a paste back until the user has said what becomes of that which does not fit. */
function hold(parts: PasteParts, pasted: Pasted, fitting: PlannedPaste, missing: number): void {
  const { core } = parts
  const t = core.translate()
  const { selected, texts, copied } = pasted
  const columns = shownColumns(core)
  const { onAddPasted } = core.host()
  const firstMissing = columns.length - selected.left
  const namesOf = (isNamed: boolean) =>
    Array.from({ length: missing }, (_, i) => {
      const name = isNamed ? texts[0]?.[firstMissing + i]?.trim() : undefined
      return name || t('paste.column-name', { place: columns.length + i + 1 })
    })
  const addColumns = async (isNamed: boolean, add: NonNullable<typeof onAddPasted>) => {
    const below = isNamed ? texts.slice(1) : texts
    const asked = namesOf(isNamed).map((name, i): PastedColumn => {
      return { name, texts: below.map((line) => line[firstMissing + i] ?? '') }
    })
    try {
      const added = await add(asked)
      const all = { selected, texts: below, copied: isNamed ? copied?.slice(1) : copied }
      await carryOut(parts, await planned(parts, all, added), { added: added.length, left: 0 })
    } catch (error) {
      core.fail('write.failed', error)
    }
  }
  const held: HeldPaste = {
    plan: fitting.plan,
    missing,
    isNamed: missing > 0 && core.store.get().lines.count === 0 ? hasNames(texts) : null,
    namesOf,
    goOn: () => void carryOut(parts, fitting, { added: 0, left: missing }),
    addColumns:
      onAddPasted === undefined || missing === 0 || missing > maxAddedColumns
        ? null
        : (isNamed) => void addColumns(isNamed, onAddPasted),
  }
  core.store.set({ heldPaste: held })
}

/** Pastes what the clipboard holds, after a word of the user's where some of it does not fit. */
export async function pasteCells(parts: PasteParts, { selected, content, copied }: Paste): Promise<void> {
  const { core } = parts
  const t = core.translate()
  const isTooLarge = (texts: TextMatrix): boolean => {
    const { height, width } = pasteArea(texts, selected)
    if (height * width <= maxPasteCells) return false
    core.notify({ kind: 'error', text: t('paste.too-many', { count: height * width, max: maxPasteCells }) })
    return true
  }
  // Each cell has a character after it. Of what is too large the text tells in a moment; the markup would take seconds.
  const long = content.text.length < maxPasteCells ? null : parseTsv(content.text)
  if (long !== null && isTooLarge(long)) return
  const html = copied !== undefined || content.html === '' ? null : parseHtmlTable(content.html)
  // An empty cell is no text, but there is a table around it.
  const isEmptyCell = copied !== undefined && content.html !== ''
  const texts: TextMatrix = html ?? long ?? (content.text === '' && !isEmptyCell ? [] : parseTsv(content.text))
  if (texts.length === 0) {
    core.notify({ kind: 'info', text: t('paste.empty') })
    return
  }
  if (isTooLarge(texts)) return
  const pasted = { selected, texts, copied }
  const fitting = await planned(parts, pasted)
  const missing = missingColumns(texts, selected.left, shownColumns(core).length)
  if (fitting.plan.refused.length === 0 && missing === 0) await carryOut(parts, fitting, { added: 0, left: 0 })
  else hold(parts, pasted, fitting, missing)
}
