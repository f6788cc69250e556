export const starterKinds = ['node', 'express', 'fastify', 'hono', 'next'] as const

export type StarterKind = (typeof starterKinds)[number]

const ops = `import { createOps, embedded } from '@opslayer/core'
import { createFetchHandler, type Identity } from '@opslayer/server'

export const ops = createOps({ database: process.env.DATABASE_URL ?? embedded('./.opslayer') })
await ops.migrate()

/** Says who calls. Ask your own session here: org and role must never come from the request's input. */
async function identityOf(_request: Request): Promise<Identity | null> {
  throw new Error('Say in opslayer.ts who is signed in.')
}

export const handler = createFetchHandler(ops, { context: identityOf })
`

/** What `opslayer init` writes, by the kind of the app. */
export const starterFiles: Readonly<Record<StarterKind, Readonly<Record<string, string>>>> = {
  node: {
    'opslayer.ts': ops,
    'opslayer-server.ts': `import { createServer } from 'node:http'
import { createNodeHandler } from '@opslayer/server'
import { handler } from './opslayer.ts'

const server = createServer(createNodeHandler(handler)).listen(3000)
// Longer than what stands before it, proxy or client, keeps an idle connection: a call must not meet one that is just closed.
server.keepAliveTimeout = 65_000
`,
  },
  express: {
    'opslayer.ts': ops,
    'opslayer-route.ts': `import { createNodeHandler } from '@opslayer/server'
import type { Express } from 'express'
import { handler } from './opslayer.ts'

export function mountOpslayer(app: Express): void {
  app.use('/ops', createNodeHandler(handler))
}
`,
  },
  fastify: {
    'opslayer.ts': ops,
    'opslayer-route.ts': `import { createNodeHandler } from '@opslayer/server'
import type { FastifyInstance } from 'fastify'
import { handler } from './opslayer.ts'

const serve = createNodeHandler(handler)

/** Opslayer reads bodies itself, bounded and streamed: in this scope Fastify parses none. */
export async function mountOpslayer(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all('/ops/*', (request, reply) => {
      reply.hijack()
      return serve(request.raw, reply.raw)
    })
  })
}
`,
  },
  hono: {
    'opslayer.ts': ops,
    'opslayer-route.ts': `import type { Hono } from 'hono'
import { handler } from './opslayer.ts'

export function mountOpslayer(app: Hono): void {
  app.all('/ops/*', ({ req }) => handler(req.raw))
}
`,
  },
  next: {
    'opslayer.ts': ops,
    'app/ops/[...path]/route.ts': `import { handler } from '../../../opslayer'

export { handler as GET, handler as POST, handler as OPTIONS }
`,
  },
}
