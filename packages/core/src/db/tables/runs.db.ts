import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

/**
 * - `queued`: waits for a process that works on it
 * - `running`: a process works on it, or did when it was killed
 * - `paused`: somebody stopped it, or its vendor's quota or credentials did; it goes on at `resume_at`, or when it is let
 * - `failed`: it could not go on; may be resumed once the cause is gone
 * - `done`, `cancelled`: over
 */
export type RunState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'

/** 0: somebody waits for it at a screen; 1: something reacts to a change; 2: the rest. */
export type RunLane = 0 | 1 | 2

/** JSON goes in as text and comes out parsed. */
type JsonColumn<T> = ColumnType<T, string, string>

/** One durable, resumable piece of work over rows. */
export interface RunsTable {
  org_id: string
  /** Later ones compare greater. */
  id: string
  kind: string
  table_id: string | null
  state: Generated<RunState>
  /** What the process that works on it is to do after its step. */
  requested: 'pause' | 'cancel' | null
  input: JsonColumn<Json>
  /** Where the next step goes on; null before the first. */
  checkpoint: ColumnType<Json, string | null, string | null>
  /** Steps committed: tells a process that lost its connection whether its last one was. */
  steps: Generated<number>
  /** Rows dealt with. */
  done: Generated<number>
  /** Rows to deal with, as far as known. */
  total: number | null
  /** What became of the rows, by the kind's own words. */
  counts: ColumnType<Json, string | undefined, string>
  /** Milliseconds that processes worked on it. */
  active_ms: Generated<number>
  error: ColumnType<Json, string | null, string | null>
  actor: JsonColumn<Json>
  /** Operation of the change log that everything it writes belongs to. */
  operation: string
  cause: ColumnType<Json, string | null, string | null>
  /** Names its start, with the actor before it: no two runs of an org have the same. */
  key: string | null
  /** Names the claim under which a process works on it; null while none does. */
  lease_token: string | null
  /** Until when the claim holds unless it is renewed, by the database's clock. */
  lease_until: string | null
  /** When a paused run goes on by itself, and before which a queued one is not begun; by the database's clock. */
  resume_at: string | null
  /** Claims since the last step that was committed. */
  attempt: Generated<number>
  /**
   * Processes in a row, since the last committed step, that ended or stood still: the first wherever it was, further ones where
   * they had said that they call what is suspected.
   */
  takeovers: Generated<number>
  /** Whether the process that holds the claim has said so. */
  suspected: Generated<boolean>
  /** Which waiting runs it goes before: the lower the sooner. */
  lane: Generated<RunLane>
  created_at: Generated<string>
  started_at: string | null
  ended_at: string | null
}

/** What a run leaves beside its rows, one part for each step that has something to leave. */
export interface RunOutputsTable {
  org_id: string
  run_id: string
  /** Counts from 0 within the run. */
  part: number
  /** Gzipped; in and out as base64. */
  content: string
}

/** What happened to a run, beside its progress. */
export interface RunLogTable {
  org_id: string
  run_id: string
  /** Microseconds since 1970 by the database's clock: later ones are greater. */
  number: string
  state: RunState
  /** What led to it, for people: why it failed, what it waits for. */
  detail: ColumnType<Json, string | null, never>
}

export type RunRecord = Selectable<RunsTable>
