import type { IconNode } from 'lucide'
import type { CellKind } from '../cell-kind.ts'
import { iconElement } from '../icon-element.ts'

/** A text with an icon before it, hidden while the cell is empty. */
export function markedTextKind(id: string, icon: IconNode): CellKind {
  return {
    id,
    extraPx: 20,
    create: () => {
      const node = document.createElement('span')
      node.className = 'ops-marked'
      const isolated = document.createElement('bdi')
      const label = isolated.appendChild(document.createTextNode(''))
      node.append(iconElement(icon), isolated)
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
