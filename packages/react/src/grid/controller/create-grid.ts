import type { ValueContext } from '@opslayer/core/values'
import type { CellEditor } from '../../editors/cell-editor.ts'
import { columnLayout } from '../../grid-state/column-layout.ts'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import { makeLines } from '../../grid-state/lines.ts'
import type { RowSource, SourceChange } from '../../grid-state/row-source.ts'
import { clipSelection, spliceSelection } from '../../grid-state/selection.ts'
import { createStore } from '../../grid-state/store.ts'
import { createUndoStack } from '../../grid-state/undo-stack.ts'
import type { Translate } from '../../provider/translator.ts'
import type { Viewport } from '../viewport/create-viewport.ts'
import { clipboardActions } from './clipboard.ts'
import { columnActions } from './columns.ts'
import { editing } from './editing.ts'
import { fillActions } from './filling.ts'
import { findActions } from './finding.ts'
import type { GridCore, GridHost } from './grid-core.ts'
import type { Density, GridState } from './grid-state.ts'
import { groupActions } from './groups.ts'
import { lateEdits } from './late-edits.ts'
import { rowActions } from './rows.ts'
import { selecting } from './selecting.ts'
import { writing } from './writing.ts'

/** Width of the row numbers in front of the columns, in px. */
const gutterPx = 64

export interface GridOptions {
  readonly source: RowSource
  readonly columns: readonly GridColumn[]
  readonly density: Density
  readonly host: GridHost
  readonly values: ValueContext
  readonly translate: Translate
  readonly editorOf: (typeId: string) => CellEditor
}

export type GridController = ReturnType<typeof createGrid>

/** The logic of one grid: its state, and everything that can be done to it. Knows no React. */
export function createGrid(initial: GridOptions) {
  let options = initial
  let viewport: Viewport | null = null
  let announced: (text: string) => void = () => {}
  const derive = (state: Pick<GridState, 'columns' | 'viewportPx' | 'collapsed'>, source: RowSource) => ({
    layout: columnLayout(state.columns, { viewportPx: state.viewportPx, gutterPx }),
    lines: makeLines(source.count, source.groups, state.collapsed),
  })
  const lookUp = (source: RowSource) => (index: number) => source.row(index)
  const base = { columns: initial.columns, viewportPx: 0, collapsed: new Set<string>() }
  const inner = createStore<GridState>({
    ...base,
    ...derive(base, initial.source),
    density: initial.density,
    row: lookUp(initial.source),
    selection: null,
    isTouched: false,
    editing: null,
    editedPlace: null,
    filling: null,
    menu: null,
    heldPaste: null,
    found: null,
    shownColumns: { first: 0, last: -1 },
    summary: null,
  })
  /** Layout and lines follow from other fields, so whoever sets those gets these. */
  const store: typeof inner = {
    ...inner,
    set(changes) {
      const state = { ...inner.get(), ...changes }
      const isOtherLayout = 'columns' in changes || 'viewportPx' in changes
      const derived = isOtherLayout || 'collapsed' in changes ? derive(state, options.source) : null
      inner.set({
        ...changes,
        ...(derived !== null && isOtherLayout && { layout: derived.layout }),
        ...(derived !== null && 'collapsed' in changes && { lines: derived.lines }),
      })
    },
  }

  const core: GridCore = {
    store,
    source: () => options.source,
    host: () => options.host,
    values: () => options.values,
    translate: () => options.translate,
    editorOf: (typeId) => options.editorOf(typeId),
    viewport: () => viewport,
    undoStack: createUndoStack(),
    notify(notice) {
      core.announce(notice.text)
      options.host.onNotice?.(notice)
    },
    fail(text, error, values = {}) {
      const reason = error instanceof Error ? error.message : String(error)
      core.notify({ kind: 'error', text: options.translate(text, { ...values, reason }) })
    },
    announce: (text) => announced(text),
  }
  const select = selecting(core)
  const write = writing(core)
  const late = lateEdits(core)
  const edit = editing(core, select, write, late)
  const followers = new Set<(change: SourceChange) => void>()

  let hiddenGroups = 0

  function onChange(change: SourceChange): void {
    const { source } = options
    late.follow(change)
    for (const follow of followers) follow(change)
    if (change.kind === 'rows') {
      const { lines } = store.get()
      viewport?.rewrite((line) => {
        const at = lines.at(line)
        return at?.kind === 'row' && at.row >= change.first && at.row <= change.last
      })
      edit.follow(change)
      return
    }
    const hidden = source.hiddenGroups ?? 0
    if (hidden > 0 && hidden !== hiddenGroups) {
      core.notify({ kind: 'info', text: core.translate()('grid.groups-hidden', { count: hidden }) })
    }
    hiddenGroups = hidden
    const before = store.get()
    const lines = makeLines(source.count, source.groups, before.collapsed)
    const extent = { lines: lines.count, columns: before.layout.columns.length }
    const selection =
      before.selection === null || change.kind === 'reset' || lines.hasGroups
        ? before.selection
        : spliceSelection(before.selection, change.at, change.removed, change.inserted)
    const firstLine = viewport?.firstLine() ?? 0
    // At the very top new rows may be seen; further down what is read must not jump.
    const isAbove = change.kind === 'splice' && !lines.hasGroups && firstLine > 0 && change.at <= firstLine
    inner.set({ lines, row: lookUp(source), selection: selection && clipSelection(selection, extent) })
    if (isAbove) viewport?.shift(change.inserted - change.removed)
    edit.follow(change)
  }

  let unsubscribe = () => {}
  const calmListeners = new Set<() => void>()
  return {
    core,
    store,
    select,
    write,
    edit,
    columns: columnActions(core, select),
    groups: groupActions(core),
    rows: rowActions(core, { select, edit }),
    clipboard: clipboardActions(core, select, write),
    fill: fillActions(core, select, write),
    find: findActions(core, select),
    /** Hears of every change of the rows, whatever their source is by then. */
    follow(follower: (change: SourceChange) => void): () => void {
      followers.add(follower)
      return () => followers.delete(follower)
    },
    /** Keys that were pressed for a menu before it stood there. */
    menuKeys: [] as string[],
    /** Opens a menu beside the active cell, for keys. */
    openMenuAtCell(kind: 'cell' | 'column'): boolean {
      const { selection, layout } = store.get()
      const columnId = layout.columns[selection?.active.column ?? -1]?.column.id
      const box = selection === null ? undefined : viewport?.cellAt(selection.active)?.element.getBoundingClientRect()
      if (columnId === undefined || box === undefined) return false
      store.set({ menu: { kind, columnId, xPx: box.left + 8, yPx: box.bottom } })
      return true
    },
    /** Nothing has moved or changed for a moment. */
    becomeCalm(): void {
      for (const listener of calmListeners) listener()
    },
    onCalm(listener: () => void): () => void {
      calmListeners.add(listener)
      return () => calmListeners.delete(listener)
    },
    /** Takes over what the host hands in now; what is the same object is left alone. */
    update(next: GridOptions): void {
      const previous = options
      options = next
      if (next.columns !== previous.columns) store.set({ columns: next.columns })
      if (next.density !== previous.density) store.set({ density: next.density })
      if (next.source === previous.source) return
      unsubscribe()
      unsubscribe = next.source.subscribe(onChange)
      onChange({ kind: 'reset' })
      if (store.get().summary !== null) store.set({ summary: null })
    },
    /** Begins to show and to listen; gives the way to end it. */
    attach(shown: Viewport, announce: (text: string) => void): () => void {
      viewport = shown
      announced = announce
      unsubscribe = options.source.subscribe(onChange)
      return () => {
        unsubscribe()
        late.stop()
        viewport = null
        announced = () => {}
      }
    },
  }
}
