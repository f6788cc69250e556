import { OpsError } from '@opslayer/core'
import { connectionInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function connectionsRouter(procedure: Procedures) {
  return router({
    connect: procedure('connections.connect')
      .input(checked(connectionInputs.connect))
      .mutation(({ ctx, input }) => ctx.org.connections.connect(input)),
    beginOAuth: procedure('connections.beginOAuth')
      .input(checked(connectionInputs.beginOAuth))
      .mutation(({ ctx, input }) => {
        const { session } = ctx
        if (session === undefined)
          throw new OpsError(
            'UNSUPPORTED',
            'The host does not say which browser session calls: `context` gives no `session`.',
          )
        return ctx.org.connections.beginOAuth({ ...input, session })
      }),
    test: procedure('connections.test')
      .input(checked(connectionInputs.test))
      .mutation(({ ctx, input, signal }) => ctx.org.connections.test(input.connectionId, { signal })),
    reconnect: procedure('connections.reconnect')
      .input(checked(connectionInputs.reconnect))
      .mutation(({ ctx, input: { connectionId, ...given } }) => ctx.org.connections.reconnect(connectionId, given)),
    rename: procedure('connections.rename')
      .input(checked(connectionInputs.rename))
      .mutation(({ ctx, input }) => ctx.org.connections.rename(input.connectionId, input.name)),
    disconnect: procedure('connections.disconnect')
      .input(checked(connectionInputs.disconnect))
      .mutation(({ ctx, input }) => ctx.org.connections.disconnect(input.connectionId)),
    get: procedure('connections.get')
      .input(checked(connectionInputs.get))
      .query(({ ctx, input, signal }) => ctx.org.connections.get(input.connectionId, { signal })),
    list: procedure('connections.list')
      .input(checked(connectionInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.connections.list({ ...input, signal })),
    names: procedure('connections.names')
      .input(checked(connectionInputs.names))
      .query(({ ctx, input, signal }) => ctx.org.connections.names({ ...input, signal })),
    webhooks: procedure('connections.webhooks')
      .input(checked(connectionInputs.webhooks))
      .mutation(({ ctx, input, signal }) => ctx.org.connections.webhooks(input.connectionId, { signal })),
    deliveries: procedure('connections.deliveries')
      .input(checked(connectionInputs.deliveries))
      .query(({ ctx, input: { connectionId, ...page }, signal }) =>
        ctx.org.connections.deliveries(connectionId, { ...page, signal }),
      ),
    retryDelivery: procedure('connections.retryDelivery')
      .input(checked(connectionInputs.retryDelivery))
      .mutation(({ ctx, input }) => ctx.org.connections.retryDelivery(input.connectionId, input.deliveryId)),
    events: procedure('connections.events')
      .input(checked(connectionInputs.events))
      .query(({ ctx, input: { connectionId, ...page }, signal }) =>
        ctx.org.connections.events(connectionId, { ...page, signal }),
      ),
  })
}
