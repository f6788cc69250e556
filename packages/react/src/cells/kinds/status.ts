import type { CellKind } from '../cell-kind.ts'
import { markedTextKind } from './marked-text.ts'
import { textKind } from './text.ts'

/** A bar of the shape of text, with a word for those who cannot see it. */
function barKind(id: string): CellKind {
  return {
    id,
    create: () => {
      const node = document.createElement('span')
      node.className = 'ops-bar'
      return {
        node,
        write: ({ text }) => {
          node.ariaLabel = text
          node.role = text === '' ? null : 'img'
        },
      }
    },
  }
}

/** How a computed cell looks in place of its value, by state; the other states show the value. */
export const statusKinds = {
  queued: barKind('queued'),
  running: barKind('running'),
  failed: markedTextKind('failed', 'failed'),
  skipped: markedTextKind('skipped', 'skipped'),
  warning: markedTextKind('warning', 'warning'),
  aggregate: textKind('aggregate'),
} as const
