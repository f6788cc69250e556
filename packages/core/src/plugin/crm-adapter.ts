import type { Json } from '../values/json.ts'
import type { PluginContext } from './plugin-context.ts'
import type { WebhookEvent } from './webhook-part.ts'

/** The objects that opslayer keeps an index of. */
export type CrmObject = 'contact' | 'company' | 'deal'

/** A record of the CRM's. Values are as its API gives them. */
export interface CrmRecord {
  readonly id: string
  readonly properties: Readonly<Record<string, Json>>
  /** By the vendor's clock: the later writer wins. */
  readonly updatedAt: Date
  readonly deleted?: boolean
  /** Ids of records that this one is tied to. */
  readonly associations?: Readonly<Partial<Record<CrmObject, readonly string[]>>>
}

/** A field of an object in the CRM. */
export interface CrmProperty {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'option' | 'options' | 'owner' | 'stage'
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly readOnly: boolean
  /** Whether a record can be found by it. */
  readonly unique: boolean
}

/** One record to be made or changed. */
export interface CrmWrite {
  readonly key: string
  /** Left out to make one. */
  readonly id?: string
  readonly properties: Readonly<Record<string, Json>>
}

export type CrmWriteOutcome =
  | { readonly status: 'done'; readonly record: CrmRecord }
  | { readonly status: 'failed'; readonly code: string; readonly message: string; readonly retryable: boolean }

/** What the events of a webhook say about records; values may be missing, then the record is read. */
export interface CrmChange {
  readonly object: CrmObject
  readonly id: string
  readonly at: Date
  readonly kind: 'changed' | 'deleted' | 'merged'
  readonly properties?: Readonly<Record<string, Json>>
  /** For `merged`: the record that stays. */
  readonly into?: string
}

/** How opslayer keeps in step with a CRM. */
export interface CrmAdapter<Credentials> {
  readonly objects: readonly CrmObject[]
  /** Fields of an object, standard and custom. */
  readonly properties: (ctx: PluginContext<Credentials>, object: CrmObject) => Promise<readonly CrmProperty[]>
  /** One page of all records, by the listing and not the search of the vendor. */
  readonly readPage: (
    ctx: PluginContext<Credentials>,
    query: {
      readonly object: CrmObject
      readonly properties: readonly string[]
      readonly cursor: string | undefined
      readonly since: Date | undefined
    },
  ) => Promise<{ readonly records: readonly CrmRecord[]; readonly nextCursor?: string | undefined }>
  /** Records by id; those that are gone are left out. */
  readonly readMany: {
    readonly maxRecords: number
    readonly run: (
      ctx: PluginContext<Credentials>,
      query: {
        readonly object: CrmObject
        readonly ids: readonly string[]
        readonly properties: readonly string[]
      },
    ) => Promise<readonly CrmRecord[]>
  }
  readonly write: {
    readonly maxRecords: number
    readonly run: (
      ctx: PluginContext<Credentials>,
      batch: { readonly object: CrmObject; readonly writes: readonly CrmWrite[] },
    ) => Promise<Iterable<readonly [key: string, outcome: CrmWriteOutcome]>>
  }
  /** What an event of the plugin's webhooks means for records. */
  readonly changes?: (event: Extract<WebhookEvent, { readonly kind: 'event' }>) => readonly CrmChange[]
}
