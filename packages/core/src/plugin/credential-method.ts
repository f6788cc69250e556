import type { ObjectSchema, OutputOf, Schema } from './schema.ts'
import { type Secret, secretOf } from './secret.ts'

/** The request that headers are made for. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: URL
}

/** Headers for every call below the plugin's `baseUrl`; a signature may depend on the request. */
export type CredentialHeaders<Credentials> = (
  credentials: Credentials,
  request: OutgoingRequest,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>

/** Credentials that a person types in. Make it with {@link apiKey}. */
export interface ApiKeyMethod<Credentials> {
  readonly kind: 'api-key'
  /** What the choice between methods calls it. */
  readonly label: string
  readonly fields: Schema<Credentials>
  readonly headers?: CredentialHeaders<Credentials>
}

/** Credentials that the vendor hands out after a consent screen. Make it with {@link oauth2}. */
export interface OAuth2Method<Credentials> {
  readonly kind: 'oauth2'
  readonly label: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  /** Where a disconnect says so (RFC 7009). @default the vendor is not told */
  readonly revokeUrl?: string
  readonly clientId: string
  /** Of the host's app at the vendor. Left out for public clients. */
  readonly clientSecret?: Secret
  readonly scopes: readonly string[]
  /** Parameters for the consent screen: `access_type: 'offline'`. */
  readonly authorizeParams: Readonly<Record<string, string>>
  /** Proof Key for Code Exchange with S256. */
  readonly pkce: boolean
  /** How the token endpoint learns who the client is: in the form, or by HTTP Basic. */
  readonly clientAuthentication: 'form' | 'basic'
  /** How long a token lives whose answer does not say so. `null`: until it is refused. */
  readonly defaultLifetimeMs: number | null
  /** What of the vendor's token answer belongs to the credentials, beside the token. */
  readonly tokenFields?: ObjectSchema
  readonly headers: CredentialHeaders<Credentials>
}

export type CredentialMethod<Credentials> = ApiKeyMethod<Credentials> | OAuth2Method<Credentials>

/** A method whose credentials do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: credentials are invariant; only `any` accepts every method
export type AnyCredentialMethod = CredentialMethod<any>

/** What a plugin says of its credentials: one way to connect, a choice of several, or none. */
export type CredentialMethods = AnyCredentialMethod | readonly AnyCredentialMethod[] | undefined

/** What `ctx.credentials` is then: of any of the methods. */
export type CredentialsOf<Methods extends CredentialMethods> = Methods extends readonly (infer Method)[]
  ? CredentialsOfMethod<Method>
  : CredentialsOfMethod<Methods>

type CredentialsOfMethod<Method> = Method extends CredentialMethod<infer Credentials> ? Credentials : undefined

/** What a connection by OAuth 2 gives to `ctx.credentials`. Refreshing is none of the plugin's business. */
export interface OAuth2Credentials {
  readonly accessToken: string
}

type OAuth2CredentialsWith<Fields extends ObjectSchema | undefined> = OAuth2Credentials &
  (Fields extends ObjectSchema ? Readonly<OutputOf<Fields>> : unknown)

/**
 * Credentials that a person types in, one or several fields. Every field is secret unless its schema says
 * `meta({ secret: false })`.
 *
 * @example
 * apiKey({ fields: z.object({ key: z.string().min(20).meta({ title: 'API key' }) }), headers: ({ key }) => ({ authorization: `Bearer ${key}` }) })
 */
export function apiKey<const Fields extends ObjectSchema>(method: {
  readonly fields: Fields
  /** @default 'API key' */
  readonly label?: string
  readonly headers?: CredentialHeaders<OutputOf<Fields>>
}): ApiKeyMethod<OutputOf<Fields>> {
  const { fields, label = 'API key', headers } = method
  return Object.freeze({
    kind: 'api-key',
    label,
    fields: fields as Schema<OutputOf<Fields>>,
    ...(headers === undefined ? {} : { headers }),
  })
}

/**
 * Authorization code with PKCE. Tokens are kept, refreshed ahead of their end and revoked for the plugin; calls carry
 * `Authorization: Bearer …` unless `headers` says otherwise.
 *
 * @example
 * oauth2({
 *   authorizeUrl: 'https://app.hubspot.com/oauth/authorize', tokenUrl: 'https://api.hubapi.com/oauth/2026-03/token',
 *   clientId, clientSecret, scopes: ['crm.objects.contacts.read'], tokenFields: z.object({ hub_id: z.number() }),
 * })
 */
export function oauth2<const Fields extends ObjectSchema | undefined = undefined>(method: {
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly scopes: readonly string[]
  readonly revokeUrl?: string
  /** @default 'OAuth' */
  readonly label?: string
  readonly authorizeParams?: Readonly<Record<string, string>>
  /** @default true */
  readonly pkce?: boolean
  /** @default 'form' */
  readonly clientAuthentication?: 'form' | 'basic'
  /** @default null, until it is refused */
  readonly defaultLifetimeMs?: number | null
  readonly tokenFields?: Fields
  readonly headers?: CredentialHeaders<OAuth2CredentialsWith<Fields>>
}): OAuth2Method<OAuth2CredentialsWith<Fields>> {
  const { tokenFields, clientSecret, ...rest } = method
  return Object.freeze({
    label: 'OAuth',
    authorizeParams: {},
    pkce: true,
    clientAuthentication: 'form',
    defaultLifetimeMs: null,
    headers: ({ accessToken }: OAuth2Credentials) => ({ authorization: `Bearer ${accessToken}` }),
    ...rest,
    ...(clientSecret === undefined ? {} : { clientSecret: secretOf(clientSecret) }),
    ...(tokenFields === undefined ? {} : { tokenFields }),
    kind: 'oauth2',
  })
}
