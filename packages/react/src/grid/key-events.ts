import { commandOfKey } from '../grid-state/keyboard.ts'
import type { GridController } from './controller/create-grid.ts'
import { runCommand } from './controller/run-command.ts'

/** Hands keys to the grid while it has the focus; gives the way to stop. */
export function listenToKeys(
  grid: GridController,
  root: HTMLElement,
  options: () => { readonly isRtl: boolean },
): () => void {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
  const rows = root.querySelector('.ops-grid-rows')
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== rows || event.defaultPrevented) return
    if (grid.store.get().menu !== null) {
      grid.menuKeys.push(event.key)
      event.preventDefault()
      return
    }
    const command = commandOfKey(event, { isMac, isRtl: options().isRtl })
    if (command === null || !runCommand(grid, command)) return
    const isComposed = command.kind === 'edit' && command.text === ''
    if (!isComposed) event.preventDefault()
    event.stopPropagation()
  }
  root.addEventListener('keydown', onKeyDown)
  return () => root.removeEventListener('keydown', onKeyDown)
}
