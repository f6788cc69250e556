import { type RowSlot, rowTools } from './row-slot.ts'

/** The row under the pointer: its looks, and the tools that stand in it. */
export interface RowHover {
  /** Goes to another line, or to none. */
  over(line: number | null): void
  /** Lets the checkbox of the row tell whether that row is selected. */
  check(): void
}

export function createRowHover(
  texts: Parameters<typeof rowTools>[0],
  slotOf: (line: number) => RowSlot | null,
): RowHover {
  const tools = rowTools(texts)
  let hovered: number | null = null

  function check(): void {
    const slot = hovered === null ? null : slotOf(hovered)
    tools.checkbox.checked = slot?.isWhole ?? false
  }

  function over(line: number | null): void {
    if (line === hovered) return
    for (const at of [hovered, line]) {
      const slot = at === null ? null : slotOf(at)
      if (slot === null) continue
      for (const strip of [slot.start, slot.center, slot.end]) strip.classList.toggle('ops-hover', at === line)
    }
    const slot = line === null ? null : slotOf(line)
    if (slot === null || slot.isGroup) tools.element.remove()
    else slot.gutter.append(tools.element)
    hovered = line
    check()
  }

  return { over, check }
}
