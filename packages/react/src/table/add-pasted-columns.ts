import { detectColumnType, type ValueContext } from '@opslayer/core/values'
import type { OpsClient } from '../data/client/ops-client.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { tableColumns } from '../data/table-columns.ts'
import type { PastedColumn } from '../grid/controller/grid-core.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { ColumnTypes } from '../provider/column-types.ts'

/** How pasted texts are read. */
interface PastedValues {
  readonly values: ValueContext
  readonly types: ColumnTypes
}

/**
 * Makes columns at the end of a table for texts that are to be pasted, with the types that imports would propose where
 * they read every text. All are made, or none stays.
 *
 * @throws what the server says against one of them
 */
export async function addPastedColumns(
  { columns }: Pick<OpsClient, 'columns'>,
  tableId: string,
  pasted: readonly PastedColumn[],
  { values, types }: PastedValues,
): Promise<readonly GridColumn[]> {
  const made: TableColumn[] = []
  try {
    for (const { name, texts } of pasted) {
      const { type, settings, share } = detectColumnType(texts, values)
      // Pasted cells that do not fit are not written, so that one of them speaks against the type.
      const reads = share === 1 ? { type, settings } : { type: 'text' }
      made.push(await columns.create.mutate({ tableId, column: { name, ...reads } }))
    }
  } catch (error) {
    await Promise.allSettled(made.map(({ id }) => columns.delete.mutate({ tableId, columnId: id })))
    throw error
  }
  return tableColumns(made, types)
}
