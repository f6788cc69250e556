import { clearCopied, writeLater } from './clipboard-events.ts'
import type { ClipboardContent } from './controller/clipboard.ts'
import type { GridController } from './controller/create-grid.ts'

/** For menus, where there is no clipboard event to fill. */
export async function copySelection(grid: GridController, what: 'copy' | 'cut'): Promise<void> {
  const copied = writeLater(grid, Promise.resolve(grid.clipboard.copy()))
  if (what === 'cut') await clearCopied(grid, copied)
}

/** For menus. Asks the user for leave where the browser wants it. */
export async function readClipboard(): Promise<ClipboardContent> {
  const [item] = await navigator.clipboard.read()
  const read = async (type: string) =>
    item?.types.includes(type) === true ? await (await item.getType(type)).text() : ''
  return { html: await read('text/html'), text: await read('text/plain') }
}
