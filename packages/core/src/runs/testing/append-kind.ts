import * as z from 'zod'
import { prepareInserts, writeInserts } from '../../store/insert-rows.ts'
import type { TableWork } from '../../store/org-session.ts'
import { defineRunKind } from '../run-kind.ts'

/** What a test does in the middle of a step, before its rows are written. */
export type StepHook = (step: number, work: TableWork) => Promise<void> | void

/** A kind that appends numbered rows, some a step. */
export function appendKind(onStep: StepHook = () => {}) {
  return defineRunKind({
    id: 'append',
    input: z.strictObject({ rows: z.int(), perStep: z.int() }),
    checkpoint: z.strictObject({ written: z.int() }),
    step: async (work, { input, checkpoint, progress }, { log }) => {
      const from = checkpoint?.written ?? 0
      const written = Math.min(input.rows, from + input.perStep)
      await onStep(from / input.perStep, work)
      const inputs = Array.from({ length: written - from }, (_, n) => ({ cells: { name: `row ${from + n}` } }))
      await writeInserts(work, prepareInserts(work, inputs, 'skip', []), inputs, { at: 'end' }, log)
      const counts = { created: (progress.counts.created ?? 0) + inputs.length }
      return {
        checkpoint: { written },
        progress: { done: written, total: input.rows, counts },
        finished: written === input.rows,
      }
    },
  })
}
