import { selectCell } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'

export function groupActions(core: GridCore) {
  const { store } = core
  return {
    /** Opens or closes the group whose heading stands in a line; does nothing for rows. */
    toggle(line: number, open?: boolean): boolean {
      const { lines, collapsed, selection } = store.get()
      const at = lines.at(line)
      if (at?.kind !== 'group') return false
      if (open !== undefined && open !== at.isCollapsed) return false
      const next = new Set(collapsed)
      if (at.isCollapsed) next.delete(at.id)
      else next.add(at.id)
      store.set({ collapsed: next, selection: selectCell({ line, column: selection?.active.column ?? 0 }) })
      const key = at.isCollapsed ? 'announce.expanded' : 'announce.collapsed'
      core.announce(core.translate()(key, { name: String(at.group.path.at(-1) ?? '') }))
      return true
    },
  }
}
