import type { CellKind } from '../cell-kind.ts'

/** What stands before a text; the style sheet draws it. */
export type TextMark = 'email' | 'phone' | 'url' | 'linkedin' | 'failed' | 'skipped' | 'warning'

/**
 * A text with a mark before it, hidden while the cell is empty. The mark is drawn with boxes and letters: a picture is a
 * layer and a part of the compositor's work in each cell, at every scrolled frame.
 */
export function markedTextKind(id: string, mark: TextMark): CellKind {
  return {
    id,
    extraPx: 20,
    create: () => {
      const node = document.createElement('span')
      node.className = `ops-marked ops-mark ops-mark-${mark}`
      const isolated = document.createElement('bdi')
      const label = isolated.appendChild(document.createTextNode(''))
      node.append(isolated)
      return {
        node,
        write: ({ text }) => {
          label.data = text
          node.hidden = text === ''
        },
      }
    },
  }
}
