import { isDeepStrictEqual } from 'node:util'
import type { AnyColumnPart } from '../../plugin/column-part.ts'
import type { EnduredRun } from './endure-ends.ts'
import type { EngineBench } from './engine-bench.ts'
import { asRecord, inputTable, requestFor } from './input-table.ts'
import type { ColumnTrial } from './plugin-trial.ts'

/** Cells of a run that asks for them by calls. */
const cellsByCalls = 3

const settledStates: readonly string[] = ['done', 'failed', 'skipped']

interface Cell {
  readonly value: unknown
  readonly state: string
  readonly code: string | undefined
}

/** A run of a column part: every cell is settled as in calm, and what is stored is not asked for again. */
export function columnRunOf<State>(
  part: AnyColumnPart,
  { settings, cells, unkeyed = false }: ColumnTrial,
): EnduredRun<State, readonly Cell[]> {
  const { task } = part
  const isTask =
    task !== undefined && cells.length >= (task.minCells ?? 1) && (task.when?.(asRecord<never>(settings)) ?? true)
  const given = isTask ? cells.slice(0, task.maxCells) : cells.slice(0, cellsByCalls)

  return {
    prepare: async (at) => {
      const { tableId, inputs } = await inputTable(at, given)
      const fill = { ...requestFor(at, part.id), settings: { ...asRecord<never>(settings) }, inputs }
      const column = await at.acme.columns.create(tableId, { name: 'Filled', fill })
      return (acme) => acme.cells.run(tableId, column.id)
    },
    again: ({ acme }, { tableId }) => acme.cells.run(tableId ?? '', 'filled', { which: 'all' }),
    repeat: ({ acme }, { tableId }) => acme.cells.run(tableId ?? '', 'filled'),
    look: async (at, { tableId }) => await cellsIn(at, tableId ?? ''),
    faults: (calm, { seen, paid, atEnd }) => {
      const faults = seen.flatMap((cell, place) => {
        const name = `Cell ${place + 1}`
        if (!settledStates.includes(cell.state)) return [`${name} is lost: it is left ${cell.state}.`]
        const expected = calm.seen[place]
        return isDeepStrictEqual(cell, expected) ? [] : [`${name} is ${told(cell)}; in calm it is ${told(expected)}.`]
      })
      if (atEnd === null) return faults
      const isStored = atEnd.seen.every(({ state }) => settledStates.includes(state))
      const more = paid - atEnd.paid
      if (isStored && more > 0) return [...faults, `The vendor charged ${more} more for cells that were stored.`]
      const most = isTask && !unkeyed ? calm.paid : calm.paid * 2
      if (paid <= most) return faults
      const why = isTask && !unkeyed ? ' A submission that comes again under its idempotencyKey must be one task.' : ''
      return [...faults, `The vendor charged ${paid} in place of ${calm.paid}.${why}`]
    },
  }
}

async function cellsIn<State>({ acme }: EngineBench<State>, tableId: string): Promise<readonly Cell[]> {
  const [{ rows }, open] = await Promise.all([
    acme.rows.page(tableId),
    // A cell that is done by nothing looks like one that nobody has asked for.
    acme.rows.page(tableId, { filter: { column: 'filled', state: 'empty' } }),
  ])
  const openIds = new Set(open.rows.map(({ id }) => id))
  return rows.map(({ id, cells, states }) => {
    const { state = openIds.has(id) ? 'empty' : 'done', code } = states?.filled ?? {}
    return { value: cells.filled, state, code }
  })
}

function told(cell: Cell | undefined): string {
  if (cell === undefined) return 'not there'
  const { value, state, code } = cell
  return state === 'done' ? JSON.stringify(value) : `${state}${code === undefined ? '' : ` (${code})`}`
}
