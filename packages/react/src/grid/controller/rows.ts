import { selectCell } from '../../grid-state/selection.ts'
import type { editing } from './editing.ts'
import type { GridCore } from './grid-core.ts'
import type { selecting } from './selecting.ts'

export interface RowActionsParts {
  readonly select: ReturnType<typeof selecting>
  readonly edit: ReturnType<typeof editing>
}

export function rowActions(core: GridCore, { select, edit }: RowActionsParts) {
  /** What was typed since a row was asked for; null while none is. */
  let early: string | null = null

  /** The line of a row that was just made, or null where it is not among those that are shown. */
  async function lineOf(rowId: string): Promise<number | null> {
    const source = core.source()
    const { signal } = new AbortController()
    const index = source.indexOf(rowId) ?? (await source.locate?.(rowId, signal)) ?? null
    return index === null ? null : core.store.get().lines.lineOfRow(index)
  }

  return {
    /** Makes an empty row and goes there. */
    async add(): Promise<void> {
      const { append } = core.source()
      if (append === undefined || early !== null) return
      early = ''
      try {
        const [rowId = ''] = await append([{}])
        const line = await lineOf(rowId)
        if (line === null) core.notify({ kind: 'info', text: core.translate()('row.elsewhere') })
        else select.select(selectCell({ line, column: core.store.get().selection?.active.column ?? 0 }))
        if (line !== null && early !== '') edit.start(early)
      } catch (error) {
        core.fail('row.not-added', error)
      } finally {
        early = null
      }
    },
    /** Keeps a key for a row that is being made. False if there is none. */
    takesKey(text: string): boolean {
      if (early === null) return false
      early += text
      return true
    },
  }
}
