import {
  backfillCheckpointSchema,
  backfillInputSchema,
  backfillKind,
  backfillRows,
  backfillStep,
} from '../store/formulas/backfill.ts'
import { defineRunKind } from './run-kind.ts'

/** Fills the cells of formulas that were made or changed. */
export const backfillRun = defineRunKind({
  id: backfillKind,
  input: backfillInputSchema,
  checkpoint: backfillCheckpointSchema,
  prepare: async function* (_run, { session }) {
    const { kind } = await session.database()
    for (;;) yield backfillRows[kind]
  },
  step: async (work, { checkpoint, progress }, { log, prepared }) => {
    const step = await backfillStep(work, { checkpoint, progress }, prepared, log)
    return { ...step, progress: { ...step.progress, counts: {} } }
  },
})
