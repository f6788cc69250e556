import { sql } from 'kysely'
import { limits } from '../catalog/limits.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { Json } from '../values/json.ts'
import { cellParameters } from './cell-parameters.ts'
import { cellStorages } from './cell-storage.ts'
import { type KeptWarning, keptWarning, writeWarnings } from './kept-text.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'

/** What became of a column's cells under another type. */
export interface ConversionReport {
  readonly converted: number
  /** Cells that the new type cannot read: they keep their text as a warning. */
  readonly refused: number
  /** The first of them, at most 20. */
  readonly samples: readonly { readonly rowId: string; readonly original: string; readonly reason: string }[]
}

export const emptyReport: ConversionReport = { converted: 0, refused: 0, samples: [] }

const sampleCount = 20

export function mergeReports(a: ConversionReport, b: ConversionReport): ConversionReport {
  return {
    converted: a.converted + b.converted,
    refused: a.refused + b.refused,
    samples: [...a.samples, ...b.samples].slice(0, sampleCount),
  }
}

export interface ConversionStep {
  readonly report: ConversionReport
  /** Where the next step goes on; null at the end. */
  readonly last: string | null
}

/** Which rows a step takes: the next chunk behind an id, or those named. */
type Rows = { readonly after: string } | { readonly ids: readonly string[] }

/** Reads one chunk and says what would become of it. */
export async function previewConversion(
  work: TableWork,
  from: ColumnDefinition,
  to: ColumnDefinition,
  after: string,
): Promise<ConversionStep> {
  const { report, last } = await convert(work, from, to, { after })
  return { report, last }
}

/** Fills the target column for one chunk of rows, or for the rows named. Versions stay: nobody sees the column yet. */
export async function convertRows(
  work: TableWork,
  from: ColumnDefinition,
  to: ColumnDefinition,
  rows: Rows,
): Promise<ConversionStep> {
  const { tx, org, table } = work
  const { converted, warnings, report, last, ids } = await convert(work, from, to, rows)
  if (ids.length === 0) return { report, last }
  const [parameter] = cellParameters(
    [to],
    converted.map(({ value }) => ({ values: new Map([[to, value]]) })),
  )
  if (parameter !== undefined) {
    await tx.run(sql`
      update ${physical.rows(org, table)} as t set ${physical.values(to)} = ${parameter.value}
      from unnest(${converted.map(({ id }) => id)}::bigint[], ${parameter.array}) as i (id, ${parameter.name})
      where t._id = i.id`)
  }
  await tx.run(
    sql`delete from ${physical.side(org, table)} where column_number = ${to.number} and row_id = any (${ids}::bigint[])`,
  )
  if (warnings.length > 0) await tx.run(writeWarnings(work, sql`${JSON.stringify(warnings)}::json`))
  return { report, last }
}

interface Conversion extends ConversionStep {
  readonly ids: readonly string[]
  readonly converted: readonly { readonly id: string; readonly value: Json }[]
  readonly warnings: readonly KeptWarning[]
}

async function convert(work: TableWork, from: ColumnDefinition, to: ColumnDefinition, rows: Rows): Promise<Conversion> {
  const cells = await readCells(work, from, rows)
  const converted: { id: string; value: Json }[] = []
  const warnings: KeptWarning[] = []
  const samples: { rowId: string; original: string; reason: string }[] = []
  for (const { id, text } of cells) {
    const parsed =
      text === null ? ({ ok: true, value: null } as const) : to.columnType.parse(text, to.settings, work.context)
    converted.push({ id, value: parsed.ok ? parsed.value : null })
    if (parsed.ok || text === null) continue
    warnings.push(keptWarning(id, { column: to, original: text.slice(0, 10_000), message: parsed.reason }))
    if (samples.length < sampleCount) samples.push({ rowId: id, original: text.slice(0, 200), reason: parsed.reason })
  }
  const last = 'after' in rows && cells.length === limits.rowsPerCall ? (cells.at(-1)?.id ?? null) : null
  const filled = cells.filter(({ text }) => text !== null).length
  return {
    ids: cells.map(({ id }) => id),
    converted,
    warnings,
    last,
    report: { converted: filled - warnings.length, refused: warnings.length, samples },
  }
}

/** Cells as exact text; a cell that is only a kept text is read again from that text. */
async function readCells(
  { tx, org, table }: TableWork,
  column: ColumnDefinition,
  rows: Rows,
): Promise<{ id: string; text: string | null }[]> {
  const { decode } = cellStorages[column.columnType.storage]
  const cell = sql`t.${physical.values(column)}`
  const side = table.hasSide
    ? sql`left join ${physical.side(org, table)} as s on s.row_id = t._id and s.column_number = ${column.number}`
    : sql``
  const original = table.hasSide ? sql`s.original` : sql`null::text`
  const which =
    'after' in rows
      ? sql`t._id > ${rows.after}::bigint and (${cell} is not null or ${original} is not null) order by t._id limit ${sql.lit(limits.rowsPerCall)}`
      : sql`t._id = any (${[...rows.ids]}::bigint[])`
  const found = await tx.arrays(
    sql`select t._id, ${cell}, ${original} from ${physical.rows(org, table)} as t ${side} where ${which}`,
  )
  return found.map(([id, raw, kept]) => {
    const value = decode(raw)
    const text = value === null ? kept : column.columnType.toCsv(value, column.settings)
    return { id: String(id), text: text === null || text === undefined ? null : String(text) }
  })
}

/** Rows of the table that entries of the change log behind `seq` are about. */
export async function changedRowsSince({ tx, org, table }: TableWork, seq: string): Promise<string[]> {
  const found = await tx.arrays(sql`
    select distinct id from ${physical.changes(org)} as c,
      lateral (select unnest(coalesce(c.row_ids, array(select generate_series(c.first_row, c.last_row)))) as id) as ids
    where c.table_id = ${table.id} and c.seq > ${seq}::bigint and c.first_row is not null`)
  return found.map(([id]) => String(id))
}
