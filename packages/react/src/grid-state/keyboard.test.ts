import { describe, expect, it } from 'vitest'
import { commandOfKey, type GridCommand } from './keyboard.ts'

/** Reads `Ctrl+Shift+ArrowUp`. */
function press(keys: string, options: { isMac?: boolean; isRtl?: boolean } = {}) {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  const has = (name: string) => parts.includes(name)
  const event = {
    key: parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? ''),
    ctrlKey: has('Ctrl'),
    metaKey: has('Meta'),
    shiftKey: has('Shift'),
    altKey: has('Alt'),
  }
  return commandOfKey(event, { isMac: false, isRtl: false, ...options })
}

const step = (direction: string, extend = false) => ({ kind: 'move', motion: { kind: 'step', direction }, extend })
const edge = (direction: string, extend = false) => ({ kind: 'move', motion: { kind: 'edge', direction }, extend })

const table: readonly [string, GridCommand | object | null][] = [
  ['ArrowDown', step('down')],
  ['Shift+ArrowRight', step('right', true)],
  ['Ctrl+ArrowUp', edge('up')],
  ['Ctrl+Shift+ArrowLeft', edge('left', true)],
  ['Home', { kind: 'move', motion: { kind: 'line-start' }, extend: false }],
  ['Ctrl+End', { kind: 'move', motion: { kind: 'grid-end' }, extend: false }],
  ['Shift+PageDown', { kind: 'move', motion: { kind: 'page', direction: 'down' }, extend: true }],
  ['Tab', { kind: 'advance', axis: 'column', step: 1 }],
  ['Shift+Tab', { kind: 'advance', axis: 'column', step: -1 }],
  ['Enter', { kind: 'edit', text: null }],
  ['Shift+Enter', { kind: 'advance', axis: 'line', step: -1 }],
  ['F2', { kind: 'edit', text: null }],
  ['Alt+ArrowDown', { kind: 'edit', text: null }],
  ['Escape', { kind: 'cancel' }],
  ['Delete', { kind: 'clear' }],
  ['Backspace', { kind: 'clear' }],
  ['a', { kind: 'edit', text: 'a' }],
  ['Shift+A', { kind: 'edit', text: 'A' }],
  ['😀', { kind: 'edit', text: '😀' }],
  ['Alt+@', { kind: 'edit', text: '@' }],
  ['Ctrl+a', { kind: 'select', what: 'all' }],
  ['Shift+Space', { kind: 'select', what: 'line' }],
  ['Ctrl+Space', { kind: 'select', what: 'column' }],
  ['Space', { kind: 'open-row' }],
  ['Ctrl+d', { kind: 'fill', direction: 'down' }],
  ['Ctrl+z', { kind: 'undo' }],
  ['Ctrl+Shift+Z', { kind: 'redo' }],
  ['Ctrl+y', { kind: 'redo' }],
  ['Ctrl+f', { kind: 'find' }],
  ['Ctrl+k', { kind: 'command-menu' }],
  ['Shift+F10', { kind: 'cell-menu' }],
  ['ContextMenu', { kind: 'cell-menu' }],
  ['Alt+Shift+ArrowDown', { kind: 'column-menu' }],
  ['Alt+ArrowRight', { kind: 'move-column', step: 1 }],
  ['Alt+Shift+ArrowLeft', { kind: 'resize-column', stepPx: -16 }],
  ['Ctrl+c', null],
  ['Meta+z', null],
  ['F5', null],
  ['Shift', null],
  ['Process', { kind: 'edit', text: '' }],
  ['Dead', { kind: 'edit', text: '' }],
]

describe('commandOfKey', () => {
  it.each(table)('reads %s', (keys, command) => {
    expect(press(keys)).toEqual(command)
  })

  it('takes ⌘ for Ctrl on a Mac, and leaves Ctrl to the system there', () => {
    expect(press('Meta+Shift+z', { isMac: true })).toEqual({ kind: 'redo' })
    expect(press('Ctrl+a', { isMac: true })).toBeNull()
  })

  it('mirrors left and right where the first column stands at the right', () => {
    expect(press('ArrowLeft', { isRtl: true })).toEqual(step('right'))
    expect(press('Alt+ArrowLeft', { isRtl: true })).toEqual({ kind: 'move-column', step: 1 })
  })

  it('leaves keys alone while an input method composes', () => {
    const event = { key: 'a', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, isComposing: true }
    expect(commandOfKey(event, { isMac: false, isRtl: false })).toBeNull()
  })
})
