import type { Direction, Motion } from './navigate.ts'

/** The part of a keyboard event that decides what it does. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  /** True while an input method composes a character. */
  readonly isComposing?: boolean
}

/** What a key asks of the grid. Copy, cut and paste come as events of the clipboard instead. */
export type GridCommand =
  | { readonly kind: 'move'; readonly motion: Motion; readonly extend: boolean }
  /** Tab and Enter: inside a selected range they go round in it. */
  | { readonly kind: 'advance'; readonly axis: 'line' | 'column'; readonly step: 1 | -1 }
  /** Opens the editor; `text` replaces the value, null keeps it. */
  | { readonly kind: 'edit'; readonly text: string | null }
  | { readonly kind: 'clear' }
  | { readonly kind: 'fill'; readonly direction: 'down' | 'right' }
  | { readonly kind: 'select'; readonly what: 'all' | 'line' | 'column' }
  | {
      readonly kind:
        | 'cancel'
        | 'undo'
        | 'redo'
        | 'open-row'
        | 'find'
        | 'find-next'
        | 'find-previous'
        | 'command-menu'
        | 'cell-menu'
        | 'column-menu'
    }
  | { readonly kind: 'move-column'; readonly step: 1 | -1 }
  | { readonly kind: 'resize-column'; readonly stepPx: number }

export interface KeyboardOptions {
  /** Whether ⌘ takes the part of Ctrl. */
  readonly isMac: boolean
  /** Whether the first column stands at the right. */
  readonly isRtl: boolean
}

/** What a key does while no editor is open, or null if it is not the grid's. */
export function commandOfKey(press: KeyPress, { isMac, isRtl }: KeyboardOptions): GridCommand | null {
  if (press.isComposing) return null
  // An input method begins: what it makes of its keys goes into the field that the editor brings.
  if (press.key === 'Process' || press.key === 'Dead') return { kind: 'edit', text: '' }
  const control = isMac ? press.metaKey : press.ctrlKey
  if (isMac ? press.ctrlKey : press.metaKey) return null
  const { key, shiftKey: extend, altKey } = press

  const direction = arrowDirection(key, isRtl)
  if (direction !== null) return arrowCommand(direction, control, extend, altKey)
  if (altKey && !control) return characterOf(press)
  if (control) return controlCommand(key, extend)

  switch (key) {
    case 'Home':
      return { kind: 'move', motion: { kind: 'line-start' }, extend }
    case 'End':
      return { kind: 'move', motion: { kind: 'line-end' }, extend }
    case 'PageUp':
      return { kind: 'move', motion: { kind: 'page', direction: 'up' }, extend }
    case 'PageDown':
      return { kind: 'move', motion: { kind: 'page', direction: 'down' }, extend }
    case 'Tab':
      return { kind: 'advance', axis: 'column', step: extend ? -1 : 1 }
    case 'Enter':
      return extend ? { kind: 'advance', axis: 'line', step: -1 } : { kind: 'edit', text: null }
    case 'F2':
      return { kind: 'edit', text: null }
    case 'Escape':
      return { kind: 'cancel' }
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' }
    case ' ':
      return extend ? { kind: 'select', what: 'line' } : { kind: 'open-row' }
    case 'F3':
      return { kind: extend ? 'find-previous' : 'find-next' }
    case 'F10':
      return extend ? { kind: 'cell-menu' } : null
    case 'ContextMenu':
      return { kind: 'cell-menu' }
    default:
      return characterOf(press)
  }
}

function arrowDirection(key: string, isRtl: boolean): Direction | null {
  switch (key) {
    case 'ArrowUp':
      return 'up'
    case 'ArrowDown':
      return 'down'
    case 'ArrowLeft':
      return isRtl ? 'right' : 'left'
    case 'ArrowRight':
      return isRtl ? 'left' : 'right'
    default:
      return null
  }
}

function arrowCommand(direction: Direction, control: boolean, extend: boolean, altKey: boolean): GridCommand | null {
  if (!altKey) return { kind: 'move', motion: { kind: control ? 'edge' : 'step', direction }, extend }
  if (direction === 'down' && !control) return extend ? { kind: 'column-menu' } : { kind: 'edit', text: null }
  if (direction === 'up' || direction === 'down' || control) return null
  const step = direction === 'right' ? 1 : -1
  return extend ? { kind: 'resize-column', stepPx: step * 16 } : { kind: 'move-column', step }
}

function controlCommand(key: string, shift: boolean): GridCommand | null {
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case 'Home':
      return { kind: 'move', motion: { kind: 'grid-start' }, extend: shift }
    case 'End':
      return { kind: 'move', motion: { kind: 'grid-end' }, extend: shift }
    case 'a':
      return shift ? null : { kind: 'select', what: 'all' }
    case ' ':
      return { kind: 'select', what: 'column' }
    case 'd':
      return shift ? null : { kind: 'fill', direction: 'down' }
    case 'r':
      return shift ? null : { kind: 'fill', direction: 'right' }
    case 'z':
      return { kind: shift ? 'redo' : 'undo' }
    case 'y':
      return { kind: 'redo' }
    case 'f':
      return shift ? null : { kind: 'find' }
    case 'g':
      return { kind: shift ? 'find-previous' : 'find-next' }
    case 'k':
      return shift ? null : { kind: 'command-menu' }
    case 'Enter':
      return { kind: 'open-row' }
    case 'Backspace':
    case 'Delete':
      return { kind: 'clear' }
    default:
      return null
  }
}

/** A key that types: one character, however many units it takes. */
function characterOf({ key }: KeyPress): GridCommand | null {
  return [...key].length === 1 && key >= ' ' ? { kind: 'edit', text: key } : null
}
