import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import copyStreams from 'pg-copy-streams'
import { type Lead, leadColumns, leadKeys } from './data-set.ts'

/** Schema of the hand-made tables that opslayer is compared with. */
export const idealSchema = 'ideal'

const sqlTypes: Readonly<Record<string, string>> = {
  number: 'numeric',
  currency: 'numeric',
  date: 'date',
  datetime: 'timestamptz(3)',
  checkbox: 'boolean',
  tags: 'text[]',
}

/** A hand-made table: a number for the key and a typed column per field, text ordered by code point. */
export async function createIdealTable(client: Client, name: string): Promise<void> {
  const columns = leadColumns.map(({ key, type }) => `${key} ${sqlTypes[type] ?? 'text collate "C"'}`)
  await client.query(`create schema if not exists ${idealSchema}`)
  await client.query(`create table ${idealSchema}.${name} (id bigint primary key, ${columns.join(', ')})`)
}

/** Fills it from the table that opslayer made, row by row in the same places. */
export async function fillFrom(client: Client, name: string, source: string): Promise<void> {
  const cells = leadColumns.map((_, place) => `c${place + 1}`)
  await client.query(
    `insert into ${idealSchema}.${name} (id, ${leadKeys.join(', ')}) select _id, ${cells.join(', ')} from ${source} order by ctid`,
  )
}

/** The physical table behind a table of opslayer, quoted. */
export async function physicalTable(client: Client, orgId: string, tableId: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select format('ops_%s.t%s', o.short_id, t.number) as name
     from opslayer.orgs o join opslayer.tables t using (org_id) where org_id = $1 and t.id = $2`,
    [orgId, tableId],
  )
  const [row] = rows
  if (row === undefined) throw new Error(`The catalog has no table ${tableId}`)
  return row.name
}

/** COPY of lines that lie ready in memory: as fast as rows can get into this table. */
export async function copyInto(client: Client, name: string, buffers: readonly Buffer[]): Promise<void> {
  const stream = client.query(copyStreams.from(`copy ${idealSchema}.${name} from stdin`))
  await pipeline(Readable.from(buffers), stream)
}

/** Bytes of one buffer on its way to the server. */
const bufferBytes = 256 * 1024

/** Rows as lines of COPY's text format. No cell of the data set needs an escape. */
export function copyBuffers(rows: readonly Lead[]): Buffer[] {
  const buffers: Buffer[] = []
  let text = ''
  for (const [place, row] of rows.entries()) {
    text += `${place + 1}\t${leadKeys.map((key) => copyField(row[key] ?? null)).join('\t')}\n`
    if (text.length < bufferBytes && place < rows.length - 1) continue
    buffers.push(Buffer.from(text))
    text = ''
  }
  return buffers
}

function copyField(value: Lead[string]): string {
  if (value === null || value === undefined) return '\\N'
  return Array.isArray(value) ? `{${value.join(',')}}` : String(value)
}
