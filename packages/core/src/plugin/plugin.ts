import type { ActionPart, AnyActionPart } from './action-part.ts'
import type { AnyColumnPart, ColumnPart } from './column-part.ts'
import type { AnyCredentialMethod } from './credential-method.ts'
import type { CrmAdapter } from './crm-adapter.ts'
import type { FunctionPart } from './function-part.ts'
import type { PluginContext } from './plugin-context.ts'
import type { RateLimit } from './rate-limit.ts'
import type { ObjectSchema, Schema } from './schema.ts'
import type { AnySourcePart, SourcePart } from './source-part.ts'
import type { TypeMessage } from './type-message.ts'
import type { ValueType } from './value-type.ts'
import type { AnyWebhookPart, WebhookPart } from './webhook-part.ts'

/** What a connection turned out to be when it was tested. */
export interface ConnectionTest {
  /** Whose account at the vendor it is; webhooks of an app are shared out by `id`. */
  readonly account?: { readonly id: string; readonly name?: string }
}

/** What a plugin is, beside its credentials and parts. */
export interface PluginFacts<Id extends string, Credentials> {
  /** Lower-case words joined by `_`, at most 40 characters; stored, so never changed. */
  readonly id: Id
  /** Of the plugin, by semver. Runs and cells remember it. */
  readonly version: string
  readonly name: string
  readonly description?: string
  /** Where its users read on. */
  readonly docsUrl?: string
  /** What paths given to `ctx.fetch` continue. A function where users name a server of their own. */
  readonly baseUrl?: string | ((credentials: Credentials) => string)
  /** @default [] */
  readonly rateLimits?: readonly RateLimit[]
  /**
   * The cheapest call that tells good credentials from bad; throws `CREDENTIALS_REFUSED` for bad ones. Wanted wherever
   * there are credentials.
   */
  readonly test?: (ctx: PluginContext<Credentials>) => Promise<ConnectionTest>
}

/** The parts of a plugin by id. */
export interface PluginParts {
  readonly columnTypes: Readonly<Record<string, AnyColumnPart>>
  readonly sources: Readonly<Record<string, AnySourcePart>>
  readonly actions: Readonly<Record<string, AnyActionPart>>
  readonly webhooks: Readonly<Record<string, AnyWebhookPart>>
}

/** A plugin without parts. */
export interface NoParts {
  readonly columnTypes: Nothing
  readonly sources: Nothing
  readonly actions: Nothing
  readonly webhooks: Nothing
}

type Nothing = Readonly<Record<never, never>>

type WithPart<Parts extends PluginParts, Kind extends keyof PluginParts, Id extends string, Part> = {
  readonly [K in keyof Parts]: K extends Kind ? Parts[K] & { readonly [I in Id]: Part } : Parts[K]
}

/** The id, or a message in its place if the plugin has a part of the kind with it. */
type FreshId<Taken, Id extends string> = Id extends keyof Taken
  ? TypeMessage<`This plugin has a part "${Id}" already. Give this one another id.`>
  : unknown

/** What settings are where a part has none. */
export type NoSettings = Schema<Nothing>

/** What a plugin holds, without the methods that add to it. */
export interface PluginContent<Id extends string, Credentials, Parts extends PluginParts> {
  readonly id: Id
  readonly version: string
  readonly facts: PluginFacts<Id, Credentials>
  /** The ways to connect; none where there is nothing to connect. */
  readonly methods: readonly AnyCredentialMethod[]
  readonly parts: Parts
  readonly adapter: CrmAdapter<Credentials> | undefined
  /** What formulas may call once the host has the plugin. */
  readonly functions: readonly FunctionPart[]
}

/**
 * A plugin. Each method gives a new plugin with one part more, so parts may be added in any order and a plugin can be
 * extended by a host.
 */
export interface Plugin<Id extends string, Credentials, Parts extends PluginParts = NoParts>
  extends PluginContent<Id, Credentials, Parts> {
  /** @throws OpsError `PLUGIN_INVALID` */
  columnType<
    const PartId extends string,
    Inputs extends ObjectSchema,
    const Type extends ValueType,
    Settings extends ObjectSchema = NoSettings,
  >(
    part: ColumnPart<PartId, Credentials, Settings, Inputs, Type> & {
      readonly id: FreshId<Parts['columnTypes'], PartId>
    },
  ): Plugin<
    Id,
    Credentials,
    WithPart<Parts, 'columnTypes', PartId, ColumnPart<PartId, Credentials, Settings, Inputs, Type>>
  >

  /** @throws OpsError `PLUGIN_INVALID` */
  source<const PartId extends string, RecordSchema extends ObjectSchema, Settings extends ObjectSchema = NoSettings>(
    part: SourcePart<PartId, Credentials, Settings, RecordSchema> & { readonly id: FreshId<Parts['sources'], PartId> },
  ): Plugin<
    Id,
    Credentials,
    WithPart<Parts, 'sources', PartId, SourcePart<PartId, Credentials, Settings, RecordSchema>>
  >

  /** @throws OpsError `PLUGIN_INVALID` */
  action<
    const PartId extends string,
    Inputs extends ObjectSchema,
    Output extends ObjectSchema,
    Settings extends ObjectSchema = NoSettings,
  >(
    part: ActionPart<PartId, Credentials, Settings, Inputs, Output> & {
      readonly id: FreshId<Parts['actions'], PartId>
    },
  ): Plugin<
    Id,
    Credentials,
    WithPart<Parts, 'actions', PartId, ActionPart<PartId, Credentials, Settings, Inputs, Output>>
  >

  /** @throws OpsError `PLUGIN_INVALID` */
  webhook<const PartId extends string>(
    part: WebhookPart<PartId, Credentials> & { readonly id: FreshId<Parts['webhooks'], PartId> },
  ): Plugin<Id, Credentials, WithPart<Parts, 'webhooks', PartId, WebhookPart<PartId, Credentials>>>

  /** One a plugin. @throws OpsError `PLUGIN_INVALID` */
  crm(adapter: CrmAdapter<Credentials>): Plugin<Id, Credentials, Parts>

  /**
   * A function for formulas; the host has it checked and tried when it makes its `createOps`.
   *
   * @throws OpsError `PLUGIN_INVALID` if its name does not begin with the plugin's id in capitals
   */
  formulaFunction(part: FunctionPart): Plugin<Id, Credentials, Parts>
}

/**
 * A plugin whose type parameters do not matter to the reader; what `createOps` takes. Content alone: comparing the
 * methods of fifty plugins would cost the compiler more than everything else.
 */
// biome-ignore lint/suspicious/noExplicitAny: credentials are invariant; only `any` accepts every plugin
export type AnyPlugin = PluginContent<string, any, PluginParts>
