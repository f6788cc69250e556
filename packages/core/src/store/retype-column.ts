import { sql } from 'kysely'
import * as z from 'zod'
import { checkSettings } from '../catalog/column-input.ts'
import type { Column } from '../catalog/table.ts'
import { type ColumnDefinition, findColumn } from '../catalog/table-definition.ts'
import { updateTable as writeTable } from '../catalog/tables.repository.ts'
import { type CallOptions, one } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import { applyColumnImage } from './apply-column-image.ts'
import { type ColumnImage, lockedColumn } from './column-image.ts'
import { takeColumnNumber } from './column-presence.ts'
import { presentColumn } from './columns.service.ts'
import {
  type ConversionReport,
  changedRowsSince,
  convertRows,
  emptyReport,
  mergeReports,
  previewConversion,
} from './convert-cells.ts'
import { countDuplicates } from './count-duplicates.ts'
import { refuseInUse } from './formulas/change-formula.ts'
import { startOperation, type WriteOptions } from './operation-log.ts'
import { settingsForValues } from './options-from-values.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { addPhysicalColumns, createSideTable } from './table-ddl.ts'

export interface RetypeInput {
  /** Id of the new column type. */
  readonly type: string
  /** @default the type's own; the values' names as options, for types with options */
  readonly settings?: unknown
}

export interface RetypeOptions extends CallOptions, WriteOptions {
  /** Also if formulas read the column and do not fit the new type: their cells show an error then. @default false */
  readonly force?: boolean | undefined
  readonly onProgress?: ((done: { readonly rows: number }) => void) | undefined
}

export interface RetypeResult {
  readonly column: Column
  readonly report: ConversionReport
}

export const retypeSchema = z.strictObject({ type: z.string().max(100), settings: z.unknown().optional() })

/** What a retype would do, without doing it: reads every cell, writes none. */
export async function previewRetype(
  session: OrgSession,
  tableId: string,
  columnId: string,
  input: RetypeInput,
  options: RetypeOptions = {},
): Promise<ConversionReport> {
  const checked = checkInput(retypeSchema, input)
  const target = await session.readTable(tableId, options, (work) =>
    targetOf(work, findColumn(work.table, columnId), checked),
  )
  let report = emptyReport
  let after = '0'
  for (;;) {
    const step = await session.readTable(tableId, options, (work) =>
      previewConversion(work, findColumn(work.table, columnId), target, after),
    )
    report = mergeReports(report, step.report)
    options.onProgress?.({ rows: report.converted + report.refused })
    if (step.last === null) return report
    after = step.last
  }
}

/**
 * Gives a column another type. A new physical column is filled chunk by chunk while people go on working; what they
 * changed meanwhile is converted again under a short lock, and then the columns are swapped. Cells that do not convert
 * become empty and keep their text as a warning. The old cells stay for undo.
 *
 * Killed half-way, nothing has changed; call it again.
 *
 * @throws OpsError `LOCKED`, `INVALID_INPUT` for an unknown type or wrong settings, `COLUMN_IN_USE` naming formulas that
 * do not fit the new type
 */
export async function retypeColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  input: RetypeInput,
  options: RetypeOptions = {},
): Promise<RetypeResult> {
  const checked = checkInput(retypeSchema, input)
  const start = await session.defineTable(tableId, options, (work) =>
    beginRetype(work, columnId, checked, options.force === true),
  )
  let report = emptyReport
  let after = '0'
  for (;;) {
    const step = await session.writeTable(tableId, options, (work) =>
      convertRows(work, findColumn(work.table, columnId), start.target, { after }),
    )
    report = mergeReports(report, step.report)
    options.onProgress?.({ rows: report.converted + report.refused })
    if (step.last === null) break
    after = step.last
  }
  return await session.defineTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    const changed = await changedRowsSince(work, start.seq)
    await convertRows(work, column, start.target, { ids: changed })
    const unique =
      column.unique && start.target.columnType.canBeUnique && (await countDuplicates(work, start.target)).values === 0
    await applyColumnImage(
      work,
      startOperation(session.actor, options),
      column,
      imageOf(work, column, start.target, unique),
    )
    return { column: await presentColumn(work, column.id), report }
  })
}

/** The column as it will be; `number` names a physical column that is there but not yet used. */
async function targetOf(work: TableWork, column: ColumnDefinition, input: RetypeInput): Promise<ColumnDefinition> {
  refuseFormula(column)
  const columnType = work.types.get(input.type)
  const given = input.settings ?? (await settingsForValues(work, column, columnType))
  return {
    ...column,
    type: columnType.id,
    columnType,
    typeFault: null,
    settings: checkSettings(columnType, given),
    number: work.table.nextColumnNumber,
    unique: false,
    sortKeyed: false,
    sortKeyReady: false,
    searchIndexed: false,
  }
}

function refuseFormula({ formula, fill, name }: ColumnDefinition): void {
  if (fill !== null) {
    throw new OpsError(
      'INVALID_INPUT',
      say('A plugin gives the cells of {column}, and with them its type.', { column: name }),
      {
        path: ['type'],
      },
    )
  }
  if (formula === null) return
  throw new OpsError(
    'INVALID_INPUT',
    say('A formula gives the cells of {column}: change the formula, or its type by columns.update.', { column: name }),
  )
}

async function beginRetype(
  work: TableWork,
  columnId: string,
  input: RetypeInput,
  force: boolean,
): Promise<{ target: ColumnDefinition; seq: string }> {
  const { tx, org, table } = work
  const column = findColumn(table, columnId)
  if (column.locked) throw lockedColumn(column, 'retyped')
  takeColumnNumber(table, 'retype')
  const target = await targetOf(work, column, input)
  if (!force) refuseInUse(work, column, target, 'retyped')
  await addPhysicalColumns(tx, org, table, [target])
  if (!table.hasSide) await createSideTable(tx, org, table)
  await writeTable(tx.db, org.orgId, table.id, { nextColumnNumber: target.number + 1, hasSide: true })
  // Writers are shut out by the definition lock, so every entry of this table up to here is committed.
  const { seq } = one(
    await tx.all(sql<{ seq: string }>`select coalesce(max(seq), 0) as seq from ${physical.changes(org)}`),
  )
  return { target, seq }
}

function imageOf(work: TableWork, column: ColumnDefinition, target: ColumnDefinition, unique: boolean): ColumnImage {
  return {
    number: target.number,
    type: target.type,
    storage: target.columnType.storage,
    settings: target.settings,
    defaultValue: convertedDefault(work, column, target),
    unique,
  }
}

function convertedDefault(work: TableWork, column: ColumnDefinition, target: ColumnDefinition): Json {
  if (column.defaultValue === null) return null
  const parsed = target.columnType.parse(
    column.columnType.toCsv(column.defaultValue, column.settings),
    target.settings,
    work.context,
  )
  return parsed.ok ? parsed.value : null
}
