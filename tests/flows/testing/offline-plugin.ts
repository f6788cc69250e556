import { apiKey, definePlugin, done, oauth2, sharedSecret } from '@opslayer/core/plugin'
import * as z from 'zod'

/** A plugin that takes any key and calls nobody. */
export const offlinePlugin = definePlugin({
  id: 'offline',
  version: '1.0.0',
  name: 'Offline',
  credentials: apiKey({ fields: z.object({ key: z.string() }) }),
  test: async () => ({}),
})
  .source({
    id: 'nothing',
    name: 'Nothing',
    description: 'Has one record.',
    record: z.looseObject({ id: z.string() }),
    key: ({ id }) => id,
    columns: { name: { name: 'Name', type: 'text', from: ({ id }) => id } },
    readPage: async () => ({ records: [{ id: 'one' }] }),
  })
  .action({
    id: 'push',
    name: 'Push',
    description: 'Does nothing.',
    settings: z.object({ list: z.string() }),
    options: { list: async () => [{ value: 'a', label: 'A' }] },
    inputs: z.object({ email: z.string() }),
    output: z.object({ id: z.string() }),
    idempotency: 'idempotent',
    row: async () => done({ id: '1' }),
  })
  .webhook({
    id: 'events',
    name: 'Events',
    description: 'Tells of nothing.',
    verify: sharedSecret({ header: 'x-secret' }),
    parse: () => [],
  })

/** A plugin that sends people to a consent screen that is not there. */
export const consentPlugin = definePlugin({
  id: 'consent',
  version: '1.0.0',
  name: 'Consent',
  credentials: oauth2({
    authorizeUrl: 'https://vendor.test/authorize',
    tokenUrl: 'https://vendor.test/token',
    clientId: 'client',
    scopes: [],
  }),
  test: async () => ({}),
})
