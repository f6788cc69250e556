import {
  apiKey,
  definePlugin,
  done,
  hmacSignature,
  oauth2,
  type PluginContext,
  PluginError,
} from '@opslayer/core/plugin'
import * as z from 'zod'
import { clientSecret } from './oauth-vendor.ts'

const account = z.looseObject({ account: z.string(), name: z.string(), campaigns: z.array(z.string()) })

async function readAccount(ctx: PluginContext): Promise<z.infer<typeof account>> {
  const answer = await ctx.fetch('/me')
  if (answer.status === 401) throw new PluginError('CREDENTIALS_REFUSED', 'The vendor refuses the credentials.')
  return account.parse(await answer.json())
}

/** A plugin for the vendor of `startOAuthVendor`. */
export function vendorPlugin(origin: string) {
  return definePlugin({
    id: 'vendor',
    version: '1.2.3',
    name: 'Vendor',
    credentials: [
      apiKey({
        fields: z.object({ key: z.string().min(8).meta({ title: 'API key' }), region: z.string().default('eu') }),
        headers: ({ key }) => ({ authorization: `Bearer ${key}` }),
      }),
      oauth2({
        authorizeUrl: `${origin}/authorize`,
        tokenUrl: `${origin}/token`,
        revokeUrl: `${origin}/revoke`,
        clientId: 'client',
        clientSecret,
        scopes: ['contacts.read', 'contacts.write'],
        tokenFields: z.object({ hub_id: z.number() }),
      }),
    ],
    baseUrl: origin,
    test: async (ctx) => {
      const { account: id, name } = await readAccount(ctx)
      return { account: { id, name } }
    },
  })
    .action({
      id: 'push',
      name: 'Push',
      description: 'Adds people to a campaign.',
      settings: z.object({ campaign: z.string(), leak: z.string().optional() }),
      options: {
        campaign: async (ctx, { search }) => {
          const { campaigns } = await readAccount(ctx)
          return campaigns.filter((name) => name.includes(search)).map((name) => ({ value: name, label: name }))
        },
        // What a careless author does.
        leak: async (ctx, { search }) => {
          const text = JSON.stringify(ctx.credentials)
          ctx.logger.warn(`Here they are: ${text}`, { credentials: ctx.credentials, error: new Error(text) })
          throw search === 'plugin' ? new PluginError('VENDOR_REFUSED', `Refused: ${text}`) : new Error(`Oops: ${text}`)
        },
      },
      inputs: z.object({ email: z.email() }),
      output: z.object({ id: z.string() }),
      idempotency: 'keyed',
      row: async (_ctx, { idempotencyKey }) => done({ id: idempotencyKey }),
    })
    .webhook({
      id: 'replies',
      name: 'Replies',
      description: 'Tells of replies.',
      verify: hmacSignature({
        header: 'x-signature',
        timestamp: { header: 'x-timestamp', unit: 's' },
        signed: (request, timestamp) => [`${timestamp}.`, request.body],
      }),
      deliveryKey: (request) => request.headers.get('x-delivery') ?? undefined,
      parse: () => [],
    })
    .webhook({
      id: 'app_events',
      name: 'Events of the app',
      description: 'For all accounts at once.',
      verify: hmacSignature({ header: 'x-signature', key: () => clientSecret }),
      byAccount: (request) => {
        const events = z
          .array(z.looseObject({ account: z.string() }))
          .parse(JSON.parse(new TextDecoder().decode(request.body)))
        const accounts = [...new Set(events.map((event) => event.account))]
        return accounts.map((each) => ({
          account: each,
          body: JSON.stringify(events.filter((event) => event.account === each)),
        }))
      },
      parse: () => [],
    })
}
