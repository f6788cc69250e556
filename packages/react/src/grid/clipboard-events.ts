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
    if (content === null) return
    if (!(content instanceof Promise)) fill(event.clipboardData, content)
    const copied = content instanceof Promise ? writeLater(grid, content) : Promise.resolve(true)
    if (event.type === 'cut') void clearCopied(grid, copied)
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
async function writeLater(grid: GridActions, content: Promise<ClipboardContent | null>): Promise<boolean> {
  try {
    const { html, text } = (await content) ?? {}
    if (html === undefined || text === undefined) return false
    const blobs = {
      'text/plain': new Blob([text], { type: 'text/plain' }),
      'text/html': new Blob([html], { type: 'text/html' }),
    }
    await navigator.clipboard.write([new ClipboardItem(blobs)])
    return true
  } catch (error) {
    grid.core.fail('copy.failed', error)
    return false
  }
}

/** What did not get onto the clipboard stays in its cells. */
async function clearCopied(grid: GridActions, copied: Promise<boolean>): Promise<void> {
  if (await copied) await grid.clipboard.clear('cut')
}

/** For menus, where there is no clipboard event to fill. */
export async function copySelection(grid: GridActions, what: 'copy' | 'cut'): Promise<void> {
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
