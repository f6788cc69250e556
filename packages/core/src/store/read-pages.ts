import type { CallOptions } from '../db/transaction.ts'
import type { OrgSession } from './org-session.ts'
import { type PageQuery, type RowsPage, readPage } from './read-rows.ts'

/**
 * All pages from `query.cursor` on, each read when it is asked for. Every page is a transaction of its own: rows that
 * change meanwhile appear as they are when their page is read.
 */
export async function* readPages(
  session: OrgSession,
  tableId: string,
  query: PageQuery = {},
  options: CallOptions = {},
): AsyncGenerator<readonly RowsPage['rows'][number][]> {
  let cursor = query.cursor
  for (;;) {
    const page = await readPage(session, tableId, { ...query, cursor }, options)
    if (page.rows.length > 0) yield page.rows
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}
