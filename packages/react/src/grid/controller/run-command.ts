import type { GridCommand } from '../../grid-state/keyboard.ts'
import type { GridController } from './create-grid.ts'
import { withTools } from './load-tools.ts'

/** Does what a key asks for. True if the grid took the key. */
export function runCommand(grid: GridController, command: GridCommand): boolean {
  const { core } = grid
  switch (command.kind) {
    case 'move':
      if (toggledGroup(grid, command)) return true
      grid.select.move(command.motion, command.extend)
      return true
    case 'advance':
      return grid.select.advance(command.axis, command.step)
    case 'edit':
      return edit(grid, command.text)
    case 'clear':
      void grid.clipboard.clear('clear')
      return true
    case 'fill':
      void grid.fill.fillSelection(command.direction)
      return true
    case 'select':
      grid.select.selectWhole(command.what)
      return true
    case 'cancel':
      return cancel(grid)
    case 'undo':
      void grid.write.undo()
      return true
    case 'redo':
      void grid.write.redo()
      return true
    case 'open-row':
      return openRow(grid)
    case 'find':
      grid.find.open()
      return true
    case 'find-next':
    case 'find-previous':
      void grid.find.step(command.kind === 'find-next' ? 1 : -1)
      return true
    case 'command-menu': {
      const { onCommandMenu } = core.host()
      onCommandMenu?.()
      return onCommandMenu !== undefined
    }
    case 'cell-menu':
    case 'column-menu':
      return grid.openMenuAtCell(command.kind === 'cell-menu' ? 'cell' : 'column')
    case 'move-column': {
      const place = grid.select.current()?.active.column
      if (place !== undefined) grid.columns.move(place, place + command.step)
      return true
    }
    case 'resize-column': {
      const placed = core.store.get().layout.columns[grid.select.current()?.active.column ?? -1]
      if (placed !== undefined) grid.columns.resize(placed.column.id, placed.widthPx + command.stepPx)
      return true
    }
  }
  command satisfies never
}

function activeLine(grid: GridController) {
  const { selection, lines } = grid.core.store.get()
  return selection === null ? undefined : lines.at(selection.active.line)
}

/** On the heading of a group, the arrows open and close it. */
function toggledGroup(grid: GridController, command: Extract<GridCommand, { kind: 'move' }>): boolean {
  const { motion, extend } = command
  const line = grid.core.store.get().selection?.active.line
  if (extend || motion.kind !== 'step' || line === undefined || activeLine(grid)?.kind !== 'group') return false
  if (motion.direction === 'left') return grid.groups.toggle(line, false)
  return motion.direction === 'right' && grid.groups.toggle(line, true)
}

function edit(grid: GridController, text: string | null): boolean {
  if (text !== null && grid.rows.takesKey(text)) return true
  const line = grid.core.store.get().selection?.active.line
  if (line !== undefined && activeLine(grid)?.kind === 'group') return text === null && grid.groups.toggle(line)
  grid.edit.start(text)
  return true
}

function cancel(grid: GridController): boolean {
  const { found, filling } = grid.core.store.get()
  if (filling !== null) grid.core.store.set({ filling: null })
  else if (found !== null) grid.find.close()
  else return false
  return true
}

function openRow(grid: GridController): boolean {
  const { onOpenRow } = grid.core.host()
  const line = activeLine(grid)
  const at = grid.core.store.get().selection?.active.line
  if (line?.kind === 'group' && at !== undefined) return grid.groups.toggle(at)
  if (line?.kind !== 'row' || onOpenRow === undefined) return false
  const row = grid.core.store.get().row(line.row)
  if (row === undefined) void withTools(grid.core, ({ openLateRow }) => openLateRow(grid.core, line.row))
  else onOpenRow(row.id)
  return true
}
