import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Delivery } from '../../connections/webhooks/deliveries.service.ts'
import type { EngineBench } from './engine-bench.ts'

/** While deliveries are dealt with, they are looked at so often. */
const lookMs = 10

/** The public address of a webhook of the bench's connection. */
export async function hookAddress<State>({ acme, connectionId }: EngineBench<State>, webhook: string): Promise<string> {
  const hooks = await acme.connections.webhooks(connectionId ?? '')
  const hook = hooks.find((each) => each.webhook === webhook)
  assert.ok(hook !== undefined, 'The connection has no such webhook.')
  return hook.url
}

interface WaitOptions {
  /** @default never */
  readonly isOver?: () => boolean
  /** Lets the time pass after which deliveries are tried again. @default it passes by itself */
  readonly hurry?: () => Promise<void>
}

/** Waits until what came for the bench's connection is dealt with, or `isOver`. */
export async function untilHandled<State>(
  { acme, connectionId }: EngineBench<State>,
  { isOver = () => false, hurry }: WaitOptions = {},
): Promise<readonly Delivery[]> {
  for (;;) {
    const { items } = await acme.connections.deliveries(connectionId ?? '')
    if (isOver() || items.every(({ state }) => state !== 'stored')) return items
    await hurry?.()
    await wait(lookMs)
  }
}
