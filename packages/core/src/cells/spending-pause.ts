import type { RunRest } from '../catalog/run-claims.repository.ts'
import { say } from '../sentences/say.ts'
import type { Reservation } from './spend.repository.ts'

/** What a run waits for that may not ask for more; null if it is through. */
export function pauseFor({ bound, monthLeftMs }: Reservation, unit: string | null): RunRest | null {
  if (bound === 'run' || bound === null) return null
  const what =
    bound === 'budget'
      ? say('The {unit} budget for this month is used up', { unit: unitName(unit) })
      : say('The column has reached its limit of cells for this month')
  const message = say('{~what}. The run goes on next month, or when the limit is raised and you resume it.', { what })
  return { state: 'paused', afterMs: monthLeftMs, error: { code: 'QUOTA_EXHAUSTED', message } }
}

/** Currencies are written in capitals. */
function unitName(unit: string | null): string {
  return unit === 'usd' || unit === 'eur' ? unit.toUpperCase() : (unit ?? 'item')
}
