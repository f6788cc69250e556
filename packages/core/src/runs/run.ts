import { type Actor, actorSchema } from '../catalog/actor.ts'
import type { RunRecord, RunState } from '../db/tables/runs.db.ts'
import { errorCodes, type OpsErrorCode } from '../errors/error-codes.ts'
import type { Json } from '../values/json.ts'

/** One durable, resumable piece of work over rows. */
export interface Run {
  /** `run_…`; later ones compare greater. */
  readonly id: string
  /** What it does: `import`, … */
  readonly kind: string
  readonly tableId: string | null
  readonly state: RunState
  /** What was asked of it and has not been granted yet: it is, after the step under way. */
  readonly requested: 'pause' | 'cancel' | null
  /** What it was started with, in the kind's own shape. */
  readonly input: Json
  readonly progress: RunProgress
  /** Why it failed, or what it waits for: credentials, a quota, a vendor that is away. */
  readonly error: { readonly code: OpsErrorCode; readonly message: string } | null
  /** Who started it, and in whose name it writes. */
  readonly actor: Actor
  /** The operation that all it writes belongs to: `undoOperation` takes it back. */
  readonly operation: string
  /** ISO 8601, like all times here. */
  readonly createdAt: string
  /** When it goes on by itself, while it waits. */
  readonly resumesAt: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
}

export interface RunProgress {
  /** Rows dealt with. */
  readonly done: number
  /** Rows to deal with; null while it is not known. */
  readonly total: number | null
  /** What became of the rows, by the kind's own words. */
  readonly counts: Readonly<Record<string, number>>
  /** Since it was started, pauses left out; null before the first step. */
  readonly rowsPerSecond: number | null
  /** Milliseconds that the rest will take at that speed; null while `total` is not known. */
  readonly remainingMs: number | null
}

/** Whether nothing more will come of a run by itself. */
export function isOver(state: RunState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

/** What leaves the package. */
export function publicRun(record: RunRecord): Run {
  const { id, kind, table_id, state, requested, input, operation } = record
  return {
    id,
    kind,
    tableId: table_id,
    state,
    requested,
    input,
    progress: progressOf(record),
    error: errorOf(record.error),
    actor: actorSchema.parse(record.actor),
    operation,
    createdAt: record.created_at,
    resumesAt: record.resume_at,
    startedAt: record.started_at,
    endedAt: record.ended_at,
  }
}

function progressOf({ done, total, counts, active_ms }: RunRecord): RunProgress {
  const rowsPerSecond = active_ms > 0 && done > 0 ? Math.round((done / active_ms) * 1_000) : null
  const left = total === null ? null : Math.max(0, total - done)
  const remainingMs = left === null || done === 0 ? null : Math.round((active_ms / done) * left)
  return { done, total, counts: countsOf(counts), rowsPerSecond, remainingMs }
}

/** Counts as a step wrote them. */
export function countsOf(counts: Json): Readonly<Record<string, number>> {
  if (typeof counts !== 'object' || counts === null || Array.isArray(counts)) return {}
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) => (typeof count === 'number' ? [[name, count] as const] : [])),
  )
}

function errorOf(error: Json): Run['error'] {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return null
  const code = Object.keys(errorCodes).find((known): known is OpsErrorCode => known === error.code) ?? 'INTERNAL'
  return { code, message: String(error.message) }
}
