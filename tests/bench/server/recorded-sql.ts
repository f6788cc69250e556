import { createOps, type PgQuery } from '@opslayer/core'
import pg from 'pg'
import { orgId } from '../store/bench-table.ts'
import { type LoadTable, windowRows } from './load-crowd.ts'

/** What opslayer sends for one call, word for word. */
export type SentTransaction = readonly Pick<PgQuery, 'text' | 'values'>[]

/** Values by which the places of an offset, an id and a number are found again in what was sent. */
const marks = { offset: 4_321, visits: 987_654_321 } as const

/**
 * The transactions of a window and of the edit of a cell, as opslayer sends them once it knows the table: envelope,
 * statement, commit.
 */
export async function recordSql(
  databaseUrl: string,
  { tableId, firstId }: LoadTable,
): Promise<{ readonly window: SentTransaction; readonly edit: SentTransaction }> {
  let sent: Pick<PgQuery, 'text' | 'values'>[] = []
  class RecordingClient extends pg.Client {
    override query = ((config: PgQuery) => {
      sent.push({ text: config.text, ...(config.values !== undefined && { values: config.values }) })
      return super.query(config)
    }) as unknown as pg.Client['query']
  }
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 5, Client: RecordingClient as never })
  const ops = createOps({ database: pool })
  const acme = ops.forOrg({ orgId, actor: { type: 'user', id: 'bench' } })
  const last = async (call: () => Promise<unknown>): Promise<SentTransaction> => {
    sent = []
    await call()
    const recorded = sent
    sent = []
    return recorded
  }
  const edit = (visits: number) => acme.rows.update(tableId, [{ id: String(firstId), cells: { visits } }])
  try {
    await acme.rows.window(tableId, { offset: 0, limit: windowRows })
    const window = await last(() => acme.rows.window(tableId, { offset: marks.offset, limit: windowRows }))
    for (let n = 0; n < 5; n += 1) await edit(n)
    return { window, edit: await last(() => edit(marks.visits)) }
  } finally {
    await ops.close()
    await pool.end()
  }
}

/** The same for another place, row or value. */
export function filledIn(
  sent: SentTransaction,
  { firstId }: LoadTable,
  by: { readonly offset?: number; readonly id?: number; readonly visits?: number },
): SentTransaction {
  const replaced = (value: unknown): unknown => {
    const text = String(value)
    if (by.offset !== undefined && text === String(marks.offset)) return by.offset
    if (by.visits !== undefined && text === String(marks.visits)) return by.visits
    return by.id !== undefined && text === String(firstId) ? by.id : value
  }
  return sent.map(({ text, values }) => ({ text, ...(values !== undefined && { values: values.map(replaced) }) }))
}
