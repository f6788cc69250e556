import type { ClipboardContent } from './controller/clipboard.ts'
import type { GridController } from './controller/create-grid.ts'
import { loadTools } from './controller/load-tools.ts'

/** Copies, cuts and pastes while the grid has the focus; gives the way to stop. */
export function listenToClipboard(grid: GridController, root: HTMLElement): () => void {
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
  const life = new AbortController()
  const { signal } = life
  rows?.addEventListener('focus', onFocus, { once: true, signal })
  ownerDocument.addEventListener('copy', onCopy, { signal })
  ownerDocument.addEventListener('cut', onCopy, { signal })
  ownerDocument.addEventListener('paste', onPaste, { signal })
  return () => life.abort()
}

function fill(clipboard: DataTransfer, { html, text }: ClipboardContent): void {
  clipboard.setData('text/plain', text)
  clipboard.setData('text/html', html)
}

/** Rows that are not loaded come too late for the event, so they go through the page's own access to the clipboard. */
export async function writeLater(grid: GridController, content: Promise<ClipboardContent | null>): Promise<boolean> {
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
export async function clearCopied(grid: GridController, copied: Promise<boolean>): Promise<void> {
  if (await copied) await grid.clipboard.clear('cut')
}
