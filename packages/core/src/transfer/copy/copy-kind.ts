import { insertRunOutput } from '../../catalog/run-outputs.repository.ts'
import { findColumn } from '../../catalog/table-definition.ts'
import { loadTable } from '../../catalog/tables.repository.ts'
import { defineRunKind, type OpenRun, type Progress, type StepResult } from '../../runs/run-kind.ts'
import { type CheckedTotals, copyCheckedRows, mustCheck, type RefusedCopy } from '../../store/copy-checked.ts'
import { copyNextRows, deleteGoneCopies } from '../../store/copy-from.ts'
import type { CopyFrom } from '../../store/copy-source.ts'
import type { OperationLog } from '../../store/operation-log.ts'
import type { TableWork } from '../../store/org-session.ts'
import { packRejected, type RejectedRow } from '../import/rejected-rows.ts'
import { type CopyCheckpoint, type CopyInput, copyCheckpointSchema, copyInputSchema } from './copy-input.ts'

/** Rows of one step: a third of a second. Rows whose cells are checked come into this process. */
const stepRows = { server: { plain: 10_000, checked: 5_000 }, embedded: { plain: 3_000, checked: 2_000 } } as const

type StepRows = (typeof stepRows)[keyof typeof stepRows]
type CopyRun = OpenRun<CopyInput, CopyCheckpoint>

/** Brings the rows of one table into another of the same org, and keeps them up to date. */
export const copyKind = defineRunKind<CopyInput, CopyCheckpoint, StepRows>({
  id: 'copy',
  input: copyInputSchema,
  checkpoint: copyCheckpointSchema,
  prepare: async function* (_run, { session }) {
    const { kind } = await session.database()
    for (;;) yield stepRows[kind]
  },
  step: async (work, run, { log, prepared }) => {
    const copy = await copyOf(work, run.input)
    const checkpoint = run.checkpoint ?? { phase: 'copy', after: '0', parts: 0 }
    return checkpoint.phase === 'copy'
      ? await copyStep(work, run, copy, checkpoint, prepared, log)
      : await goneStep(work, run, copy, checkpoint, prepared.plain, log)
  },
})

async function copyStep(
  work: TableWork,
  { id, input, progress }: CopyRun,
  copy: CopyFrom,
  { phase, after, parts }: CopyCheckpoint,
  { plain, checked }: StepRows,
  log: OperationLog,
): Promise<StepResult<CopyCheckpoint>> {
  const checks = mustCheck(work.table, copy)
  const size = checks ? checked : plain
  const { found, created, updated, last, rejected, warnings }: CheckedTotals = checks
    ? await copyCheckedRows(work, copy, after, size, log)
    : { ...(await copyNextRows(work, copy, after, size, log)), rejected: [], warnings: 0 }
  if (rejected.length > 0) {
    const rows = rejected.map((row) => rejectedRow(row, copy, input))
    await insertRunOutput(work.tx.db, work.org.orgId, id, parts, packRejected(rows))
  }
  const isLast = found < size || last === null
  const others = found - created - updated - rejected.length
  return {
    checkpoint: {
      phase: isLast ? 'gone' : phase,
      after: isLast ? '0' : last,
      parts: rejected.length > 0 ? parts + 1 : parts,
    },
    progress: counted(progress, found, { created, updated, others, rejected: rejected.length, warnings }),
    finished: isLast && !input.deleteGone,
  }
}

async function goneStep(
  work: TableWork,
  { progress }: CopyRun,
  copy: CopyFrom,
  { phase, after, parts }: CopyCheckpoint,
  size: number,
  log: OperationLog,
): Promise<StepResult<CopyCheckpoint>> {
  const { deleted, last } = await deleteGoneCopies(work, copy, after, size, log)
  return {
    checkpoint: { phase, after: last ?? after, parts },
    progress: counted(progress, 0, { deleted }),
    finished: last === null,
  }
}

/** As in the error file of an import; its line is the id of the row. */
function rejectedRow({ id, cells, errors }: RefusedCopy, { pairs }: CopyFrom, { headers }: CopyInput): RejectedRow {
  const places = errors.map(({ column }) => pairs.findIndex(({ to }) => to.key === column))
  return {
    line: Number(id),
    columns: places.map((place) => headers[place] ?? ''),
    values: places.map((place) => cells[place] ?? ''),
    reasons: errors.map(({ message }) => message),
    cells,
  }
}

/** @throws OpsError `NOT_FOUND` if the source, or a column of either, is gone */
async function copyOf({ tx, org, types, table }: TableWork, input: CopyInput): Promise<CopyFrom> {
  const source = await loadTable(tx.db, types, org.orgId, input.source)
  return {
    source,
    filter: input.filter,
    pairs: input.columns.map(({ from, to }) => ({ from: findColumn(source, from), to: findColumn(table, to) })),
    dedupe: input.dedupe.map((id) => findColumn(table, id)),
    update: input.update,
    onInvalid: input.onInvalid,
  }
}

function counted({ done, counts, total }: Progress, found: number, added: Readonly<Record<string, number>>): Progress {
  const zero = { created: 0, updated: 0, others: 0, deleted: 0, rejected: 0, warnings: 0, ...counts }
  const sums = Object.entries(zero).map(([name, count]) => [name, count + (added[name] ?? 0)] as const)
  return { done: done + found, total, counts: Object.fromEntries(sums) }
}
