import type { ClipboardContent } from './controller/clipboard.ts'
import type { GridActions } from './controller/create-grid.ts'
import { loadTools } from './controller/load-tools.ts'

/** Copies, cuts and pastes while the grid has the focus; gives the way to stop. */
export function listenToClipboard(grid: GridActions, root: HTMLElement): () => void {
  const { ownerDocument } = root
  const rows = root.querySelector('.ops-grid-rows')
  const isOurs = () => ownerDocument.activeElement === rows
  const onCopy = (event: ClipboardEvent) => {
    if (!isOurs() || event.clipboardData === null || grid.store.get().selection === null) return
    event.preventDefault()
    const content = grid.clipboard.copy()
    if (content === null) void copyLater(grid)
    else fill(event.clipboardData, content)
    if (event.type === 'cut') void grid.clipboard.clear('cut')
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!isOurs() || event.clipboardData === null) return
    event.preventDefault()
    const { clipboardData } = event
    void grid.clipboard.paste({ html: clipboardData.getData('text/html'), text: clipboardData.getData('text/plain') })
  }
  const onFocus = () => void loadTools().catch(() => {}) // A paste tries again, and tells.
  rows?.addEventListener('focus', onFocus, { once: true })
  ownerDocument.addEventListener('copy', onCopy)
  ownerDocument.addEventListener('cut', onCopy)
  ownerDocument.addEventListener('paste', onPaste)
  return () => {
    rows?.removeEventListener('focus', onFocus)
    ownerDocument.removeEventListener('copy', onCopy)
    ownerDocument.removeEventListener('cut', onCopy)
    ownerDocument.removeEventListener('paste', onPaste)
  }
}

function fill(clipboard: DataTransfer, { html, text }: ClipboardContent): void {
  clipboard.setData('text/plain', text)
  clipboard.setData('text/html', html)
}

/** Rows that are not loaded come too late for the event, so they go through the page's own access to the clipboard. */
async function copyLater(grid: GridActions): Promise<void> {
  const content = await grid.clipboard.copyLoaded()
  if (content !== null) await writeClipboard(content)
}

/** For menus, where there is no clipboard event to fill. */
export async function writeClipboard({ html, text }: ClipboardContent): Promise<void> {
  const blobs = {
    'text/plain': new Blob([text], { type: 'text/plain' }),
    'text/html': new Blob([html], { type: 'text/html' }),
  }
  await navigator.clipboard.write([new ClipboardItem(blobs)])
}

/** For menus. Asks the user for leave where the browser wants it. */
export async function readClipboard(): Promise<ClipboardContent> {
  const [item] = await navigator.clipboard.read()
  const read = async (type: string) =>
    item?.types.includes(type) === true ? await (await item.getType(type)).text() : ''
  return { html: await read('text/html'), text: await read('text/plain') }
}
