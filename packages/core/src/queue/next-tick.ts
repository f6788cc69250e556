import { Cron } from 'croner'
import { OpsError } from '../errors/ops-error.ts'

/**
 * The first moment after another at which a schedule is due. A local time that a change of clocks leaves out is due at the
 * change; one that it repeats is due once.
 *
 * @param cron minute, hour, day of the month, month, day of the week
 * @throws OpsError `INVALID_INPUT` for what is no schedule, or one that is never due
 */
export function nextTick(cron: string, timeZone: string, after: Date): Date {
  let next: Date | null = null
  try {
    next = new Cron(cron, { mode: '5-part', timezone: timeZone, paused: true }).nextRun(after)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^CronPattern: /, '') : String(cause)
    throw new OpsError('INVALID_INPUT', `"${cron}" is no schedule: ${reason}`.slice(0, 300), { path: ['cron'], cause })
  }
  if (next !== null) return next
  throw new OpsError('INVALID_INPUT', `The schedule "${cron}" is never due.`, { path: ['cron'] })
}
