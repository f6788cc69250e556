import assert from 'node:assert/strict'
import { onEngine } from './engine-bench.ts'
import { hookAddress, untilHandled } from './inbox.ts'
import type { PluginCheck, PluginTrial, WebhookTrial } from './plugin-trial.ts'
import { receiving, secretIn } from './receiving.ts'

/** What must hold of a webhook as opslayer itself receives it. */
export function deliveryCheck<State>(
  trial: PluginTrial<State>,
  webhook: string,
  { message, others = [] }: WebhookTrial,
): PluginCheck {
  const messages = [message, ...others]
  return {
    name: `webhook ${webhook}: what comes several times and in any order is dealt with once`,
    run: () =>
      onEngine(trial, async (at) => {
        const address = await hookAddress(at, webhook)
        {
          await using receiver = await receiving(at.ops, address)
          const sent = [...messages, ...messages].map((each) => each(receiver.to, secretIn(address)))
          const statuses = await at.vendor.webhooks.sendAll(sent, { duplicated: true, shuffled: true })
          for (const status of statuses) assert.ok(status >= 200 && status < 300, `It was answered with ${status}.`)
        }
        const items = await untilHandled(at)
        assert.ok(items.length <= messages.length, 'A delivery that came again was taken for another one.')
        assert.ok(items.length >= messages.length, 'Deliveries of different things were taken for one.')
        for (const { state, error } of items) assert.equal(state, 'handled', `It has failed: ${error}`)
      }),
  }
}
