import type { GridCore } from './grid-core.ts'

/** Opens a row that is on its way once it is there, unless the user has gone on. */
export async function openLateRow(core: GridCore, index: number): Promise<void> {
  const [row] = await core.source().load(index, index)
  const { selection, lines } = core.store.get()
  const line = selection === null ? undefined : lines.at(selection.active.line)
  if (row !== undefined && line?.kind === 'row' && line.row === index) core.host().onOpenRow?.(row.id)
}
