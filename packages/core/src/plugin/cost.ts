/** What a part spends at the vendor. Estimates, caps and budgets count with it. */
export interface Cost<Settings> {
  /** What is counted: `credit`, `usd`, `token`. One word, shown to people with the number. */
  readonly unit: string
  /** For each cell or row that is asked for, 0 to 1,000,000. */
  readonly perItem: number | ((settings: Settings) => number)
  /** Whether an outcome that is not `done` costs as well. @default false */
  readonly whenFailed?: boolean
}

/** How long an outcome may stand for an equal question, in every table of the org. */
export interface Cache<Inputs, Settings> {
  /** At most a year. */
  readonly ttlMs: number
  /** What makes two questions equal. @default all inputs and all settings */
  readonly key?: (inputs: Inputs, settings: Settings) => string
}
