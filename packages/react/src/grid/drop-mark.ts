import { isRtl } from '../ui/use-is-rtl.ts'

/** Shows where a column goes that is dragged by its header. */
export interface DropMark {
  /** @param by how many columns it goes on; 0 where it stays */
  show(columnId: string | undefined, by: number): void
  remove(): void
}

export function dropMark(root: HTMLElement, head: HTMLElement): DropMark {
  const mark = document.createElement('div')
  mark.className = 'ops-drop-mark'
  return {
    show(columnId, by) {
      head.classList.add('ops-dragged')
      const box = root.querySelector(`[data-column="${CSS.escape(columnId ?? '')}"]`)
      if (box === null) return
      const { left, right } = box.getBoundingClientRect()
      const { left: origin } = root.getBoundingClientRect()
      const isAfter = by > 0 !== isRtl(root)
      if (mark.parentElement === null) root.parentElement?.append(mark)
      mark.style.left = `${(isAfter ? right : left) - origin - 1}px`
      mark.hidden = by === 0
    },
    remove() {
      mark.remove()
      head.classList.remove('ops-dragged')
    },
  }
}
