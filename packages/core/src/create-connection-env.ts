import * as z from 'zod'
import type { ConnectionEnv } from './connections/connection-env.ts'
import type { DatabaseInput } from './db/database-input.ts'
import type { DatabaseRouter } from './db/databases.ts'
import type { OpenDatabase } from './db/open-database.ts'
import { checkInput } from './errors/check-input.ts'
import { OpsError } from './errors/ops-error.ts'
import type { NetworkFetch } from './http/network.ts'
import { createOutgoing, type Outgoing } from './http/outgoing.ts'
import type { HttpTracer } from './http/spans.ts'
import type { AnyPlugin } from './plugin/plugin.ts'
import type { PluginLogger } from './plugin/plugin-context.ts'
import { createPluginRegistry } from './plugin/plugin-registry.ts'
import { createKeyRing, type EncryptionKey, type KeyRing } from './secrets/encryption-key.ts'
import { keyBeside } from './secrets/key-file.ts'
import { createVault } from './secrets/vault.ts'

/** The part of the options of `createOps` that plugins need. */
export interface PluginOptions {
  /** Vendors and other things in the outside world: `[reoon(), hubspot({ clientId, clientSecret })]`. */
  readonly plugins?: readonly AnyPlugin[]
  /**
   * What credentials are encrypted with: the first key encrypts, all decrypt. Needed to connect plugins on a server; an
   * embedded database makes a key file beside its directory, `<directory>.key`.
   *
   * @example [{ id: '2026-11', key: process.env.OPSLAYER_KEY }] // openssl rand -base64 32
   */
  readonly encryptionKeys?: readonly EncryptionKey[]
  /** Where the host's handler is reached from outside, such as `https://app.example.com/ops`: for webhooks. */
  readonly publicUrl?: string
  /** Where plugins write, and what happens to webhooks and disconnects. @default nowhere */
  readonly logger?: PluginLogger
  /** What calls to addresses go out by that plugins and the host name. @default Node's */
  readonly fetch?: NetworkFetch
  /** Origins that plugins may call although they lie in a private network: `http://n8n.internal:5678`. @default none */
  readonly allowedOrigins?: readonly string[]
  /** A tracer of OpenTelemetry's, for the calls of plugins. @default none */
  readonly tracer?: HttpTracer
}

const publicUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .optional()

const quiet: PluginLogger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Wires what plugins work with. */
export function createConnectionEnv(
  options: PluginOptions,
  host: {
    readonly database: DatabaseInput | DatabaseRouter
    readonly databaseOf: (orgId: string) => Promise<OpenDatabase>
    readonly now: () => Date
  },
): { readonly env: ConnectionEnv; readonly outgoing: Outgoing } {
  const { plugins = [], encryptionKeys, logger = quiet, fetch, allowedOrigins, tracer } = options
  const { databaseOf, now } = host
  const publicUrl = checkInput(publicUrlSchema, options.publicUrl, ['publicUrl'])?.replace(/\/+$/, '')
  const outgoing = createOutgoing({ databaseOf, now, fetch, allowedOrigins, tracer })
  const given = encryptionKeys === undefined ? undefined : createKeyRing(encryptionKeys)
  let beside: Promise<KeyRing> | undefined
  const ring = async (): Promise<KeyRing> => {
    if (given !== undefined) return given
    beside ??= ringBeside(host.database)
    return await beside
  }
  const env: ConnectionEnv = {
    plugins: createPluginRegistry(plugins),
    vault: createVault(ring),
    fetchFor: outgoing.fetchFor,
    logged: outgoing.logged,
    logger,
    now,
    publicUrl: publicUrl === undefined ? undefined : (path) => `${publicUrl}/${path}`,
    refreshes: new Map(),
    reads: new Map(),
    manifests: new Map(),
  }
  return { env, outgoing }
}

async function ringBeside(database: DatabaseInput | DatabaseRouter): Promise<KeyRing> {
  if (typeof database === 'object' && 'kind' in database) return createKeyRing([await keyBeside(database.directory)])
  throw new OpsError(
    'ENCRYPTION_KEY_MISSING',
    'Credentials are kept encrypted, and there is no key. Give one: createOps({ encryptionKeys: [{ id, key }] }), made with: openssl rand -base64 32',
  )
}
