import { sql } from 'kysely'
import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { say } from '../sentences/say.ts'
import { cellParameters } from './cell-parameters.ts'
import { keptWarning, writeWarnings } from './kept-text.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { type CellError, type CellsInput, type OnInvalid, prepareCells } from './prepare-cells.ts'
import { rowIdSchema } from './row-id.ts'
import { isSeen, refuseOutside } from './seen-rows.ts'
import { ensurePart } from './table-parts.ts'
import { type AddressedRow, writeUnique } from './unique-cells.ts'
import { updateOneRow } from './update-one-row.ts'
import { type ColumnWrite, type UpdateOutcome, updateStatement } from './update-statement.ts'

/** New cells for one row. */
export interface RowUpdate {
  readonly id: string
  /** The version that the change is based on; a row that has moved on is left alone and reported. @default any */
  readonly version?: number | undefined
  readonly cells: CellsInput
}

export interface RowWriteOptions extends CallOptions, WriteOptions {
  /** @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined
}

export interface UpdateResult {
  /** The rows found, with their version now, in the order of the call. */
  readonly rows: readonly UpdateOutcome[]
  /** Ids that the table does not have. */
  readonly missing: readonly string[]
  readonly errors: readonly CellError[]
  /** For undo; null if nothing changed. */
  readonly operation: string | null
}

export const rowUpdatesSchema = z
  .array(z.object({ id: rowIdSchema, version: z.int().positive().optional(), cells: z.custom<CellsInput>() }))
  .max(limits.rowsPerCall, say('At most {#count} rows in one call.', { count: limits.rowsPerCall }))

/** Changes cells of up to 5,000 rows in one transaction. */
export async function updateRows(
  session: OrgSession,
  tableId: string,
  updates: readonly RowUpdate[],
  options: RowWriteOptions = {},
): Promise<UpdateResult> {
  checkInput(rowUpdatesSchema, updates, ['updates'])
  const [only, ...others] = updates
  const done = only === undefined || others.length > 0 ? undefined : await updateOneRow(session, tableId, only, options)
  if (done !== undefined) return done
  const onInvalid = options.onInvalid ?? 'skip'
  const needsSide = await session.writeTable(tableId, options, async (work) => {
    const errors: CellError[] = []
    const rows = prepareUpdates(work, updates, onInvalid, errors)
    if (!work.table.hasSide && rows.some(({ kept }) => kept.length > 0)) return undefined
    const log = startOperation(session.actor, options)
    const versions = new Map(updates.map(({ id, version }) => [id, version]))
    let written: readonly AddressedRow[] = []
    const outcomes = await writeUnique(work, rows, onInvalid, errors, (fitting) => {
      written = fitting
      return writeUpdates(work, fitting, versions, log)
    })
    const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
    const asked = [...new Set(written.map(({ id }) => String(id)))]
    await refuseOutside(work, log)
    return {
      rows: asked.flatMap((id) => byId.get(id) ?? []),
      missing: asked.filter((id) => !byId.has(id)),
      errors,
      operation: log.id(),
    }
  })
  if (needsSide !== undefined) return needsSide
  await ensurePart(session, tableId, 'side')
  return await updateRows(session, tableId, updates, options)
}

/** Later updates of the same row win, cell by cell. */
function prepareUpdates(
  work: TableWork,
  updates: readonly RowUpdate[],
  onInvalid: OnInvalid,
  errors: CellError[],
): AddressedRow[] {
  const rows = new Map<string, AddressedRow>()
  updates.forEach(({ id, cells }, index) => {
    const row = prepareCells(work, cells, index, onInvalid, errors)
    if (row === undefined) return
    const earlier = rows.get(id)
    if (earlier === undefined) rows.set(id, { ...row, id })
    else {
      const kept = [...earlier.kept.filter(({ column }) => !row.values.has(column)), ...row.kept]
      rows.set(id, { id, index, values: new Map([...earlier.values, ...row.values]), kept })
    }
  })
  return [...rows.values()]
}

/** Writes prepared rows in their transaction: one statement for each set of columns, rows locked in order first. */
export async function writeUpdates(
  work: TableWork,
  rows: readonly AddressedRow[],
  versions: ReadonlyMap<string, number | undefined>,
  log: OperationLog,
): Promise<UpdateOutcome[]> {
  const groups = groupsByColumns(rows)
  if (groups.length > 1) await lockRows(work, rows)
  const outcomes: UpdateOutcome[] = []
  for (const group of groups) {
    const written = await writeGroup(work, group, versions, log)
    if (written.some(({ outcome }) => outcome === 'updated')) log.written()
    outcomes.push(...written)
    const wrote = new Set(written.filter(({ outcome }) => outcome !== 'conflict').map(({ id }) => id))
    const kept = group.rows
      .filter(({ id }) => wrote.has(String(id)))
      .flatMap((row) => row.kept.map((text) => keptWarning(String(row.id), text)))
    if (kept.length > 0) await work.tx.run(writeWarnings(work, sql`${JSON.stringify(kept)}::json`))
  }
  return outcomes
}

interface Group {
  readonly columns: readonly ColumnDefinition[]
  readonly rows: readonly AddressedRow[]
}

/** Rows that set the same columns go in one statement. */
function groupsByColumns(rows: readonly AddressedRow[]): Group[] {
  const groups = new Map<string, { columns: ColumnDefinition[]; rows: AddressedRow[] }>()
  for (const row of rows) {
    const columns = [...row.values.keys()].sort((a, b) => a.number - b.number)
    const signature = columns.map(({ number }) => number).join()
    const group = groups.get(signature) ?? { columns, rows: [] }
    group.rows.push(row)
    groups.set(signature, group)
  }
  return [...groups.values()]
}

/** Several statements lock their rows one after the other, so all are locked in order first. */
async function lockRows({ tx, org, table }: TableWork, rows: readonly AddressedRow[]): Promise<void> {
  const ids = rows.map(({ id }) => id)
  await tx.run(
    sql`select 1 from ${physical.rows(org, table)} as t where t._id = any (${ids}::bigint[]) order by t._id for no key update`,
  )
}

async function writeGroup(
  work: TableWork,
  group: Group,
  versions: ReadonlyMap<string, number | undefined>,
  log: OperationLog,
): Promise<UpdateOutcome[]> {
  const { tx, org, table, context, functions } = work
  const ids = group.rows.map(({ id }) => id)
  if (group.columns.length === 0) return await versionsOf(work, ids)
  const parameters = cellParameters(group.columns, group.rows)
  const arrays = [
    sql`${ids}::bigint[]`,
    sql`${group.rows.map(({ id }) => versions.get(String(id)) ?? null)}::int[]`,
    sql`${group.rows.map((row) => row.kept.length > 0)}::boolean[]`,
    ...parameters.map(({ array }) => array),
  ]
  const names = [sql`id`, sql`version`, sql`touched`, ...parameters.map(({ name }) => name)]
  const writes: ColumnWrite[] = parameters.map(({ column, value }) => ({ column, value, same: false }))
  const kept = group.rows.flatMap((row) => row.kept.map((text) => keptWarning(String(row.id), text)))
  return await tx.all(
    updateStatement({
      org,
      table,
      context,
      functions,
      entry: log.entry('rows-updated', table.id),
      from: sql`from unnest(${sql.join(arrays)}) as i (${sql.join(names)}) join ${physical.rows(org, table)} as t on t._id = i.id and ${isSeen(work)}`,
      expected: sql`i.version`,
      writes,
      ...(kept.length > 0 && { touched: sql`i.touched`, kept: sql`${JSON.stringify(kept)}::json` }),
    }),
  )
}

/** An update without cells still says which rows are there. */
async function versionsOf(work: TableWork, ids: readonly (string | null)[]): Promise<UpdateOutcome[]> {
  const { tx, org, table } = work
  return await tx.all(sql<UpdateOutcome>`
    select _id as id, _version as version, 'unchanged' as outcome from ${physical.rows(org, table)} as t where _id = any (${[...ids]}::bigint[]) and ${isSeen(work)}`)
}
