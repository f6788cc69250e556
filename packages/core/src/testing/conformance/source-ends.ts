import type { EnduredRun } from './endure-ends.ts'
import type { EngineBench } from './engine-bench.ts'
import { asRecord, requestFor } from './input-table.ts'
import type { SourceTrial } from './plugin-trial.ts'

interface Rows {
  readonly count: number
  readonly failed: number
}

/** A run of a source: every record is one row. */
export function sourceRunOf<State>(part: string, { settings, records }: SourceTrial): EnduredRun<State, Rows> {
  const requestOf = (at: EngineBench<State>) => ({ ...requestFor(at, part), settings: asRecord(settings) })
  const readAgain: EnduredRun<State, Rows>['again'] = (at, { tableId }) => at.acme.sources.start(tableId, requestOf(at))
  return {
    prepare: async (at) => (acme) => acme.sources.start(null, requestOf(at)),
    again: readAgain,
    repeat: readAgain,
    look: async ({ acme }, { tableId, progress }) => ({
      count: (await acme.rows.count(tableId ?? '')).count,
      failed: progress.counts.failed ?? 0,
    }),
    faults: (_, { seen: { count, failed } }) => [
      ...(count < records ? [`${records - count} of ${records} records were lost.`] : []),
      ...(count > records ? [`${records} records became ${count} rows.`] : []),
      ...(failed > 0 ? [`${failed} records did not fit.`] : []),
    ],
  }
}
