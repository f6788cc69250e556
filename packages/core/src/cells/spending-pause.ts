import type { RunRest } from '../catalog/run-claims.repository.ts'
import { say } from '../sentences/say.ts'
import type { Reservation } from './spend.repository.ts'

/** What a run waits for that may not ask for more; null if it is through. */
export function pauseFor({ bound, monthLeftMs }: Reservation, unit: string | null): RunRest | null {
  if (bound === 'run' || bound === null) return null
  const what =
    bound === 'budget'
      ? say('The budget of {unit} for this month is spent', { unit: unit ?? 'items' })
      : say('The column has asked for as many cells as it may in a month')
  const message = say('{~what}. The run goes on next month, or once there is more and it is resumed.', { what })
  return { state: 'paused', afterMs: monthLeftMs, error: { code: 'QUOTA_EXHAUSTED', message } }
}
