import { findColumn } from '../../catalog/table-definition.ts'
import { loadTable } from '../../catalog/tables.repository.ts'
import { defineRunKind, type Progress } from '../../runs/run-kind.ts'
import { type CopyFrom, copyNextRows, deleteGoneCopies } from '../../store/copy-from.ts'
import type { TableWork } from '../../store/org-session.ts'
import { type CopyCheckpoint, type CopyInput, copyCheckpointSchema, copyInputSchema } from './copy-input.ts'

/** Rows of one step: a third of a second. */
const stepRows = { server: 10_000, embedded: 3_000 } as const

/** Brings the rows of one table into another of the same org, and keeps them up to date. */
export const copyKind = defineRunKind<CopyInput, CopyCheckpoint, number>({
  id: 'copy',
  input: copyInputSchema,
  checkpoint: copyCheckpointSchema,
  prepare: async function* (_run, { session }) {
    const { kind } = await session.database()
    for (;;) yield stepRows[kind]
  },
  step: async (work, { input, checkpoint, progress }, { log, prepared: size }) => {
    const copy = await copyOf(work, input)
    const { phase, after } = checkpoint ?? { phase: 'copy', after: '0' }
    if (phase === 'copy') {
      const { found, created, updated, last } = await copyNextRows(work, copy, after, size, log)
      const isLast = found < size || last === null
      return {
        checkpoint: isLast ? { phase: 'gone' as const, after: '0' } : { phase, after: last },
        progress: counted(progress, found, { created, updated, others: found - created - updated }),
        finished: isLast && !input.deleteGone,
      }
    }
    const { deleted, last } = await deleteGoneCopies(work, copy, after, size, log)
    return {
      checkpoint: { phase, after: last ?? after },
      progress: counted(progress, 0, { deleted }),
      finished: last === null,
    }
  },
})

/** @throws OpsError `NOT_FOUND` if the source, or a column of either, is gone */
async function copyOf({ tx, org, types, table }: TableWork, input: CopyInput): Promise<CopyFrom> {
  const source = await loadTable(tx.db, types, org.orgId, input.source)
  return {
    source,
    filter: input.filter,
    pairs: input.columns.map(({ from, to }) => ({ from: findColumn(source, from), to: findColumn(table, to) })),
    dedupe: input.dedupe.map((id) => findColumn(table, id)),
    update: input.update,
  }
}

function counted({ done, counts, total }: Progress, found: number, added: Readonly<Record<string, number>>): Progress {
  const zero = { created: 0, updated: 0, others: 0, deleted: 0, ...counts }
  const sums = Object.entries(zero).map(([name, count]) => [name, count + (added[name] ?? 0)] as const)
  return { done: done + found, total, counts: Object.fromEntries(sums) }
}
