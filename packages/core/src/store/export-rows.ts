import { type RawBuilder, sql } from 'kysely'
import type { CallOptions } from '../db/transaction.ts'
import { one } from '../db/transaction.ts'
import { cellStates } from '../query/cell-state.ts'
import type { CheckedFilter } from '../query/checked-filter.ts'
import { compileFilter } from '../query/compile-filter.ts'
import { orderKeys } from '../query/order-key.ts'
import { cellRef } from '../query/physical.ts'
import type { QueryColumn } from '../query/query-table.ts'
import type { CheckedSort } from '../query/sort.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'

/** Which rows leave a table, in which order, with which cells. */
export interface ExportedRows {
  readonly filter: CheckedFilter
  readonly sort: CheckedSort
  readonly columns: readonly QueryColumn[]
}

/**
 * Where a snapshot goes: lines of COPY's text format with a field for each column, one for the texts kept beside (a JSON
 * object by column number) and one for the mark of each formula.
 */
export interface SnapshotSink<Plan> {
  write(bytes: Uint8Array): Promise<void>
  /** Forgets what was written: the snapshot begins anew. */
  clear(): Promise<void>
  /** Called once, when what was written and will be written belongs to one snapshot, made by this plan. */
  begin(plan: Plan): void
}

/** Reads of the embedded database that are given up because somebody wrote meanwhile, before others have to wait. */
const freeAttempts = 2

/**
 * Writes all rows as they are at one moment. `plan` fits the query to the table as it is at that moment; on the embedded
 * database it is made anew with each attempt.
 *
 * On a server the rows come from one COPY, as fast as the sink takes them. The embedded database has one session, which
 * such a statement would keep to itself: there pages are read in transactions of their own, and the change log tells
 * whether the table stayed the same. Where it does not, others wait for the third attempt.
 */
export async function snapshotRows<Plan extends ExportedRows>(
  session: OrgSession,
  tableId: string,
  options: CallOptions,
  plan: (work: TableWork) => Promise<Plan>,
  sink: SnapshotSink<Plan>,
): Promise<void> {
  const { kind } = await session.database()
  if (kind === 'server') {
    await session.readTable(tableId, options, async (work) => await copyAtOnce(work, await plan(work), sink))
    return
  }
  for (let attempt = 1; attempt <= freeAttempts; attempt += 1) {
    await sink.clear()
    const begun = await session.readTable(tableId, options, async (work) => {
      const planned = await plan(work)
      return { planned, position: await lastChange(work), ids: await idsInOrder(work, planned) }
    })
    const isWhole = await inPages(begun.ids, sink, async (ids) =>
      session.readTable(tableId, options, async (work) => {
        if (await isChangedSince(work, begun.position)) return null
        return await collected(work.tx.copyOut(rowsOfIds(work, begun.planned, ids)))
      }),
    )
    if (isWhole) return sink.begin(begun.planned)
  }
  await sink.clear()
  await session.readTable(tableId, options, async (work) => {
    const planned = await plan(work)
    const ids = await idsInOrder(work, planned)
    await inPages(ids, sink, async (page) => await collected(work.tx.copyOut(rowsOfIds(work, planned, page))))
    sink.begin(planned)
  })
}

async function copyAtOnce<Plan extends ExportedRows>(
  work: TableWork,
  plan: Plan,
  sink: SnapshotSink<Plan>,
): Promise<void> {
  const from = sql`${physical.rows(work.org, work.table)} as t where ${compileFilter(plan.filter)} order by ${order(plan)}`
  let begun = false
  for await (const bytes of work.tx.copyOut(sql`(select ${fields(work, plan)} from ${from})`)) {
    await sink.write(bytes)
    // Not before the statement gives something: until then it may turn out that the org is not the one it was.
    if (!begun) sink.begin(plan)
    begun = true
  }
  if (!begun) sink.begin(plan)
}

/** Row ids as COPY gives them, a line each: the least that can be remembered of an order. */
async function idsInOrder(work: TableWork, plan: ExportedRows): Promise<Buffer> {
  const from = sql`${physical.rows(work.org, work.table)} as t where ${compileFilter(plan.filter)} order by ${order(plan)}`
  return await collected(work.tx.copyOut(sql`(select t._id from ${from})`))
}

/** Rows of the first page, and the least and most of the others. */
const pageRows = { first: 500, least: 20, most: 5_000 }

/** What a page is to hold, so that its statement stays within some tens of milliseconds whatever the rows hold. */
const pageBytes = 512 * 1024

const newline = 0x0a

/** @returns false if a page said that the snapshot is void */
async function inPages(
  ids: Buffer,
  sink: Pick<SnapshotSink<unknown>, 'write'>,
  read: (ids: readonly string[]) => Promise<Uint8Array | null>,
): Promise<boolean> {
  let rows = pageRows.first
  for (let at = 0; at < ids.length; ) {
    let end = at
    let count = 0
    for (; count < rows && end < ids.length; count += 1) end = ids.indexOf(newline, end) + 1
    const bytes = await read(ids.toString('latin1', at, end - 1).split('\n'))
    if (bytes === null) return false
    await sink.write(bytes)
    const fitting = Math.floor((pageBytes / Math.max(1, bytes.length)) * count)
    rows = Math.max(pageRows.least, Math.min(pageRows.most, rows * 2, fitting))
    at = end
  }
  return true
}

function rowsOfIds(work: TableWork, plan: ExportedRows, ids: readonly string[]): RawBuilder<unknown> {
  const wanted = sql`unnest(${ids}::bigint[]) with ordinality as wanted (id, place)`
  return sql`(select ${fields(work, plan)} from ${wanted} join ${physical.rows(work.org, work.table)} as t on t._id = wanted.id order by wanted.place)`
}

function fields({ org, table }: TableWork, { columns }: ExportedRows): RawBuilder<unknown> {
  const cells = columns.map(({ values }) => cellRef(values))
  const numbers = columns.flatMap(({ number }) => number ?? [])
  const kept = table.hasSide
    ? sql`(
        select json_object_agg(s.column_number, s.original) from ${physical.side(org, table)} as s
        where s.row_id = t._id and s.column_number = any (${numbers}::int[]) and s.state = ${cellStates.warning}::smallint)`
    : sql`null::text`
  const marks = columns.flatMap(({ marks, state }) => (marks === undefined || state === null ? [] : cellRef(state)))
  return sql.join([...cells, kept, ...marks])
}

/** Empty cells come last both ways, and rows that are equal follow in the order of their making, as in every read. */
function order({ sort }: ExportedRows): RawBuilder<unknown> {
  const keys = orderKeys(sort)
  const direction = (dir: 'asc' | 'desc') => (dir === 'asc' ? sql`asc` : sql`desc`)
  const steps = keys.map(({ key, dir, total }) => sql`${key} ${direction(dir)} ${total ? sql`` : sql`nulls last`}`)
  return sql.join([...steps, sql`t._id ${direction(keys[0].dir)}`])
}

async function lastChange({ tx, org }: TableWork): Promise<string> {
  const { seq } = one(
    await tx.all(sql<{ seq: string }>`select coalesce(max(seq), 0) as seq from ${physical.changes(org)}`),
  )
  return seq
}

async function isChangedSince({ tx, org, table }: TableWork, position: string): Promise<boolean> {
  const { changed } = one(
    await tx.all(sql<{ changed: boolean }>`
      select exists (
        select 1 from ${physical.changes(org)} as c where c.table_id = ${table.id} and c.seq > ${position}::bigint and c.kind <> 'view'
      ) as changed`),
  )
  return changed
}

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
