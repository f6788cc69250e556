import PQueue from 'p-queue'
import { abortableSleep } from './abortable-sleep.ts'
import type { Call } from './call.ts'
import { HttpError } from './http-error.ts'
import type { LeasedSlots, Slot } from './slot-lease.ts'

export interface LimiterOptions {
  /** Takes slots from the database. */
  readonly lease: (count: number) => Promise<LeasedSlots>
  /** Slots taken at once at most. */
  readonly block: number
  /** Whether slots are worth more than the time of a round trip, as those of a budget are: none is taken in advance. */
  readonly precious: boolean
}

/** Lets the calls of one process go when their turn comes. */
export interface Limiter {
  /**
   * Waits for a turn, those of higher priority first.
   *
   * @throws HttpError `RATE_LIMITED`, `QUOTA_EXHAUSTED` if the turn would come after the call's end
   */
  turn(call: Call, priority: number): Promise<Slot>
  /** Gives up the slots at hand, and takes none before `noted`: the vendor has refused a call. */
  refused(noted: Promise<void>): void
  idle(): boolean
}

/** Waits that are worth a pause of the run rather than of the call. */
const quotaWaitMs = 300_000

/** How long a process believes that there are no slots. */
const beliefMs = 2_000

/** A process that has called so lately will call again. */
const busyMs = 250

export function createLimiter({ lease, block, precious }: LimiterOptions): Limiter {
  const queue = new PQueue({ concurrency: 1 })
  let slots: Slot[] = []
  let ahead: Promise<LeasedSlots> | undefined
  let refusals = 0
  let noting: Promise<unknown> = Promise.resolve()
  let leasedAt = Number.NEGATIVE_INFINITY
  let leased = 1
  let lastTurnAt = Number.NEGATIVE_INFINITY
  let drought: { readonly endsAt: number; readonly quota: boolean; readonly askAgainAt: number } | undefined

  async function nextSlot(call: Call): Promise<Slot> {
    for (;;) {
      await noting
      call.signal.throwIfAborted()
      if (drought !== undefined && performance.now() < drought.askAgainAt) await outlast(drought, call)
      drought = undefined
      const slot = slots.shift()
      if (slot !== undefined && isPast(slot)) continue
      if (slot !== undefined) return slot
      const asked = refusals
      const leasing = ahead ?? lease(leaseSize(queue.size + 1))
      ahead = undefined
      const taken = await leasing
      // Taken before a refusal was noted, they are too early.
      if (asked !== refusals) continue
      slots = [...taken.slots]
      if (slots.length > 0) continue
      const now = performance.now()
      drought = { endsAt: now + taken.untilMs, quota: taken.quota, askAgainAt: now + beliefMs }
    }
  }

  async function turn(call: Call): Promise<Slot> {
    for (;;) {
      const slot = await nextSlot(call)
      const seen = refusals
      try {
        if (slot.at > call.deadline) throw tooLate(call, slot.at, false)
        leaseAhead()
        await sleepUntil(slot.at, call.signal)
      } catch (error) {
        // The turn of the next caller.
        if (seen === refusals) slots.unshift(slot)
        throw error
      }
      // Too late, the call would come too close to those of other processes: it takes another slot.
      if (seen !== refusals || isPast(slot)) continue
      lastTurnAt = performance.now()
      return slot
    }
  }

  /** As many slots as calls wait, and twice as many as last time where those are used up already. */
  function leaseSize(waiting: number): number {
    const now = performance.now()
    const growing = !precious && now - leasedAt < busyMs ? leased * 2 : 1
    leasedAt = now
    leased = Math.min(block, Math.max(1, waiting, growing))
    return leased
  }

  /** While a call waits or is under way, the slots of the next ones come. */
  function leaseAhead(): void {
    const isBusy = queue.size > 0 || (!precious && performance.now() - lastTurnAt < busyMs)
    if (slots.length > 0 || ahead !== undefined || !isBusy) return
    ahead = lease(leaseSize(queue.size))
    ahead.catch(() => {}) // Whoever needs them sees it.
  }

  return {
    turn: (call, priority) => queue.add(() => turn(call), { priority, signal: call.signal }),
    refused: (noted) => {
      refusals += 1
      slots = []
      ahead = undefined
      noting = noted.catch(() => {}) // The next lease tells whether the database is there.
    },
    idle: () => queue.size === 0 && queue.pending === 0,
  }
}

function isPast(slot: Slot): boolean {
  return performance.now() > slot.at + slot.lateMs
}

async function outlast(drought: { readonly endsAt: number; readonly quota: boolean }, call: Call): Promise<void> {
  if (drought.endsAt > call.deadline) throw tooLate(call, drought.endsAt, drought.quota)
  await sleepUntil(drought.endsAt, call.signal)
}

function tooLate(call: Call, at: number, quota: boolean): HttpError {
  const retryAfterMs = Math.ceil(at - performance.now())
  const isQuota = quota || retryAfterMs >= quotaWaitMs
  const about = isQuota
    ? `What ${call.url.host} allows is used up.`
    : `So many calls of ${call.url.host} wait that this one would not go out in time.`
  return new HttpError(
    isQuota ? 'QUOTA_EXHAUSTED' : 'RATE_LIMITED',
    `${about} There is more in ${inWords(retryAfterMs)}.`,
    {
      retryAfterMs,
      effect: 'none',
    },
  )
}

function inWords(ms: number): string {
  return ms < 120_000 ? `${Math.ceil(ms / 1_000)} s` : `${Math.ceil(ms / 60_000)} min`
}

/** Timers may end a little early; a slot is not used before its time. They are no finer than a millisecond, which is let be. */
async function sleepUntil(at: number, signal: AbortSignal): Promise<void> {
  for (let left = at - performance.now(); left >= 1; left = at - performance.now()) {
    await abortableSleep(Math.ceil(left), signal)
  }
}
