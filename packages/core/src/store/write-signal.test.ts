import { expect, it } from 'vitest'
import { createWriteSignal } from './write-signal.ts'

const longMs = 60_000

it('wakes who waits for an org at a write there, and nobody else', async () => {
  const writes = createWriteSignal()
  const [acme, other] = [writes.count('acme'), writes.count('other')]
  const woken: string[] = []
  const waits = [
    writes.next('acme', acme, longMs, undefined).then(() => woken.push('acme')),
    writes.next('acme', acme, longMs, undefined).then(() => woken.push('acme too')),
  ]
  const controller = new AbortController()
  const idle = writes.next('other', other, longMs, controller.signal).then(() => woken.push('other'))
  writes.written('acme')
  await Promise.all(waits)
  expect(woken).toEqual(['acme', 'acme too'])
  controller.abort()
  await idle
})

it('does not let who comes late wait for what was written since they looked', async () => {
  const writes = createWriteSignal()
  const seen = writes.count('acme')
  writes.written('acme')
  await writes.next('acme', seen, longMs, undefined)
  expect(writes.count('acme')).toBe(seen + 1)
})

it('ends by itself', async () => {
  const writes = createWriteSignal()
  await writes.next('acme', writes.count('acme'), 1, undefined)
})
