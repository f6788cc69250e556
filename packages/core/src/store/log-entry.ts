import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../catalog/actor.ts'
import type { Org } from '../catalog/orgs.repository.ts'
import type { Json } from '../values/json.ts'
import { physical } from './physical-names.ts'

/** What a change did. */
export type ChangeKind = 'rows-inserted' | 'rows-updated' | 'rows-deleted' | 'rows-moved' | 'table' | 'column'

/** What led to a change, nearest first: a rule's run, the change that set it off, … */
export type Cause = readonly { readonly type: string; readonly id: string }[]

/** One thing that an actor did, however many entries of the change log it takes: the unit of undo. */
export interface Operation {
  readonly id: string
  /** `undo` and `redo` name the operation they take back or bring back. */
  readonly role: 'do' | 'undo' | 'redo'
  readonly target: string | null
  readonly cause: Cause | null
}

/** An entry's fixed part. Its row part is made by the write's own statement. */
export interface EntryHead {
  readonly operation: Operation
  /** Whether it is the first entry of the operation. */
  readonly head: boolean
  readonly kind: ChangeKind
  readonly tableId: string
  readonly actor: Actor
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
}

/** `insert into changes … select … from <from>`: for use in a `with` clause, after the rows are locked and written. */
export function insertEntry(
  org: Org,
  entry: EntryHead,
  rows: EntryRows,
  from: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { operation, head, kind, tableId, actor } = entry
  return sql`
    insert into ${physical.changes(org)}
      (operation, head, kind, role, target, table_id, actor_type, actor_id, cause, row_count, first_row, last_row, row_ids, before, after)
    select ${operation.id}, ${head}, ${kind}, ${operation.role}, ${operation.target}, ${tableId}, ${actor.type}, ${actor.id},
      ${operation.cause === null ? null : JSON.stringify(operation.cause)}::json,
      ${rows.count}, ${rows.first}, ${rows.last}, ${rows.ids}, ${rows.before}, ${rows.after}
    from ${from}`
}

/** An entry about a definition: `before` and `after` are whatever undo needs to swap them. */
export function insertDefinitionEntry(org: Org, entry: EntryHead, before: Json, after: Json): RawBuilder<unknown> {
  const none = sql`null`
  return insertEntry(
    org,
    entry,
    {
      count: sql`0`,
      first: none,
      last: none,
      ids: none,
      before: sql`${JSON.stringify(before)}::json`,
      after: sql`${JSON.stringify(after)}::json`,
    },
    sql`(values (1)) as one`,
  )
}
