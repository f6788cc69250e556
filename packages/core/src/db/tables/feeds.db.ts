import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

type JsonColumn<T> = ColumnType<T, string, string>

/** Which column of a source goes into which column of the table. */
export interface FeedColumn {
  /** Of the source. */
  readonly key: string
  readonly columnId: string
  /** Whether the feed made the column, and so may add options to it. */
  readonly made: boolean
}

/** What becomes of rows whose record is gone at the vendor. */
export type GoneRows = 'keep' | 'delete'

/** A source that is read into a table again and again. */
export interface FeedsTable {
  org_id: string
  id: string
  table_id: string
  name: string
  plugin: string
  part: string
  connection_id: string | null
  settings: JsonColumn<Json>
  columns: JsonColumn<readonly FeedColumn[]>
  gone: GoneRows
  /** Whether records that come by webhook become rows. */
  listens: boolean
  /** When the last sync began that came to its end; null before that. */
  since: string | null
  /** The latest run of it. */
  run_id: string | null
  created_at: Generated<string>
  created_by: string
}

export type FeedRecord = Selectable<FeedsTable>
