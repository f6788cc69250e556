import { writeRefusal } from '../catalog/table-definition.ts'
import type { FeedColumn } from '../db/tables/feeds.db.ts'
import { say } from '../sentences/say.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork } from '../store/org-session.ts'
import type { CellError } from '../store/prepare-cells.ts'
import { writeUpserts } from '../store/upsert-rows.ts'
import type { RecordRows } from './record-rows.ts'
import { type SourceProblem, withProblem } from './source-input.ts'

/** What became of the records of a page. */
export interface WrittenRecords {
  /** By what happened: created, updated, unchanged, failed, warnings. */
  readonly counts: Readonly<Record<string, number>>
  readonly problems: readonly SourceProblem[]
  /** Ids of the rows that the records are. */
  readonly ids: readonly string[]
}

/**
 * Writes rows of records, recognised by their keys. A cell that does not fit becomes empty and keeps its text as a
 * warning; a column that is gone, or computed by now, is left out.
 *
 * @param problems those known so far
 * @throws PartMissing before anything is written
 */
export async function writeRecords(
  work: TableWork,
  { rows, faults }: RecordRows,
  columns: readonly FeedColumn[],
  problems: readonly SourceProblem[],
  log: OperationLog,
): Promise<WrittenRecords> {
  const writable = new Map(columns.map(({ key, columnId }) => [columnId, key]))
  let told = problems
  for (const { field, message, key } of faults) told = withProblem(told, { kind: 'record', field, message }, key)
  for (const [columnId, key] of writable) {
    const column = work.table.columns.find(({ id }) => id === columnId)
    if (column !== undefined && writeRefusal(column) === null) continue
    writable.delete(columnId)
    const message =
      column === undefined
        ? say('The table has its column no more.')
        : (column.typeFault ?? say('Its column is computed by a formula.'))
    told = withProblem(told, { kind: 'column', field: key, message }, undefined)
  }
  const inputs = rows.map((row) => ({
    ...row,
    cells: Object.fromEntries(Object.entries(row.cells).filter(([columnId]) => writable.has(columnId))),
  }))
  const errors: CellError[] = []
  const written = await writeUpserts(work, inputs, { columns: null, onInvalid: 'keep', errors }, log)
  const keyOf = new Map(work.table.columns.map(({ id, key }) => [key, writable.get(id) ?? key]))
  for (const { index, column, message } of errors)
    told = withProblem(told, { kind: 'cell', field: keyOf.get(column) ?? column, message }, rows[index]?.externalKey)
  const ended = (outcome: (typeof written)[number]['outcome']): number =>
    written.filter((row) => row.outcome === outcome).length
  return {
    counts: {
      created: ended('inserted'),
      updated: ended('updated'),
      unchanged: ended('unchanged'),
      failed: faults.length,
      warnings: errors.length,
    },
    problems: told,
    ids: written.map(({ id }) => id),
  }
}
