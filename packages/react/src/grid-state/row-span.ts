/** Rows from `first` to `last`, both included. */
export interface RowSpan {
  readonly first: number
  readonly last: number
}
