import type { BuiltInColumnTypeId } from '../values/built-in-types.ts'
import type { Json } from '../values/json.ts'
import type { Cost } from './cost.ts'
import type { OptionsLoaders } from './options-loader.ts'
import type { PluginContext } from './plugin-context.ts'
import type { ObjectSchema, OutputOf } from './schema.ts'

/** A column that a source can fill. */
export interface SourceColumn<RecordValue> {
  readonly name: string
  readonly type: BuiltInColumnTypeId
  readonly settings?: Readonly<Record<string, Json>>
  /** The cell, read as its column type reads input. */
  readonly from: (record: RecordValue) => Json | undefined
}

export interface PageQuery<Settings> {
  readonly settings: Settings
  /** What the page before gave as `nextCursor`; `undefined` for the first. */
  readonly cursor: string | undefined
  /** Only records changed at or after this moment, where the source says `incremental`. */
  readonly since: Date | undefined
}

export interface SourcePage {
  /** As the vendor gave them; each is checked by the source's `record`, and one that does not fit fails alone. */
  readonly records: readonly unknown[]
  /** Left out on the last page. Must differ from the cursor before. At most 4,000 characters. */
  readonly nextCursor?: string | undefined
}

/** Reads records of the vendor's, page by page, into rows. Loop, checkpoint, retry and limits are the engine's. */
export interface SourcePart<
  Id extends string,
  Credentials,
  Settings extends ObjectSchema,
  RecordSchema extends ObjectSchema,
> {
  /** Lower-case words joined by `_`, unique in the plugin; stored, so never changed. */
  readonly id: Id
  readonly name: string
  readonly description: string
  readonly settings?: Settings
  /** Names the fields that are read and keeps the rest: `z.looseObject`. */
  readonly record: RecordSchema
  /** What a record is recognised by when it comes again. At most 200 characters. */
  readonly key: (record: OutputOf<RecordSchema>) => string
  /** By column key, in the order of a new table. */
  readonly columns: Readonly<Record<string, SourceColumn<OutputOf<RecordSchema>>>>
  /** Whether `readPage` heeds `since`. @default false */
  readonly incremental?: boolean
  readonly cost?: Cost<OutputOf<Settings>>
  readonly options?: OptionsLoaders<Credentials, OutputOf<Settings>>
  /** Time for one page. @default 60000, at most 600000 */
  readonly timeoutMs?: number
  readonly readPage: (ctx: PluginContext<Credentials>, query: PageQuery<OutputOf<Settings>>) => Promise<SourcePage>
}

/** A source whose type parameters do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters are invariant; only `any` accepts every part
export type AnySourcePart = SourcePart<string, any, any, any>
