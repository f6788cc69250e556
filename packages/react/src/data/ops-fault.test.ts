import { createTRPCClient, httpLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { opsFault } from './ops-fault.ts'

const t = initTRPC.create()
const router = t.router({ ping: t.procedure.query(() => 'pong') })

async function faultOf(fetch: () => Promise<Response>) {
  const client = createTRPCClient<typeof router>({ links: [httpLink({ url: 'http://127.0.0.1:9/rpc', fetch })] })
  return await client.ping.query().then(() => null, opsFault)
}

describe('a call without an answer', () => {
  it('is told in words for users where nobody is reached', async () => {
    expect(await faultOf(() => fetch('http://127.0.0.1:9/rpc'))).toMatchObject({
      code: 'OFFLINE',
      message: 'The server did not answer. Try again in a moment.',
      retryable: true,
    })
  })

  it.each(['<h1>Bad gateway</h1>', '{"error":"Bad gateway"}', ''])(
    'is told so where %j comes from a proxy',
    async (body) => {
      const proxy = () => Promise.resolve(new Response(body, { status: 502 }))
      expect(await faultOf(proxy)).toMatchObject({
        code: 'OFFLINE',
        message: 'Something else answered in place of the server. Try again in a moment.',
      })
    },
  )

  it('keeps what anything else says', () => {
    expect(opsFault(new Error('The file is empty.')).message).toBe('The file is empty.')
  })
})
