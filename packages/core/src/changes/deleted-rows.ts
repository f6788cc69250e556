import * as z from 'zod'
import type { Actor } from '../catalog/actor.ts'
import { limits } from '../catalog/limits.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { say } from '../sentences/say.ts'
import { type DeletedRecord, deletedRows, nextDeletion, type TrashPlace } from '../store/change-log.trash.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { type Row, rowDecoder } from '../store/row.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'

/** A row that was deleted and can be restored, as it was. */
export interface DeletedRow extends Row {
  /** ISO 8601. */
  readonly deletedAt: string
  readonly deletedBy: Pick<Actor, 'type' | 'id'>
  /** The deletion, for `undoOperation`. */
  readonly operation: string
}

const cursorPattern = /^(\d{1,19}):(\d{1,19})$/

const listSchema = z.object({
  cursor: z.string().regex(cursorPattern, say('The cursor is not one that this list gave.')).optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).optional(),
})

/** Deletions looked at for one page: a page may be short, or even empty, and yet not be the last. */
const deletionsPerPage = 50

/** Deleted rows that the change log still keeps, the latest deletion first. */
export async function listDeletedRows(
  session: OrgSession,
  tableId: string,
  options: ListOptions = {},
): Promise<Page<DeletedRow>> {
  const { cursor, limit = 100 } = checkInput(listSchema, { cursor: options.cursor, limit: options.limit })
  const callOptions: CallOptions = { signal: options.signal, timeoutMs: options.timeoutMs }
  return await session.readTable(tableId, callOptions, async (work) => {
    const items: DeletedRow[] = []
    let place = cursor === undefined ? null : placeOf(cursor)
    for (let looked = 0; looked < deletionsPerPage && items.length < limit; looked += 1) {
      const deletion = await nextDeletion(work, place)
      if (deletion === undefined) return { items, nextCursor: null }
      const after = place?.seq === deletion.seq ? place.row : '0'
      const wanted = limit - items.length
      const found = await deletedRows(work, deletion.seq, { after, limit: wanted })
      items.push(...present(work, found))
      const last = found.length < wanted ? deletion.last : String(found.at(-1)?._id)
      place = { seq: deletion.seq, row: last }
    }
    return { items, nextCursor: place === null ? null : `${place.seq}:${place.row}` }
  })
}

function placeOf(cursor: string): TrashPlace {
  const [, seq = '0', row = '0'] = cursorPattern.exec(cursor) ?? []
  return { seq, row }
}

function present({ table }: TableWork, records: readonly DeletedRecord[]): DeletedRow[] {
  const decode = rowDecoder(table.columns)
  return records.map((record) => ({
    ...decode(record),
    deletedAt: record.deleted_at,
    deletedBy: { type: record.deleting_actor_type as Actor['type'], id: record.deleting_actor_id },
    operation: record.deleting_operation,
  }))
}
