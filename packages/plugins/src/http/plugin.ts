import { definePlugin, PluginError } from '@opslayer/core/plugin'
import { send } from './actions/send.ts'
import { fetchJson, fetchNumber, fetchText } from './columns/fetch.ts'
import { credentials } from './credentials.ts'
import { received } from './sources/received.ts'
import { rows } from './webhooks/rows.ts'

export interface HttpOptions {
  /** Calls of one connection in a second. @default 10 */
  readonly callsPerSecond?: number
}

/**
 * Calls any address for each row, and takes rows that others send. Addresses are users': none that leads into a private
 * network is called, and the connection's header goes to the connection's own address alone.
 *
 * @example
 * const ops = createOps({ database, plugins: [http()] })
 */
export function http({ callsPerSecond = 10 }: HttpOptions = {}) {
  return definePlugin({
    id: 'http',
    version: '1.0.0',
    name: 'HTTP',
    description: 'Calls any address for each row, and receives rows by webhook.',
    credentials,
    baseUrl: ({ baseUrl }) => baseUrl,
    rateLimits: [{ max: callsPerSecond, perMs: 1_000 }],
    test: async (ctx) => {
      const { status } = await ctx.fetch(ctx.credentials.baseUrl)
      if (status !== 401 && status !== 403) return {}
      throw new PluginError('CREDENTIALS_REFUSED', `The address answers ${status}. Look at the header's value.`, {
        status,
      })
    },
  })
    .columnType(fetchText)
    .columnType(fetchNumber)
    .columnType(fetchJson)
    .source(received)
    .action(send)
    .webhook(rows)
}
