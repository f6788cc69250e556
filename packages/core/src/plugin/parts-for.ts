import type { ActionPart } from './action-part.ts'
import type { ColumnPart } from './column-part.ts'
import type { CredentialMethods, CredentialsOf } from './credential-method.ts'
import type { CrmAdapter } from './crm-adapter.ts'
import type { NoSettings } from './plugin.ts'
import type { ObjectSchema } from './schema.ts'
import type { SourcePart } from './source-part.ts'
import type { ValueType } from './value-type.ts'
import type { WebhookPart } from './webhook-part.ts'

/** Makes parts in files of their own, with the credentials of their plugin. */
export interface PartsFor<Credentials> {
  columnType<
    const Id extends string,
    Inputs extends ObjectSchema,
    const Type extends ValueType,
    Settings extends ObjectSchema = NoSettings,
  >(part: ColumnPart<Id, Credentials, Settings, Inputs, Type>): ColumnPart<Id, Credentials, Settings, Inputs, Type>
  source<const Id extends string, RecordSchema extends ObjectSchema, Settings extends ObjectSchema = NoSettings>(
    part: SourcePart<Id, Credentials, Settings, RecordSchema>,
  ): SourcePart<Id, Credentials, Settings, RecordSchema>
  action<
    const Id extends string,
    Inputs extends ObjectSchema,
    Output extends ObjectSchema,
    Settings extends ObjectSchema = NoSettings,
  >(part: ActionPart<Id, Credentials, Settings, Inputs, Output>): ActionPart<Id, Credentials, Settings, Inputs, Output>
  webhook<const Id extends string>(part: WebhookPart<Id, Credentials>): WebhookPart<Id, Credentials>
  crm(adapter: CrmAdapter<Credentials>): CrmAdapter<Credentials>
}

/**
 * For plugins of several files: parts that are inferred where they stand, and added to the plugin by
 * `.columnType(part)`, which checks them.
 *
 * @param _credentials what `definePlugin` gets; read for its type alone
 *
 * @example
 * // api.ts
 * export const credentials = apiKey({ fields: z.object({ key: z.string() }) })
 * export const part = partsFor(credentials)
 * // columns/verification.ts
 * export const verification = part.columnType({ id: 'verification', … })
 */
export function partsFor<const Methods extends CredentialMethods = undefined>(
  _credentials?: Methods,
): PartsFor<CredentialsOf<Methods>> {
  const same = <Part>(part: Part): Part => part
  return { columnType: same, source: same, action: same, webhook: same, crm: same }
}
