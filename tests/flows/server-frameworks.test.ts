import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import {
  createFetchHandler,
  createNodeHandler,
  createOpsRouter,
  type FetchHandler,
  type Identity,
} from '@opslayer/server'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { describeOneDatabase } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'
import { clientOf, identityOf, memberHeader } from './testing/serve-ops.ts'

const ann = { orgId: 'acme', id: 'ann', role: 'admin' }

interface Listening extends AsyncDisposable {
  readonly origin: string
}

async function listen(listener: RequestListener | Server): Promise<Listening> {
  const server = typeof listener === 'function' ? createServer(listener) : listener
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** How each framework mounts the handler: what the guide shows. */
const mounts: Readonly<Record<string, (handler: FetchHandler) => Promise<Listening>>> = {
  'Node http': (handler) => listen(createServer(createNodeHandler(handler))),
  Express: (handler) => {
    const app = express()
    app.use('/ops', createNodeHandler(handler))
    return listen(app)
  },
  'Express behind a body parser': (handler) => {
    const app = express()
    app.use(express.json())
    app.use('/ops', createNodeHandler(handler))
    return listen(app)
  },
  Fastify: async (handler) => {
    const app = fastify()
    const serve = createNodeHandler(handler)
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
      scope.all('/ops/*', (request, reply) => {
        reply.hijack()
        return serve(request.raw, reply.raw)
      })
    })
    await app.ready()
    return listen(app.server)
  },
  Hono: (handler) => {
    const app = new Hono()
    app.all('/ops/*', ({ req }) => handler(req.raw))
    return listen(getRequestListener(app.fetch))
  },
  'Next.js': (handler) => {
    // app/ops/[...path]/route.ts: `export { handler as GET, handler as POST }`; Next calls them with a web Request.
    const route: Readonly<Record<string, FetchHandler>> = { GET: handler, POST: handler }
    return listen(
      getRequestListener((request) => route[request.method]?.(request) ?? new Response(null, { status: 405 })),
    )
  },
}

describeOneDatabase('a host', (makeDatabase) => {
  for (const [framework, mount] of Object.entries(mounts)) {
    it(`on ${framework} serves calls, streams and files`, { timeout: 90_000 }, async () => {
      await using test = await openOps(makeDatabase)
      await using served = await mount(createFetchHandler(test.ops, { context: identityOf }))
      const url = `${served.origin}/ops`
      const client = clientOf(url, ann)
      const { id: tableId } = await client.tables.create.mutate({
        name: 'Líds "2026"',
        columns: [{ name: 'Name', type: 'text' }],
      })
      const heard = Promise.withResolvers<string>()
      const ready = Promise.withResolvers<void>()
      const subscription = client.live.changes.subscribe(
        {},
        {
          onData: ({ data }) => {
            if (data.type === 'ready') ready.resolve()
            if (data.type === 'changes') heard.resolve(data.changes[0]?.kind ?? '')
          },
        },
      )
      await ready.promise
      const rows = Array.from({ length: 500 }, (_, n) => ({ cells: { name: `Ada ${n}` } }))
      await client.rows.insert.mutate({ tableId, rows })
      expect(await heard.promise).toBe('rows-inserted')
      subscription.unsubscribe()

      const input = encodeURIComponent(JSON.stringify({ tableId, query: { format: 'csv', bom: false } }))
      const file = await fetch(`${url}/exports?input=${input}`, { headers: memberHeader(ann) })
      expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''L%C3%ADds")
      expect((await file.text()).split('\r\n')).toHaveLength(502)
      expect((await fetch(`${url}/ready`)).status).toBe(200)
      expect((await fetch(`${url}/health`)).status).toBe(200)
      const page = await fetch(`${url}/rpc/rows.page?input=${encodeURIComponent(JSON.stringify({ tableId }))}`, {
        headers: memberHeader(ann),
      })
      expect([page.headers.get('content-encoding'), page.headers.get('x-request-id')]).toEqual([
        'gzip',
        expect.any(String),
      ])
    })
  }

  it('merges the router into its own, where errors keep their codes', async () => {
    await using test = await openOps(makeDatabase)
    interface HostContext {
      readonly user: Identity | null
    }
    const t = initTRPC.context<HostContext>().create()
    const appRouter = t.router({
      hello: t.procedure.query(() => 'hello'),
      ops: createOpsRouter(test.ops, { context: ({ user }: HostContext) => user }),
    })
    await using served = await listen(
      createHTTPHandler({
        router: appRouter,
        createContext: (): HostContext => ({
          user: { orgId: 'acme', actor: { type: 'user', id: 'ann', role: 'viewer' } },
        }),
      }),
    )
    const client = createTRPCClient<typeof appRouter>({ links: [httpBatchLink({ url: served.origin })] })
    expect(await client.hello.query()).toBe('hello')
    expect((await client.ops.tables.list.query({})).items).toEqual([])
    await expect(client.ops.tables.create.mutate({ name: 'T' })).rejects.toMatchObject({
      data: { code: 'FORBIDDEN', ops: { code: 'FORBIDDEN', requestId: expect.any(String) } },
    })
  })
})
