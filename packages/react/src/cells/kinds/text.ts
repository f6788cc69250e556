import type { CellKind } from '../cell-kind.ts'

/** A kind that shows one text and nothing else: the cheapest of all. */
export function textKind(id: string): CellKind {
  return {
    id,
    create: () => {
      const node = document.createTextNode('')
      return {
        node,
        write: ({ text }) => {
          node.data = text
        },
      }
    },
  }
}
