export type { Json } from '../values/json.ts'
export type { ActionBatch, ActionPart, ActionRow, Idempotency } from './action-part.ts'
export {
  type Done,
  done,
  type Failed,
  failed,
  type Outcome,
  type Outcomes,
  type Skipped,
  skipped,
} from './cell-outcome.ts'
export type {
  BatchRun,
  CellQuestion,
  ColumnPart,
  PartCategory,
  TaskProgress,
  TaskRun,
  TaskSubmission,
} from './column-part.ts'
export type { Cache, Cost } from './cost.ts'
export {
  type ApiKeyMethod,
  apiKey,
  type CredentialMethod,
  type OAuth2Credentials,
  type OAuth2Method,
  oauth2,
} from './credential-method.ts'
export type {
  CrmAdapter,
  CrmChange,
  CrmObject,
  CrmProperty,
  CrmRecord,
  CrmWrite,
  CrmWriteOutcome,
} from './crm-adapter.ts'
export { definePlugin } from './define-plugin.ts'
export type { Form, FormChoice, FormField } from './form.ts'
export { type FormOptions, formOf } from './form-of.ts'
export type { FunctionPart } from './function-part.ts'
export type { FieldOption, OptionsLoaders, OptionsQuery } from './options-loader.ts'
export { type PartsFor, partsFor } from './parts-for.ts'
export type { AnyPlugin, ConnectionTest, NoParts, NoSettings, Plugin, PluginFacts, PluginParts } from './plugin.ts'
export type { PluginContext, PluginFetch, PluginLogger, PluginRequestInit } from './plugin-context.ts'
export { PluginError, type PluginErrorCode, type PluginErrorOptions } from './plugin-error.ts'
export type { RateLimit } from './rate-limit.ts'
export type { ObjectSchema, OutputOf, Schema } from './schema.ts'
export type { Secret } from './secret.ts'
export type { PageQuery, SourceColumn, SourcePage, SourcePart } from './source-part.ts'
export type { ValueOf, ValueType } from './value-type.ts'
export { type HmacSignatureOptions, hmacSignature, sharedSecret } from './verify-webhook.ts'
export type {
  VerifyWebhook,
  WebhookAnswer,
  WebhookEvent,
  WebhookPart,
  WebhookProof,
  WebhookRequest,
  WebhookVerdict,
} from './webhook-part.ts'
