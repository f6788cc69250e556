/** What was found out about a file or a column, and from what. */
export interface Evidence {
  /** What it is about: `kind`, `encoding`, `delimiter`, `header`, `type`, `dateOrder` … */
  readonly about: string
  /** A sentence for people. */
  readonly because: string
}
