import type { Outcome, Outcomes } from './cell-outcome.ts'
import type { Cost } from './cost.ts'
import type { OptionsLoaders } from './options-loader.ts'
import type { PluginContext } from './plugin-context.ts'
import type { ObjectSchema, OutputOf } from './schema.ts'

/**
 * What a call that was cut off before its answer may have done, and so what the engine does after a crash:
 * - `idempotent`: done twice is done once; the call is repeated
 * - `keyed`: the vendor recognises `idempotencyKey`; the call is repeated with the same key
 * - `at-most-once`: the call is not repeated; the row fails with `OUTCOME_UNKNOWN` for a person to look at
 */
export type Idempotency = 'idempotent' | 'keyed' | 'at-most-once'

/** One row that an action is for. */
export interface ActionRow<Inputs> {
  readonly key: string
  readonly inputs: Inputs
  /** The same whenever this row of this run is tried again; different for every other. */
  readonly idempotencyKey: string
}

export interface ActionBatch<Credentials, Settings, Inputs, Output> {
  /** Most rows of one call, 1 to 1,000. */
  readonly maxRows: number
  readonly run: (
    ctx: PluginContext<Credentials>,
    batch: {
      readonly rows: readonly ActionRow<Inputs>[]
      readonly settings: Settings
      /** Of the call as a whole. */
      readonly idempotencyKey: string
    },
  ) => Promise<Outcomes<Output>>
}

/** Does something for rows in the outside world. Give it `row`, `batch` or both. */
export interface ActionPart<
  Id extends string,
  Credentials,
  Settings extends ObjectSchema,
  Inputs extends ObjectSchema,
  Output extends ObjectSchema,
> {
  /** Lower-case words joined by `_`, unique in the plugin; stored, so never changed. */
  readonly id: Id
  readonly name: string
  readonly description: string
  /** What is the same for all rows: the campaign, the channel. */
  readonly settings?: Settings
  /** What is read from cells of the row. */
  readonly inputs: Inputs
  /** What comes back for each row and can be written to columns. */
  readonly output: Output
  readonly idempotency: Idempotency
  readonly cost?: Cost<OutputOf<Settings>>
  readonly options?: OptionsLoaders<Credentials, OutputOf<Settings>>
  /** Time for one call of a function below. @default 60000, at most 600000 */
  readonly timeoutMs?: number
  readonly row?: (
    ctx: PluginContext<Credentials>,
    row: {
      readonly inputs: OutputOf<Inputs>
      readonly settings: OutputOf<Settings>
      readonly idempotencyKey: string
    },
  ) => Promise<Outcome<OutputOf<Output>>>
  readonly batch?: ActionBatch<Credentials, OutputOf<Settings>, OutputOf<Inputs>, OutputOf<Output>>
}

/** An action whose type parameters do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters are invariant; only `any` accepts every part
export type AnyActionPart = ActionPart<string, any, any, any, any>
