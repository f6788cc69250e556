import { opsFault } from '../data/ops-fault.ts'
import { useRunMutations } from '../data/use-runs.ts'
import { useNotices } from '../ui/notice-queue.ts'

export interface RunControls {
  pause(runId: string): void
  resume(runId: string): void
  cancel(runId: string): void
}

/** Pauses runs, lets them go on and ends them; what is refused is told. */
export function useRunControls(): RunControls {
  const notices = useNotices()
  const { pause, resume, cancel } = useRunMutations()
  const tell = { onError: (fault: Error) => notices.show({ kind: 'error', text: opsFault(fault).message }) }
  return {
    pause: (runId) => pause.mutate(runId, tell),
    resume: (runId) => resume.mutate(runId, tell),
    cancel: (runId) => cancel.mutate(runId, tell),
  }
}
