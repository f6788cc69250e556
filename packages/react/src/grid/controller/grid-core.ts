import type { ValueContext } from '@opslayer/core/values'
import type { CellEditor } from '../../editors/cell-editor.ts'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import type { RowSource } from '../../grid-state/row-source.ts'
import type { Store } from '../../grid-state/store.ts'
import type { UndoStack } from '../../grid-state/undo-stack.ts'
import type { TextKey } from '../../provider/texts.ts'
import type { Translate } from '../../provider/translator.ts'
import type { Viewport } from '../viewport/create-viewport.ts'
import type { GridState } from './grid-state.ts'

/** Something that the user should know. */
export interface Notice {
  readonly kind: 'info' | 'error'
  readonly text: string
  /** Offers to take it back. */
  readonly canUndo?: boolean
  /** How many operations of the user's that takes, where the source keeps a history. @default 1 */
  readonly operations?: number
}

/** A column of the clipboard for which the grid has none. */
export interface PastedColumn {
  readonly name: string
  /** What is to be pasted into it, from the top. */
  readonly texts: readonly string[]
}

/** A cell whose details are wanted. */
export interface OpenedCell {
  readonly rowId: string
  readonly columnId: string
  /** Where it is on the screen, for a popover. */
  readonly box: DOMRect
}

/** What the grid asks of its surroundings. All of it may be left out. */
export interface GridHost {
  /** Widths, order or pinning changed. */
  readonly onColumnsChange?: ((columns: readonly GridColumn[]) => void) | undefined
  readonly onOpenRow?: ((rowId: string) => void) | undefined
  readonly onAddColumn?: (() => void) | undefined
  /**
   * Makes columns, each one operation, for what is pasted beyond the last one; makes all or throws.
   * @default only what fits can be pasted
   */
  readonly onAddPasted?: ((columns: readonly PastedColumn[]) => Promise<readonly GridColumn[]>) | undefined
  /** Takes back the user's last work, where the source keeps a history. @default the grid's own stack of edits */
  readonly onUndo?: (() => void) | undefined
  readonly onRedo?: (() => void) | undefined
  readonly onCommandMenu?: (() => void) | undefined
  readonly onNotice?: ((notice: Notice) => void) | undefined
  /** What is behind a computed cell was asked for: by a click on its state, Enter, or the menu. */
  readonly onOpenCell?: ((cell: OpenedCell) => void) | undefined
  readonly onSort?: ((columnId: string, direction: 'asc' | 'desc') => void) | undefined
  readonly onGroup?: ((columnId: string) => void) | undefined
  readonly onHideColumn?: ((columnId: string) => void) | undefined
}

/** What the parts of a grid's logic share. */
export interface GridCore {
  readonly store: Store<GridState>
  readonly source: () => RowSource
  readonly host: () => GridHost
  readonly values: () => ValueContext
  readonly translate: () => Translate
  readonly editorOf: (typeId: string) => CellEditor
  /** Null until the grid is on the page. */
  readonly viewport: () => Viewport | null
  readonly undoStack: UndoStack
  notify(notice: Notice): void
  /** Says that something could not be done; the text has a place for the reason. */
  fail(text: TextKey, error: unknown, values?: Readonly<Record<string, string | number>>): void
  /** Says something to screen readers. */
  announce(text: string): void
}
