import * as z from 'zod'
import type { ConnectInput } from '../connections/connections.service.ts'
import type { OptionsInput } from '../connections/load-options.ts'
import { callsSchema, sumsSchema } from '../http/calls.service.ts'
import { idSchema, listShape } from './shared.ts'

const one = z.strictObject({ connectionId: idSchema })

/** What a person typed; the plugin's own form says whether it is right. */
const credentials = z.custom<ConnectInput['credentials']>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Credentials are an object of values by field.',
)
const method = idSchema.optional()
const name = z.string().max(300).optional()

/** Inputs of `connections`. Who finishes a consent is the browser session of who began it, so that is no input. */
export const connectionInputs = {
  connect: z.strictObject({ plugin: idSchema, method, name, credentials }),
  beginOAuth: z.strictObject({
    plugin: idSchema,
    method,
    name,
    redirectUri: z.url().max(2_000).optional(),
    connectionId: idSchema.optional(),
  }),
  test: one,
  reconnect: z.strictObject({ connectionId: idSchema, method, credentials }),
  rename: z.strictObject({ connectionId: idSchema, name: z.string().max(300) }),
  disconnect: one,
  get: one,
  list: z.strictObject({ ...listShape, plugin: idSchema.optional() }),
  names: z.strictObject({ ...listShape, plugin: idSchema.optional() }),
  webhooks: one,
  deliveries: z.strictObject({ ...listShape, connectionId: idSchema }),
  retryDelivery: z.strictObject({ connectionId: idSchema, deliveryId: idSchema }),
  events: z.strictObject({ ...listShape, connectionId: idSchema }),
}

/** Inputs of `plugins`. */
export const pluginInputs = {
  list: z.strictObject(listShape),
  options: z.custom<OptionsInput>(
    (value) => typeof value === 'object' && value !== null,
    'Say which field of which part.',
  ),
}

/** Inputs of `calls`. */
export const callInputs = {
  list: callsSchema.extend({ limit: callsSchema.shape.limit.unwrap().optional() }),
  sums: sumsSchema,
}
