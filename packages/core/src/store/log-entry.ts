import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../catalog/actor.ts'
import type { Org } from '../catalog/orgs.repository.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { Json } from '../values/json.ts'
import { physical } from './physical-names.ts'

/** What a change did. */
export type ChangeKind =
  | 'rows-inserted'
  | 'rows-updated'
  | 'rows-deleted'
  | 'rows-moved'
  /** Formulas were computed anew though nobody changed what they read: never undone, in no history. */
  | 'rows-computed'
  | 'table'
  | 'column'
  | 'view'

/** What led to a change, nearest first: a rule's run, the change that set it off, … */
export type Cause = readonly { readonly type: string; readonly id: string }[]

/** What an operation is to another one: new work, or its taking back, or its bringing back. */
export type OperationRole = 'do' | 'undo' | 'redo'

/** One thing that an actor did, however many entries of the change log it takes: the unit of undo. */
export interface Operation {
  readonly id: string
  readonly role: OperationRole
  /** The operation that an undo or redo takes back; a redo takes back an undo. */
  readonly target: string | null
  readonly cause: Cause | null
}

/** An entry's fixed part. Its row part is made by the write's own statement. */
export interface EntryHead {
  readonly operation: Operation
  /** Whether nothing of the operation was logged yet, as far as the caller knows. */
  readonly head: boolean
  readonly kind: ChangeKind
  readonly tableId: string
  readonly actor: Actor
  /** The entry of the target that has been taken back once this one is written. */
  readonly reverts?: string | null
}

/** The row part of an entry, as SQL over the aggregate that the statement made. */
export interface EntryRows {
  readonly count: RawBuilder<unknown>
  readonly first: RawBuilder<unknown>
  readonly last: RawBuilder<unknown>
  /** null where the ids are a whole range. */
  readonly ids: RawBuilder<unknown>
  readonly before: RawBuilder<unknown>
  readonly after: RawBuilder<unknown>
  /** Columns whose cells were written. */
  readonly columns?: readonly Pick<ColumnDefinition, 'id' | 'number'>[]
  /** Ids of the formulas' columns that were computed anew with them. */
  readonly computed?: readonly string[] | undefined
}

/**
 * `insert into changes … select … from <from>`: for use in a `with` clause, after the rows are locked and written.
 *
 * Readers of the log rely on the writer having a transaction id before it draws its `seq`; locking or writing a row
 * gives it one.
 */
export function insertEntry(
  org: Org,
  entry: EntryHead,
  rows: EntryRows,
  from: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return insertEntryOf(org, headSql(org, entry), rows, from)
}

/** The same with the fixed part as SQL, in the order of its columns. */
export function insertEntryOf(
  org: Org,
  head: RawBuilder<unknown>,
  rows: EntryRows,
  from: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    insert into ${physical.changes(org)}
      (operation, head, kind, role, target, table_id, actor_type, actor_id, cause, reverts, row_count, first_row, last_row, row_ids,
        column_ids, column_numbers, computed_ids, before, after)
    select ${head}, ${rows.count}, ${rows.first}, ${rows.last}, ${rows.ids},
      ${columnsSql(rows.columns)}, ${computedSql(rows.computed)}, ${rows.before}, ${rows.after}
    from ${from}`
}

function headSql(org: Org, entry: EntryHead): RawBuilder<unknown> {
  const { operation, kind, tableId, actor, reverts = null } = entry
  return sql`${operation.id}, ${headOf(org, entry)}, ${kind}, ${operation.role}, ${operation.target}, ${tableId}, ${actor.type}, ${actor.id},
      ${operation.cause === null ? null : JSON.stringify(operation.cause)}::json, ${reverts}::bigint`
}

/** What was logged may have been rolled back to a savepoint since, so the log itself is asked. */
function headOf(org: Org, { head, operation, kind }: EntryHead): RawBuilder<unknown> {
  // What nobody did is no operation to be taken back.
  if (kind === 'rows-computed') return sql`false`
  if (head) return sql`true`
  return sql`not exists (select 1 from ${physical.changes(org)} as earlier where earlier.operation = ${operation.id} and earlier.head)`
}

function columnsSql(columns: EntryRows['columns']): RawBuilder<unknown> {
  if (columns === undefined) return sql`null, null`
  return sql`${columns.map(({ id }) => id)}::text[], ${columns.map(({ number }) => number)}::int[]`
}

function computedSql(ids: EntryRows['computed']): RawBuilder<unknown> {
  return ids === undefined ? sql`null` : sql`${[...ids]}::text[]`
}

/** An entry about a definition: `before` and `after` are whatever undo needs to swap them. */
export function insertDefinitionEntry(
  org: Org,
  entry: EntryHead,
  before: Json,
  after: Json,
  columns?: EntryRows['columns'],
): RawBuilder<unknown> {
  return insertEntry(
    org,
    entry,
    {
      ...noRows,
      before: sql`${JSON.stringify(before)}::json`,
      after: sql`${JSON.stringify(after)}::json`,
      ...(columns !== undefined && { columns }),
    },
    withTransactionId,
  )
}

/** An entry that says that nothing could be taken back of the one it names. */
export function insertEmptyEntry(org: Org, entry: EntryHead): RawBuilder<unknown> {
  return insertEntry(org, entry, { ...noRows, before: sql`null`, after: sql`null` }, withTransactionId)
}

const none = sql`null`
const noRows = { count: sql`0`, first: none, last: none, ids: none }
const withTransactionId = sql`(values (1)) as one where pg_current_xact_id() is not null`
