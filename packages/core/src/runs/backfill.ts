import {
  backfillCheckpointSchema,
  backfillInputSchema,
  backfillItems,
  backfillKind,
  backfillRows,
  backfillStep,
} from '../store/formulas/backfill.ts'
import { defineRunKind, StalePreparation } from './run-kind.ts'

/** Fills the cells of formulas that were made or changed. */
export const backfillRun = defineRunKind({
  id: backfillKind,
  input: backfillInputSchema,
  checkpoint: backfillCheckpointSchema,
  prepare: async function* (run, { session, signal }) {
    const { kind } = await session.database()
    yield* backfillItems(session, run, backfillRows[kind], signal)
  },
  step: async (work, { checkpoint, progress }, { log, prepared }) => {
    const step = await backfillStep(work, { checkpoint, progress }, prepared, log)
    if (step === undefined) throw new StalePreparation()
    return { ...step, progress: { ...step.progress, counts: {} } }
  },
})
