import { expect, it } from 'vitest'
import { limitRule } from './limit-rule.ts'
import { localLimits } from './local-limits.ts'
import { createRateLimits } from './rate-limit.ts'
import { withRetry } from './retry.ts'
import { withTotalTimeout } from './total-timeout.ts'

const now = (): Date => new Date()

/** A vendor that answers at once and takes a call each ten seconds, or one at a time. */
function limited(limit: Parameters<typeof limitRule>[0]) {
  let sent = 0
  const send = withTotalTimeout(
    withRetry(
      createRateLimits(localLimits(), now).limit(
        async () => {
          sent += 1
          await new Promise((resolve) => setTimeout(resolve, 300))
          return new Response(null)
        },
        {
          orgId: 'acme',
          pluginId: 'vendor',
          connectionId: 'c',
          rules: [limitRule(limit)],
          priority: 0,
          pathOf: () => '/',
        },
      ),
      { now, random: () => 0 },
    ),
  )
  const call = (ms: number, signal = new AbortController().signal): Promise<unknown> =>
    send({
      url: new URL('https://api.example.com/'),
      method: 'GET',
      headers: new Headers(),
      body: null,
      signal,
      idempotent: true,
      route: '/',
      timeoutMs: ms,
      deadline: performance.now() + ms,
      attempt: 1,
    }).then(
      ({ status }) => status,
      (error: unknown) => error,
    )
  return { call, sent: () => sent }
}

it('says at once when a turn would come too late, and when', async () => {
  const { call, sent } = limited({ max: 1, perMs: 10_000 })
  expect(await call(5_000)).toBe(200)
  const began = performance.now()
  const refused = await call(5_000)
  expect(performance.now() - began).toBeLessThan(4_000)
  expect(refused).toMatchObject({ code: 'RATE_LIMITED', effect: 'none', retryAfterMs: expect.any(Number) })
  expect(sent()).toBe(1)
})

it.each([{ max: 2, perMs: 2_000 }, { maxInFlight: 1 }])(
  'tells a call that waited in vain from one that was sent: %j',
  async (limit) => {
    const { call, sent } = limited(limit)
    const patient = [call(5_000), call(5_000)]
    const hasty = call(100)
    expect(await hasty).toMatchObject({ code: 'RATE_LIMITED', effect: 'none' })
    expect(await Promise.all(patient)).toEqual([200, 200])
    expect(sent()).toBe(2)
  },
)

it('gives the reason of the signal, and the turn to the next', async () => {
  const { call, sent } = limited({ max: 2, perMs: 4_000 })
  const reason = new Error('Enough')
  const stopping = new AbortController()
  const first = call(5_000)
  const second = call(5_000, stopping.signal)
  const third = call(5_000)
  stopping.abort(reason)
  const began = performance.now()
  expect(await Promise.all([first, second, third])).toEqual([200, reason, 200])
  expect(performance.now() - began).toBeLessThan(3_900)
  expect(sent()).toBe(2)
})
