import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { AnyWebhookPart, WebhookRequest } from '../../plugin/webhook-part.ts'
import { type CheckBench, onBench } from './check-bench.ts'
import type { PluginCheck, PluginTrial, WebhookTrial } from './plugin-trial.ts'

const secret = 'whsec_trial_4f7k2m9q'
const hour = 3_600_000

/** What must hold of a webhook. */
export function webhookChecks<State>(
  trial: PluginTrial<State>,
  part: AnyWebhookPart,
  webhook: WebhookTrial,
): readonly PluginCheck[] {
  const title = `webhook ${part.id}`
  const onReceived = (work: (bench: CheckBench<State>, request: WebhookRequest) => Promise<void>): Promise<void> =>
    onBench(trial, trial.credentials, async (at) => {
      const [request] = await received(at, webhook, 1)
      assert.ok(request !== undefined, 'The simulator sent nothing.')
      await work(at, request)
    })
  const proof = ({ vendor }: CheckBench<State>, laterMs = 0, known = secret) => ({
    secret: known,
    credentials: trial.credentials(vendor.url),
    now: new Date(vendor.clock.now() + laterMs),
  })

  return [
    {
      name: `${title}: what the vendor sends is taken, and told as events of the plugin's own parts`,
      run: () =>
        onReceived(async (at, request) => {
          assert.deepEqual(await part.verify(request, proof(at)), { ok: true })
          for (const event of part.parse(request)) assertOwn(at.plugin, event)
        }),
    },
    {
      name: `${title}: what somebody has changed is refused`,
      run: () =>
        onReceived(async (at, request) => {
          assert.equal((await part.verify(request, proof(at, 0, 'another secret'))).ok, false)
          assert.equal((await part.verify(request, proof(at, 0, ''))).ok, false)
          const bare = { ...request, url: new URL(request.url).origin, headers: new Headers() }
          assert.equal((await part.verify(bare, proof(at))).ok, false)
          if (webhook.timed === false) return
          const forged = { ...request, body: new Uint8Array([...request.body, 32]) }
          assert.equal((await part.verify(forged, proof(at))).ok, false)
        }),
    },
    ...(webhook.timed === false
      ? []
      : [
          {
            name: `${title}: what is old is refused`,
            run: () =>
              onReceived(async (at, request) => {
                assert.equal((await part.verify(request, proof(at, hour))).ok, false)
              }),
          },
        ]),
    {
      name: `${title}: a delivery that comes twice is recognised`,
      run: () =>
        onBench(trial, trial.credentials, async (at) => {
          const [first, again] = await received(at, webhook, 2)
          assert.ok(first !== undefined && again !== undefined, 'The simulator sent less than asked.')
          assert.deepEqual(part.deliveryKey?.(first), part.deliveryKey?.(again))
        }),
    },
  ]
}

function assertOwn(plugin: AnyPlugin, event: ReturnType<AnyWebhookPart['parse']>[number]): void {
  if (event.kind === 'records') assert.ok(Object.hasOwn(plugin.parts.sources, event.source), 'The source is unknown.')
  if (event.kind === 'task') assert.ok(Object.hasOwn(plugin.parts.columnTypes, event.column), 'The column is unknown.')
}

/** Lets the simulator send the same webhook, and takes it as a host would. */
async function received<State>(
  { vendor }: CheckBench<State>,
  { message }: WebhookTrial,
  times: 1 | 2,
): Promise<readonly WebhookRequest[]> {
  const requests: WebhookRequest[] = []
  const server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    requests.push({
      method: incoming.method ?? 'POST',
      url: `http://${incoming.headers.host}${incoming.url}`,
      headers: new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      body: new Uint8Array(Buffer.concat(chunks)),
    })
    answer.writeHead(200).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/trial`
    await vendor.webhooks.sendAll([message(to, secret)], { duplicated: times === 2 })
    return requests
  } finally {
    server.close()
    server.closeAllConnections()
  }
}
