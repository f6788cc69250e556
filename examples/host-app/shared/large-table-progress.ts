/** How far the large table of an org is. */
export interface LargeTableProgress {
  readonly state: 'none' | 'loading' | 'done' | 'failed'
  readonly rows: number
  readonly of: number
  readonly tableId: string | null
  /** Why it failed. */
  readonly reason?: string
}
