import type { CellKind } from '../cell-kind.ts'

/** Stars, the missing ones faint. */
export const ratingKind: CellKind = {
  id: 'rating',
  create: () => {
    const node = document.createElement('span')
    const given = document.createTextNode('')
    const missing = document.createElement('span')
    const rest = document.createTextNode('')
    missing.className = 'ops-stars-missing'
    missing.append(rest)
    node.append(given, missing)
    return {
      node,
      write: ({ text }) => {
        const end = text.indexOf('☆')
        given.data = end === -1 ? text : text.slice(0, end)
        rest.data = end === -1 ? '' : text.slice(end).replaceAll('☆', '★')
      },
    }
  },
}
