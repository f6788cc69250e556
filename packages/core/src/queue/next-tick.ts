import { Cron } from 'croner'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/**
 * The first moment after another at which a schedule is due. A local time that a change of clocks leaves out is due at the
 * change; one that it repeats is due once.
 *
 * @param cron minute, hour, day of the month, month, day of the week
 * @throws OpsError `INVALID_INPUT` for what is no schedule, or one that is never due
 */
export function nextTick(cron: string, timeZone: string, after: Date): Date {
  return nextTicks(cron, timeZone, after, 1)[0]
}

/** The first moments after another at which a schedule is due. @throws like {@link nextTick} */
export function nextTicks(
  cron: string,
  timeZone: string,
  after: Date,
  count: number,
): readonly [Date, ...(readonly Date[])] {
  const [first, ...others] = ticksOf(cron, timeZone, after, count)
  if (first !== undefined) return [first, ...others]
  throw new OpsError('INVALID_INPUT', say('The schedule "{cron}" is never due.', { cron }), { path: ['cron'] })
}

function ticksOf(cron: string, timeZone: string, after: Date, count: number): readonly Date[] {
  try {
    return new Cron(cron, { mode: '5-part', timezone: timeZone, paused: true }).nextRuns(count, after)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^CronPattern: /, '') : String(cause)
    throw new OpsError('INVALID_INPUT', say('"{cron}" is no schedule: {reason}', { cron, reason }).slice(0, 300), {
      path: ['cron'],
      cause,
    })
  }
}
