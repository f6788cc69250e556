import { sql } from 'kysely'
import type { TableDefinition } from '../catalog/table-definition.ts'
import { one } from '../db/transaction.ts'
import { appendLines } from './append-lines.ts'
import { numberedLines, type RowLines } from './copy-lines.ts'
import { type KeptWarning, keptWarning, writeWarnings } from './kept-text.ts'
import { insertEntry } from './log-entry.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { PartMissing } from './table-parts.ts'

/**
 * Appends rows by COPY that were read beforehand, with the definition of the table as it is.
 *
 * @throws PartMissing before anything is written
 */
export async function copyRowLines(work: TableWork, { lines, kept }: RowLines, log: OperationLog): Promise<void> {
  if (lines.length === 0) return
  if (kept.length > 0 && !work.table.hasSide) throw new PartMissing('side')
  const ids = await takeIds(work, lines.length)
  await appendLines(work, numberedLines(lines, ids.at))
  const warnings = kept.flatMap(({ place, texts }) => texts.map((text) => keptWarning(ids.at(place), text)))
  await finishCopy(work, ids, lines.length, warnings, log)
}

/**
 * What rows read beforehand depend on, as text: they can be written as long as it stays. Settings of columns are no
 * part of it, for options that are added meanwhile take no value away.
 */
export function writingSignature(table: TableDefinition): string {
  const columns = table.columns.map((column) => {
    const { number, type, sortKeyed, unique, defaultValue, defaultFormula, rule, formula } = column
    return [number, type, sortKeyed, unique, defaultValue, defaultFormula, rule, formula?.source]
  })
  return JSON.stringify(columns)
}

/** COPY cannot report a violation per row; what defaults compute is known only once a row's cells are. */
export function canCopy(table: TableDefinition): boolean {
  return !table.columns.some(({ unique, defaultFormula }) => unique || defaultFormula !== null)
}

async function finishCopy(
  work: TableWork,
  ids: TakenIds,
  rows: number,
  warnings: readonly KeptWarning[],
  log: OperationLog,
): Promise<void> {
  if (rows === 0) return
  const { tx, org, table } = work
  if (warnings.length > 0) await tx.run(writeWarnings(work, sql`${JSON.stringify(warnings)}::json`))
  await tx.run(
    insertEntry(
      org,
      log.entry('rows-inserted', table.id),
      {
        count: sql`${rows}::int`,
        first: sql`${ids.at(0)}::bigint`,
        last: sql`${ids.at(rows - 1)}::bigint`,
        ids: sql`${ids.list?.slice(0, rows) ?? null}::bigint[]`,
        before: sql`null`,
        after: sql`null`,
      },
      sql`(values (1)) as one`,
    ),
  )
  log.written()
}

/** Ids for new rows, ascending. */
interface TakenIds {
  at(place: number): string
  /** null where they follow on each other: then none of them travels. */
  readonly list: readonly string[] | null
}

async function takeIds({ tx, org }: TableWork, count: number): Promise<TakenIds> {
  const { first, list } = one(
    await tx.all(sql<{ first: string; list: readonly string[] | null }>`
      with taken as materialized (select nextval(${physical.rowIds(org)}) as id from generate_series(1, ${sql.lit(count)}))
      select min(id) as first, case when max(id) - min(id) + 1 = count(*) then null else array_agg(id order by id) end as list
      from taken`),
  )
  if (list !== null) return { at: (place) => list[place] ?? '', list }
  const start = BigInt(first)
  return { at: (place) => String(start + BigInt(place)), list }
}
