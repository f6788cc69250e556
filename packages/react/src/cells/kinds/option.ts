import type { CellKind } from '../cell-kind.ts'
import { optionOf } from '../tones.ts'

/** One option: a tinted pill, or a dot and a word. */
export function optionKind(id: string, look: 'pill' | 'dot'): CellKind {
  return {
    id,
    extraPx: look === 'pill' ? 16 : 18,
    create: () => {
      const node = document.createElement('span')
      const label = document.createTextNode('')
      node.append(label)
      return {
        node,
        write: ({ value, text, column }) => {
          label.data = text
          node.className =
            typeof value === 'string' ? `ops-${look} ops-tone-${optionOf(column.settings, value).color}` : ''
        },
      }
    },
  }
}
