import { expect, it } from 'vitest'
import type { Call } from './call.ts'
import { closedCircuit, withCircuitBreaker } from './circuit-breaker.ts'
import { HttpError } from './http-error.ts'

const call = { url: new URL('https://api.example.com/') } as Call

/** A vendor whose next answers are given, and a clock. */
function broken(answers: (number | Error)[]) {
  const circuit = closedCircuit()
  let now = 0
  let sent = 0
  const send = withCircuitBreaker(
    async () => {
      sent += 1
      const answer = answers.shift() ?? 200
      if (answer instanceof Error) throw answer
      return new Response(null, { status: answer })
    },
    { circuitOf: () => circuit, failures: 3, openMs: 1_000, clock: () => now },
  )
  const outcome = (): Promise<unknown> =>
    send(call).then(
      ({ status }) => status,
      (error: { code?: string }) => error.code ?? error,
    )
  return {
    outcome,
    sent: () => sent,
    pass: (ms: number) => {
      now += ms
    },
  }
}

const lost = new HttpError('VENDOR_UNAVAILABLE', 'Cut off.', { effect: 'unknown' })

it('opens after failures in a row, lets one call try when the time is over, and closes when that succeeds', async () => {
  const vendor = broken([500, lost, 503, 200])
  expect([await vendor.outcome(), await vendor.outcome(), await vendor.outcome()]).toEqual([
    500,
    'VENDOR_UNAVAILABLE',
    503,
  ])
  vendor.pass(999)
  expect(await vendor.outcome()).toBe('VENDOR_UNAVAILABLE')
  expect(vendor.sent()).toBe(3)
  vendor.pass(1)
  expect(await Promise.all([vendor.outcome(), vendor.outcome(), vendor.outcome()])).toEqual([
    200,
    'VENDOR_UNAVAILABLE',
    'VENDOR_UNAVAILABLE',
  ])
  expect(await vendor.outcome()).toBe(200)
  expect(vendor.sent()).toBe(5)
})

it('stays open when the call that tries fails', async () => {
  const vendor = broken([500, 500, 500, 502])
  for (let n = 0; n < 3; n += 1) await vendor.outcome()
  vendor.pass(1_000)
  expect(await vendor.outcome()).toBe(502)
  expect(await vendor.outcome()).toBe('VENDOR_UNAVAILABLE')
})

it('counts neither what the vendor means nor what the caller gave up', async () => {
  const cancelled = new Error('Cancelled')
  const vendor = broken([500, 500, 404, 500, 500, cancelled, 429, 500, 500])
  const outcomes: unknown[] = []
  for (let n = 0; n < 9; n += 1) outcomes.push(await vendor.outcome())
  expect(outcomes).toEqual([500, 500, 404, 500, 500, cancelled, 429, 500, 500])
})

it('lets another call try when the one that tried was cancelled', async () => {
  const vendor = broken([500, 500, 500, new Error('Cancelled'), 200])
  for (let n = 0; n < 3; n += 1) await vendor.outcome()
  vendor.pass(1_000)
  expect(await vendor.outcome()).toBeInstanceOf(Error)
  expect(await vendor.outcome()).toBe(200)
})
