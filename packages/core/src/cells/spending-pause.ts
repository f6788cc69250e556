import type { RunRest } from '../catalog/run-claims.repository.ts'
import type { Reservation } from './spend.repository.ts'

/** What a run waits for that may not ask for more; null if it is through. */
export function pauseFor({ bound, monthLeftMs }: Reservation, unit: string | null): RunRest | null {
  if (bound === 'run' || bound === null) return null
  const what =
    bound === 'budget'
      ? `The budget of ${unit ?? 'items'} for this month is spent`
      : 'The column has asked for as many cells as it may in a month'
  const message = `${what}. The run goes on next month, or once there is more and it is resumed.`
  return { state: 'paused', afterMs: monthLeftMs, error: { code: 'QUOTA_EXHAUSTED', message } }
}
