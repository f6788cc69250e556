import { Agent, request } from 'node:http'
import { memberHeader } from '../../flows/testing/serve-ops.ts'

/** A client that costs little, so that it is the server that is measured: one connection, JSON in and out. */
export interface HttpClient {
  query(procedure: string, input: unknown): Promise<unknown>
  mutate(procedure: string, input: unknown): Promise<unknown>
  close(): void
}

export function httpClient(url: string, id: string): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const headers = memberHeader({ orgId: 'acme', id, role: 'admin' })

  function send(method: string, path: string, body: string | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' }
      const sent = request(`${url}/rpc/${path}`, { method, agent, headers: { ...headers, ...type } }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const answer = JSON.parse(Buffer.concat(chunks).toString())
          if (answer.error === undefined) resolve(answer.result.data)
          else reject(new Error(answer.error.message))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  return {
    query: (procedure, input) =>
      send('GET', `${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, undefined),
    mutate: (procedure, input) => send('POST', procedure, JSON.stringify(input)),
    close: () => agent.destroy(),
  }
}
