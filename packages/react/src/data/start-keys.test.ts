import { expect, it } from 'vitest'
import { createStartKeys } from './start-keys.ts'

/** What calls throw that were not answered, and those that the server refuses. */
const unheard = () => new TypeError('fetch failed')
const refused = () => Object.assign(new Error('No.'), { data: { ops: { code: 'INVALID_INPUT', retryable: false } } })

function starts(now?: () => number) {
  const { start } = createStartKeys(now)
  const used: string[] = []
  const send = (input: unknown, fault?: Error) =>
    start(input, async (key) => {
      used.push(key)
      if (fault !== undefined) throw fault
    }).catch(() => {})
  return { used, send }
}

it('a start that was not answered is sent again with its key, and any other with a new one', async () => {
  const { used, send } = starts()
  await send({ rows: ['1'] }, unheard())
  await send({ rows: ['1'] }, unheard())
  await send({ rows: ['2'] })
  await send({ rows: ['1'] })
  await send({ rows: ['1'] })
  const [first, second, other, third, later] = used
  expect([second, third]).toEqual([first, first])
  expect(new Set([first, other, later]).size).toBe(3)
  expect(first).toMatch(/^[0-9a-f]{32}$/)
})

it('what was refused, or asked for long ago, is started by a new key', async () => {
  let now = 0
  const { used, send } = starts(() => now)
  await send('a', refused())
  await send('a', unheard())
  now += 599_000
  await send('a', unheard())
  now += 2_000
  await send('a')
  expect(used[1]).not.toBe(used[0])
  expect(used[2]).toBe(used[1])
  expect(used[3]).not.toBe(used[2])
})

it('two at once share a key', async () => {
  const { used, send } = starts()
  await Promise.all([send('a'), send('a')])
  expect(used[1]).toBe(used[0])
})
