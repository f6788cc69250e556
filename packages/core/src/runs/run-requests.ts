import type { RunRequest } from '../catalog/runs.repository.ts'
import type { RunState } from '../db/tables/runs.db.ts'

/** What users ask of a run. */
export type RequestVerb = 'pause' | 'resume' | 'cancel'

/** Where a run stands for a request: a running one whose process is gone is `abandoned`. */
export type Standing = RunState | 'abandoned'

/** The request is granted after the step under way. */
const soon = (requested: RunRequest['requested']): RunRequest => ({ state: 'running', requested })
const now = (state: RunState): RunRequest => ({ state, requested: null })

/**
 * What becomes of a run by each request: its next state, `nothing` where it is so already, `refused` where it is too
 * late.
 */
export const runRequests: Readonly<
  Record<Standing, Readonly<Record<RequestVerb, RunRequest | 'nothing' | 'refused'>>>
> = {
  queued: { pause: now('paused'), resume: 'nothing', cancel: now('cancelled') },
  running: { pause: soon('pause'), resume: soon(null), cancel: soon('cancel') },
  abandoned: { pause: now('paused'), resume: now('queued'), cancel: now('cancelled') },
  paused: { pause: 'nothing', resume: now('queued'), cancel: now('cancelled') },
  failed: { pause: 'nothing', resume: now('queued'), cancel: now('cancelled') },
  done: { pause: 'refused', resume: 'refused', cancel: 'refused' },
  cancelled: { pause: 'refused', resume: 'refused', cancel: 'nothing' },
}
