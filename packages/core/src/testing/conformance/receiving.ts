import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ops } from '../../ops.ts'

/** Where a vendor reaches a process. */
interface Receiver extends AsyncDisposable {
  /** What stands in place of the public address. */
  readonly to: string
}

/** What a vendor signs with, as it stands in the public address of a webhook. */
export function secretIn(publicAddress: string): string {
  return new URL(publicAddress).pathname.split('.').at(-1) ?? ''
}

/** A server that hands over to opslayer what comes to the public address of a webhook; a process that has ended answers nothing. */
export async function receiving(ops: Ops, publicAddress: string): Promise<Receiver> {
  const { pathname } = new URL(publicAddress)
  const [plugin = '', webhook = '', token = ''] = pathname.split('/').slice(-3)
  const server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
    const request = { method: 'POST', url: publicAddress, headers, body: new Uint8Array(Buffer.concat(chunks)) }
    const given = await ops.receiveWebhook({ plugin, webhook, token, request }).catch(() => undefined)
    if (given === undefined) incoming.socket.destroy()
    else answer.writeHead(given.status).end(given.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    to: `http://127.0.0.1:${port}${pathname}`,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
