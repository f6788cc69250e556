import type { ActionEntry } from '../../actions/action-log.ts'
import type { AnyActionPart } from '../../plugin/action-part.ts'
import type { EnduredRun } from './endure-ends.ts'
import { asRecord, inputTable, requestFor } from './input-table.ts'
import type { ActionTrial } from './plugin-trial.ts'

interface Acted {
  readonly entries: readonly ActionEntry[]
  /** What the vendor has done. */
  readonly effects: number
}

/** A run of an action: the vendor acts on each row once, and where nobody can know whether it did, the row says so. */
export function actionRunOf<State>(
  { id, idempotency }: AnyActionPart,
  { settings, rows, effects }: ActionTrial<State>,
): EnduredRun<State, Acted> {
  return {
    prepare: async (at) => {
      const { tableId, rowIds, inputs } = await inputTable(at, rows)
      const request = { ...requestFor(at, id), settings: asRecord(settings), inputs, rows: [...rowIds] }
      return (acme) => acme.actions.start(tableId, request)
    },
    again: null,
    repeat: null,
    look: async ({ acme, vendor }, run) => ({
      entries: (await acme.actions.log(run.id)).items,
      effects: effects(vendor),
    }),
    faults: (_, { seen: { entries, effects: acted }, atEnd }) => {
      const done = entries.filter(({ state }) => state === 'done').length
      const unknown = entries.filter(({ code }) => code === 'OUTCOME_UNKNOWN').length
      const mayBeUnknown = idempotency === 'at-most-once' && atEnd !== null
      const others = entries.filter(({ state, code }) => state !== 'done' && code !== 'OUTCOME_UNKNOWN')
      return [
        ...(acted > rows.length ? [`The vendor has acted ${acted} times for ${rows.length} rows.`] : []),
        ...(acted < done ? [`${done} rows are told to be done; the vendor has acted on ${acted}.`] : []),
        ...(entries.length !== rows.length ? [`The log has ${entries.length} entries for ${rows.length} rows.`] : []),
        ...(unknown > 0 && !mayBeUnknown ? [`Of ${unknown} rows nobody knows whether the vendor acted on them.`] : []),
        ...others.map(({ state, code, message }) => `A row is ${state}: ${code} ${message}`),
      ]
    },
  }
}
