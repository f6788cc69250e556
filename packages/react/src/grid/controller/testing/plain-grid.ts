import type { GridColumn } from '../../../grid-state/grid-column.ts'
import type { RowSource } from '../../../grid-state/row-source.ts'
import { translator } from '../../../provider/translator.ts'
import type { GridOptions } from '../create-grid.ts'

/** A grid of a host that has brought nothing of its own, and in which nothing is edited. */
export function plainGrid(source: RowSource, columns: readonly GridColumn[]): GridOptions {
  return {
    source,
    columns,
    density: 'normal',
    host: {},
    values: { locale: 'en-US', timeZone: 'UTC', now: new Date() },
    translate: translator({}, 'en-US'),
    editorOf: () => {
      throw new Error('Nothing is edited here.')
    },
  }
}
