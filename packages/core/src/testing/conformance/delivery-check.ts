import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type EngineBench, onEngine } from './engine-bench.ts'
import type { PluginCheck, PluginTrial, WebhookTrial } from './plugin-trial.ts'

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
        const connectionId = at.connectionId ?? ''
        const hook = (await at.acme.connections.webhooks(connectionId)).find((each) => each.webhook === webhook)
        assert.ok(hook !== undefined, 'The connection has no such webhook.')
        await receiving(at, hook.url, async (to, secret) => {
          const sent = [...messages, ...messages].map((each) => each(to, secret))
          const statuses = await at.vendor.webhooks.sendAll(sent, { duplicated: true, shuffled: true })
          for (const status of statuses) assert.ok(status >= 200 && status < 300, `It was answered with ${status}.`)
        })
        for (;;) {
          const { items } = await at.acme.connections.deliveries(connectionId)
          if (items.some(({ state }) => state === 'stored')) {
            await new Promise((resolve) => setTimeout(resolve, 20))
            continue
          }
          assert.ok(items.length <= messages.length, 'A delivery that came again was taken for another one.')
          assert.ok(items.length >= messages.length, 'Deliveries of different things were taken for one.')
          for (const { state, error } of items) assert.equal(state, 'handled', `It has failed: ${error}`)
          return
        }
      }),
  }
}

/** A server that hands over to opslayer what comes to the public address of a webhook. */
async function receiving<State>(
  { ops }: EngineBench<State>,
  publicAddress: string,
  work: (to: string, secret: string) => Promise<void>,
): Promise<void> {
  const [plugin = '', webhook = '', token = ''] = new URL(publicAddress).pathname.split('/').slice(-3)
  const server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
    const request = { method: 'POST', url: publicAddress, headers, body: new Uint8Array(Buffer.concat(chunks)) }
    const { status, body } = await ops.receiveWebhook({ plugin, webhook, token, request })
    answer.writeHead(status).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    await work(`http://127.0.0.1:${port}${new URL(publicAddress).pathname}`, token.split('.').at(-1) ?? '')
  } finally {
    server.close()
    server.closeAllConnections()
  }
}
