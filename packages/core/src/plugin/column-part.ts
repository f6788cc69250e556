import type { Json } from '../values/json.ts'
import type { Outcome, Outcomes } from './cell-outcome.ts'
import type { Cache, Cost } from './cost.ts'
import type { OptionsLoaders } from './options-loader.ts'
import type { PluginContext } from './plugin-context.ts'
import type { ObjectSchema, OutputOf } from './schema.ts'
import type { ValueOf, ValueType } from './value-type.ts'

/** What a column part is for. */
export type PartCategory = 'ai' | 'enrich' | 'verify' | 'crm' | 'outreach'

/** One cell that is asked for. */
export interface CellQuestion<Inputs> {
  /** Names the cell within the call; outcomes come back under it. */
  readonly key: string
  readonly inputs: Inputs
}

/** A few cells in one call of the vendor. */
export interface BatchRun<Credentials, Settings, Inputs, Value> {
  /** Most cells of one call, 1 to 1,000. */
  readonly maxCells: number
  readonly run: (
    ctx: PluginContext<Credentials>,
    batch: { readonly cells: readonly CellQuestion<Inputs>[]; readonly settings: Settings },
  ) => Promise<Outcomes<Value>>
}

/** Where a task at the vendor stands. */
export type TaskProgress =
  /** @param afterMs when to ask again @default the task's `pollEveryMs` */
  | { readonly status: 'running'; readonly afterMs?: number; readonly progress?: number; readonly state?: Json }
  | { readonly status: 'finished'; readonly state?: Json }
  /**
   * The task is lost: all its cells fail with this. `retryable`: they may be submitted again.
   *
   * @param cost what each cell has cost all the same @default as much as one that is done: it was submitted
   */
  | {
      readonly status: 'failed'
      readonly code: string
      readonly message: string
      readonly retryable: boolean
      readonly cost?: number
    }

/**
 * Work at the vendor that takes minutes or hours: submitted, asked about, collected. What is remembered in between
 * survives the process; cells and settings are given again each time.
 */
export interface TaskRun<Credentials, Settings, Inputs, Value> {
  /** Fewer cells go by `cell` or `batch`. @default 1 */
  readonly minCells?: number
  /** Most cells of one task, up to 50,000. */
  readonly maxCells: number
  /** Whether tasks serve these settings at all. @default true */
  readonly when?: (settings: Settings) => boolean
  /** @default 10000, at least 1000 */
  readonly pollEveryMs?: number
  /** After which the task counts as lost. @default 86400000, a day */
  readonly giveUpAfterMs?: number
  readonly submit: (
    ctx: PluginContext<Credentials>,
    task: {
      readonly cells: readonly CellQuestion<Inputs>[]
      readonly settings: Settings
      /** The same whenever this submission is tried again. */
      readonly idempotencyKey: string
      /**
       * Where the vendor may report the end, to the plugin's webhook of the id given: unguessable, of this connection. Its event of
       * the kind `task` with the submission's `ref` saves the wait for the next poll. undefined where no vendor can reach the
       * host: the task is polled all the same.
       */
      readonly callbackUrl: (webhook: string) => string | undefined
    },
  ) => Promise<TaskSubmission<Value>>
  readonly poll: (
    ctx: PluginContext<Credentials>,
    task: { readonly state: Json; readonly settings: Settings },
  ) => Promise<TaskProgress>
  /** One page of results; called until there is no `nextCursor`. Cells without an outcome have failed then. */
  readonly collect: (
    ctx: PluginContext<Credentials>,
    task: {
      readonly state: Json
      readonly cells: readonly CellQuestion<Inputs>[]
      readonly settings: Settings
      readonly cursor: string | undefined
    },
  ) => Promise<{ readonly outcomes: Outcomes<Value>; readonly nextCursor?: string | undefined }>
}

export interface TaskSubmission<Value> {
  /** What finds the task again: up to 16 KB of JSON, no secret. */
  readonly state: Json
  /** The vendor's name for the task, by which a webhook wakes it. */
  readonly ref?: string
  /** Cells whose outcome is known already: refused, duplicate. */
  readonly outcomes?: Outcomes<Value>
}

/**
 * A column whose cells a plugin obtains. Give it at least one of `cell`, `batch` and `task`; of those that fit, the
 * one that takes the most cells is used.
 */
export interface ColumnPart<
  Id extends string,
  Credentials,
  Settings extends ObjectSchema,
  Inputs extends ObjectSchema,
  Type extends ValueType,
> {
  /** Lower-case words joined by `_`, unique in the plugin; stored as `<plugin>.<id>`, so never changed. */
  readonly id: Id
  readonly name: string
  /** One sentence for the palette. */
  readonly description: string
  /** The heading of the palette that it stands under. @default 'enrich' */
  readonly category?: PartCategory
  /** What a user decides once for the column. @default nothing */
  readonly settings?: Settings
  /** What is read from other cells of the row. Required fields that are empty make the cell `skipped`. */
  readonly inputs: Inputs
  readonly value: Type
  /** Who answers. @default the plugin's name */
  readonly provider?: string
  readonly cost?: Cost<OutputOf<Settings>>
  readonly cache?: Cache<OutputOf<Inputs>, OutputOf<Settings>>
  readonly options?: OptionsLoaders<Credentials, OutputOf<Settings>>
  /** Time for one call of a function below. @default 60000, at most 600000 */
  readonly timeoutMs?: number
  readonly cell?: (
    ctx: PluginContext<Credentials>,
    question: { readonly inputs: OutputOf<Inputs>; readonly settings: OutputOf<Settings> },
  ) => Promise<Outcome<ValueOf<Type>>>
  readonly batch?: BatchRun<Credentials, OutputOf<Settings>, OutputOf<Inputs>, ValueOf<Type>>
  readonly task?: TaskRun<Credentials, OutputOf<Settings>, OutputOf<Inputs>, ValueOf<Type>>
}

/** A column part whose type parameters do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters are invariant; only `any` accepts every part
export type AnyColumnPart = ColumnPart<string, any, any, any, any>
