/** A cell that a search found. */
export interface FoundCell {
  readonly rowId: string
  readonly columnId: string
}
