import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import { sourceSchema } from '../../catalog/column-input.ts'
import { type ColumnDefinition, findColumn } from '../../catalog/table-definition.ts'
import { checkInput } from '../../errors/check-input.ts'
import { resultStorage } from '../../formula/cell-fragment.ts'
import { compileFormulas } from '../../formula/compile-formulas.ts'
import type { CheckedFormula } from '../../formula/typed-formula.ts'
import type { Json } from '../../values/json.ts'
import { cellStorages } from '../cell-storage.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { physical, stateName, valuesName } from '../physical-names.ts'
import { isSeen } from '../seen-rows.ts'
import { type CellFailure, cellFailure, cellOutcome } from './cell-outcome.ts'
import { checkFor, type FormulaCheck, type FormulaCheckOptions } from './check-source.ts'
import { estimatedRows } from './estimated-rows.ts'
import { momentOf } from './formula-write.ts'

/** A cell as it is or would be. */
export interface PreviewedCell {
  readonly value: Json
  /** Why it is empty, if it ended in an error. */
  readonly error: CellFailure | null
}

/** What a formula would give, on a sample of the rows. */
export interface FormulaPreview extends FormulaCheck {
  /** The first rows of the sample; `before` is null where no column is named. */
  readonly rows: readonly {
    readonly id: string
    readonly before: PreviewedCell | null
    readonly after: PreviewedCell
  }[]
  /** Rows that were computed. */
  readonly sampled: number
  /** Those of them whose cell would be another; all of them where no column is named. */
  readonly changed: number
  /** Rows of the table, and how many of them would change by what the sample says. */
  readonly total: number
  readonly estimated: number
  /** Whether the sample is the whole table, and so `estimated` exact. */
  readonly exact: boolean
}

export interface FormulaPreviewOptions extends FormulaCheckOptions {
  /** Rows to show, 0 to 100. @default 20 */
  readonly sample?: number | undefined
}

export const previewOptionsSchema = z.object({
  columnId: z.string().max(300).optional(),
  sample: z.int().min(0).max(100).default(20),
})

/** Rows computed to tell how many would change: some tens of milliseconds. */
const sampleRows = 1_000

/**
 * Checks a formula and computes it for a sample of rows, without writing anything. With `columnId`, beside what the
 * column holds now.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`
 */
export async function previewFormula(
  session: OrgSession,
  tableId: string,
  source: string,
  options: FormulaPreviewOptions = {},
): Promise<FormulaPreview> {
  const given = checkInput(sourceSchema, source, ['source'])
  const { columnId, sample } = checkInput(previewOptionsSchema, { columnId: options.columnId, sample: options.sample })
  return await session.readTable(tableId, options, async (work) => {
    const column = columnId === undefined ? null : findColumn(work.table, columnId)
    const { check, formula } = checkFor(work, given, column)
    const total = await estimatedRows(work)
    if (formula === null) return { ...check, rows: [], sampled: 0, changed: 0, total, estimated: 0, exact: false }
    const rows = await computeSample(work, formula, column, total)
    const changed = rows.filter((row) => row.changed).length
    const exact = total <= sampleRows
    return {
      ...check,
      rows: rows.slice(0, sample).map(({ id, before, after }) => ({ id, before, after })),
      sampled: rows.length,
      changed,
      total: exact ? rows.length : total,
      estimated: exact ? changed : Math.round((changed / Math.max(1, rows.length)) * total),
      exact,
    }
  })
}

interface SampledRow {
  readonly id: string
  readonly before: PreviewedCell | null
  readonly after: PreviewedCell
  readonly changed: boolean
}

async function computeSample(
  work: TableWork,
  formula: CheckedFormula,
  column: ColumnDefinition | null,
  total: number,
): Promise<readonly SampledRow[]> {
  const { tx, org, table, context } = work
  const { over, results, cells } = compileFormulas([{ formula }], momentOf(context))
  const [result] = results
  const storage = cellStorages[resultStorage(formula.type)]
  const value = sql`(${result?.value ?? sql`null`})::${sql.raw(storage.sqlType)}`
  const error = result?.error ?? sql`null::int`
  const present = column === null ? [] : presentCells(column)
  const names = [...new Set(['_id', ...cells, ...present.map(({ name }) => name)])]
  const source = sql`(select ${sql.join(names.map((name) => sql`t.${sql.id(name)}`))} from ${sampled(physical.rows(org, table), total)} where ${isSeen(work)} limit ${sql.lit(sampleRows)})`
  const kept = ['_id', ...present.map(({ name }) => name)]
  const before = present.map(({ name, as }) => sql`f.${sql.id(name)} as ${sql.id(as)}`)
  const found = await tx.all(sql<{
    id: string
    value: unknown
    error: number | null
    before?: unknown
    mark?: unknown
  }>`
    select ${sql.join([sql`f._id as id`, sql`${value} as value`, sql`${error} as error`, ...before])}
    from ${over(source, kept)} as f order by f._id`)
  return found.map((row) => {
    const after = { value: storage.decode(row.value), error: row.error === null ? null : cellFailure(row.error) }
    const now = column === null ? null : presentCell(column, row.before, row.mark)
    return { id: row.id, before: now, after, changed: JSON.stringify(now) !== JSON.stringify(after) }
  })
}

/** About twice the sample from pages all over a big table; a small one whole. */
function sampled(rows: RawBuilder<unknown>, total: number): RawBuilder<unknown> {
  if (total <= sampleRows) return sql`${rows} as t`
  const percent = Math.min(100, Math.max(0.01, (sampleRows * 200) / total))
  return sql`${rows} as t tablesample system (${sql.lit(percent)})`
}

function presentCells(column: ColumnDefinition): readonly { readonly name: string; readonly as: string }[] {
  const value = { name: valuesName(column), as: 'before' }
  return column.formula === null ? [value] : [value, { name: stateName(column), as: 'mark' }]
}

function presentCell(column: ColumnDefinition, raw: unknown, mark: unknown): PreviewedCell {
  const value = cellStorages[column.columnType.storage].decode(raw ?? null)
  const outcome = cellOutcome(column, mark)
  return { value, error: outcome !== undefined && 'failure' in outcome ? outcome.failure : null }
}
