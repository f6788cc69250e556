import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { PluginError } from '../plugin/plugin-error.ts'
import { callPlugin } from './call-plugin.ts'

const secret = 'sk-0123456789/+"x"'
const call = (signal: AbortSignal = new AbortController().signal) => ({
  where: 'Plugin "acme", column "score"',
  signal,
  secrets: [secret],
})
const failureOf = (work: () => Promise<unknown>, signal?: AbortSignal): Promise<unknown> =>
  callPlugin(call(signal), work).then(
    () => undefined,
    (error: unknown) => error,
  )

it('names the part of a plugin that throws, whatever it throws, and says no secret', async () => {
  const thrown = [
    new Error(`GET /?key=${encodeURIComponent(secret)}`),
    `text with ${secret}`,
    null,
    { key: secret },
    42,
  ]
  for (const each of thrown) {
    const error = await failureOf(() => {
      throw each
    })
    expect(error).toMatchObject({
      code: 'PLUGIN_FAILED',
      message: expect.stringMatching(/^Plugin "acme", column "score" failed: /),
    })
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('0123456789')
  }
})

it('lets a plugin’s own errors through, without the secrets in them', async () => {
  const own = new PluginError('RATE_LIMITED', 'Slow down.', { status: 429, retryAfterMs: 1_000 })
  expect(await failureOf(async () => Promise.reject(own))).toBe(own)
  const leaking = new PluginError('VENDOR_REFUSED', `Refused ${secret}`, { status: 400, cause: new Error(secret) })
  const told = await failureOf(async () => Promise.reject(leaking))
  expect(told).toMatchObject({ code: 'VENDOR_REFUSED', message: 'Refused ***', status: 400 })
  expect(inspect(told, { depth: 10, showHidden: true })).not.toContain('0123456789')
})

it('makes something of errors that are not as their class has them', async () => {
  const failing = (code: string, options: object, message: unknown = 'Later.') => {
    const error = new PluginError(code as never, 'Later.', options)
    return failureOf(async () => Promise.reject(Object.assign(error, { message })))
  }
  expect(await failing('NO_SUCH_CODE', {})).toMatchObject({
    code: 'PLUGIN_FAILED',
    message: 'Plugin "acme", column "score" failed: Later.',
    retryable: false,
  })
  const year = 366 * 86_400_000
  const waits = [
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['60', undefined],
    [-1, 0],
    [1e300, year],
    [60_000, 60_000],
  ]
  for (const [given, kept] of waits)
    expect([given, await failing('RATE_LIMITED', { retryAfterMs: given })]).toMatchObject([
      given,
      { code: 'RATE_LIMITED', message: 'Later.', retryAfterMs: kept },
    ])
  expect(await failing('VENDOR_REFUSED', { status: 'x'.repeat(1_000) })).toMatchObject({ status: undefined })
  expect(await failing('VENDOR_REFUSED', {}, 42)).toMatchObject({ code: 'VENDOR_REFUSED', message: '42' })
  const long = (await failing('VENDOR_REFUSED', {}, 'x'.repeat(1_000_000))) as Error
  expect(long.message).toHaveLength(20_000)
})

it('ends a call that never settles: with its time, or as its caller says', async () => {
  const never = (): Promise<never> => new Promise(() => {})
  const inTime = AbortSignal.timeout(5)
  expect(await failureOf(never, inTime)).toMatchObject({ code: 'TIMEOUT' })
  expect(await failureOf(never, inTime)).toMatchObject({ code: 'TIMEOUT' })
  const controller = new AbortController()
  const ended = failureOf(never, controller.signal)
  controller.abort('not wanted any more')
  expect(await ended).toBe('not wanted any more')
  expect(await failureOf(async () => 'too late', controller.signal)).toBe('not wanted any more')
})
