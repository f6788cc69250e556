import type { Change } from '@opslayer/core'

/** What a client learns of one change: enough to know which of its rows to read anew. */
export interface LiveChange {
  /** Its place in the change log, as text. */
  readonly seq: string
  readonly kind: Change['kind']
  readonly tableId: string
  /** The operation it is part of: the one that the client's own write gave back, if it was its own. */
  readonly operation: string
  readonly actor: Change['actor']
  /** Ids of the rows; null for more than 1,000, and where the client may not know them. */
  readonly rows: readonly string[] | null
  /** Ids of the columns whose cells or definition changed; null where whole rows came, went or moved. */
  readonly columns: readonly string[] | null
}

export type LiveEvent =
  /** The first event of a stream that does not resume one: what is read from here on, later events keep fresh. */
  | { readonly type: 'ready' }
  | { readonly type: 'changes'; readonly changes: readonly LiveChange[] }
  /** Too much was missed to be told: read everything shown anew. Later events go on from here. */
  | { readonly type: 'resync' }

/** Rows that one change names at most. */
const maxRows = 1_000

export function liveChangeOf({ seq, kind, tableId, operation, actor, rowCount, rowIds, columns }: Change): LiveChange {
  return { seq, kind, tableId, operation, actor, rows: rowCount > maxRows ? null : idsOf(rowIds), columns }
}

function idsOf(rows: Change['rowIds']): readonly string[] {
  if ('ids' in rows) return rows.ids
  const first = BigInt(rows.first)
  return Array.from({ length: Number(BigInt(rows.last) - first) + 1 }, (_, place) => String(first + BigInt(place)))
}
