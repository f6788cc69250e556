import type { CallOptions } from '../db/transaction.ts'
import type { FieldOption } from '../plugin/options-loader.ts'
import type { PluginManifest } from '../plugin/plugin-manifest.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { Connection, ConnectionName } from './connection.ts'
import type { ConnectInput, ConnectionsQuery } from './connections.service.ts'
import type { OptionsInput } from './load-options.ts'
import type { OAuthBeginning, OAuthInput } from './oauth/begin-oauth.ts'
import type { Delivery } from './webhooks/deliveries.service.ts'
import type { VendorEvent } from './webhooks/events.service.ts'
import type { HookAddress } from './webhooks/subscribe.ts'

/** What the host's plugins have: parts, and forms for their settings and credentials. */
export interface PluginsApi {
  list(options?: ListOptions): Promise<Page<PluginManifest>>
  /**
   * Choices for a `dynamic` field of a part's settings, asked of the vendor; at most 1,000.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `PLUGIN_FAILED`, `CREDENTIALS_REFUSED`
   */
  options(input: OptionsInput, options?: CallOptions): Promise<readonly FieldOption[]>
}

/**
 * The org's credentials for plugins, several for each if wanted. Encrypted, and never given back: a connection shows
 * whose account it is and the last characters of a key.
 */
export interface ConnectionsApi {
  /**
   * Tries credentials that a person typed and keeps them.
   *
   * @throws OpsError `CREDENTIALS_REFUSED` if the vendor refuses them; `NOT_FOUND`, `INVALID_INPUT`, `LIMIT_EXCEEDED`,
   * `ENCRYPTION_KEY_MISSING`, `VENDOR_UNAVAILABLE`
   */
  connect(input: ConnectInput, options?: CallOptions): Promise<Connection>
  /**
   * Sends a person to a vendor's consent screen; `ops.finishOAuth` takes what comes back.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `ENCRYPTION_KEY_MISSING`
   */
  beginOAuth(input: OAuthInput, options?: CallOptions): Promise<OAuthBeginning>
  /**
   * Asks the vendor whether the credentials are good, and notes what it says: look at the `state`.
   *
   * @throws OpsError `NOT_FOUND`, `VENDOR_UNAVAILABLE`, `PLUGIN_FAILED` if it could not be asked
   */
  test(connectionId: string, options?: CallOptions): Promise<Connection>
  /**
   * Gives a connection other credentials, tried first; what uses it goes on. For OAuth: `beginOAuth` with its id.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `CREDENTIALS_REFUSED`
   */
  reconnect(
    connectionId: string,
    input: Pick<ConnectInput, 'method' | 'credentials'>,
    options?: CallOptions,
  ): Promise<Connection>
  /** @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
  rename(connectionId: string, name: string, options?: CallOptions): Promise<Connection>
  /**
   * Removes a connection with its credentials and what came by its webhooks. Tells the vendor where it can.
   *
   * @throws OpsError `NOT_FOUND`
   */
  disconnect(connectionId: string, options?: CallOptions): Promise<void>
  /** @throws OpsError `NOT_FOUND` */
  get(connectionId: string, options?: CallOptions): Promise<Connection>
  /** All connections, or those of a plugin. */
  list(query?: ConnectionsQuery): Promise<Page<Connection>>
  /** Names and ids of connections, for who chooses one and may not manage them. */
  names(query?: ConnectionsQuery): Promise<Page<ConnectionName>>
  /**
   * Where the vendor reaches the connection's webhooks; subscribes those that the plugin can.
   *
   * @throws OpsError `NOT_FOUND`, `UNSUPPORTED` without `publicUrl`, what the vendor says to a subscription
   */
  webhooks(connectionId: string, options?: CallOptions): Promise<readonly HookAddress[]>
  /** What came by the connection's webhooks, the newest first, without its content. @throws OpsError `NOT_FOUND` */
  deliveries(connectionId: string, options?: ListOptions): Promise<Page<Delivery>>
  /** Has a delivery that has failed dealt with once more. @throws OpsError `NOT_FOUND` */
  retryDelivery(connectionId: string, deliveryId: string, options?: CallOptions): Promise<void>
  /** What happened at the vendor in the last 30 days, as its webhooks told it, the newest first. @throws OpsError `NOT_FOUND` */
  events(connectionId: string, options?: ListOptions): Promise<Page<VendorEvent>>
}
