import type { Send } from './call.ts'

/**
 * Lets a call wait for its turn for half of what is left of its caller's time, so that it has as much to be answered in: a turn
 * that comes later is refused at once, with the time to come back. Sent then, it would be cut off and paid for all the same.
 */
export function withTurnInTime(send: Send, endsAt: number): Send {
  return (call) => {
    const now = performance.now()
    return send({ ...call, deadline: Math.min(call.deadline, now + (endsAt - now) / 2) })
  }
}
