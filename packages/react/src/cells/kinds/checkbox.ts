import type { CellKind } from '../cell-kind.ts'

/** A real checkbox. Clicks are the grid's, which edits the cell; the box only shows it. */
export const checkboxKind: CellKind = {
  id: 'checkbox',
  create: () => {
    const node = document.createElement('input')
    node.type = 'checkbox'
    node.className = 'ops-checkbox'
    node.tabIndex = -1
    return {
      node,
      write: ({ value, column }) => {
        node.checked = value === true
        if (node.ariaLabel !== column.name) node.ariaLabel = column.name
      },
    }
  },
}
