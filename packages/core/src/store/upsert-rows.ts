import { sql } from 'kysely'
import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { type ColumnDefinition, findColumn } from '../catalog/table-definition.ts'
import { checkInput } from '../errors/check-input.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { fillDefaults } from './formulas/column-checks.ts'
import { type RowInput, rowInputSchema, writeInserts } from './insert-rows.ts'
import {
  columnsKey,
  lockUpserts,
  lookupShape,
  type Match,
  matchByColumns,
  matchColumn,
  mergeSame,
} from './match-rows.ts'
import { type OperationLog, startOperation } from './operation-log.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { type CellError, type OnInvalid, prepareCells } from './prepare-cells.ts'
import { refuseOutside, refuseUnseen } from './seen-rows.ts'
import { seenTable } from './table-access.ts'
import { ensurePart, missingPart, PartMissing } from './table-parts.ts'
import { type AddressedRow, writeUnique } from './unique-cells.ts'
import { type RowWriteOptions, writeUpdates } from './update-rows.ts'

export interface UpsertOptions extends RowWriteOptions {
  /** What makes two rows the same: the external key with its source, or columns that all agree. */
  readonly match: 'external-key' | readonly string[]
}

export interface UpsertedRow {
  /** Place in the call's list; of several inputs for one row, the last. */
  readonly index: number
  readonly id: string
  readonly version: number
  readonly outcome: 'inserted' | 'updated' | 'unchanged'
}

export interface UpsertResult {
  readonly rows: readonly UpsertedRow[]
  readonly errors: readonly CellError[]
  readonly operation: string | null
}

const inputsSchema = z
  .array(rowInputSchema)
  .max(limits.rowsPerCall, say('At most {#count} rows in one call.', { count: limits.rowsPerCall }))
export const upsertMatchSchema = z.union([
  z.literal('external-key'),
  z.array(z.string().min(1).max(300)).min(1).max(10),
])

/**
 * Updates the rows that are there and makes those that are not, in one transaction. Inputs that mean the same row are
 * merged, later cells winning; an input without a value to match by makes a new row; of several rows that match, the
 * oldest is updated. Upserts into one table run one after the other, so two of them never make the same row twice.
 */
export async function upsertRows(
  session: OrgSession,
  tableId: string,
  inputs: readonly RowInput[],
  options: UpsertOptions,
): Promise<UpsertResult> {
  checkInput(inputsSchema, inputs, ['rows'])
  const match = checkInput(upsertMatchSchema, options.match, ['match'])
  const onInvalid = options.onInvalid ?? 'skip'
  try {
    return await session.writeTable(tableId, options, async (work) => {
      const errors: CellError[] = []
      const columns =
        match === 'external-key' ? null : match.map((column) => matchColumn(findColumn(seenTable(work.table), column)))
      const log = startOperation(session.actor, options)
      const rows = await writeUpserts(work, inputs, { columns, onInvalid, errors }, log, (ms) => {
        if (columns !== null) session.samples.note(session.orgId, tableId, lookupShape(columns), ms, work.context.now)
      })
      await refuseOutside(work, log)
      return { rows, errors, operation: log.id() }
    })
  } catch (error) {
    if (!isOpsError(error) || !(error.cause instanceof PartMissing)) throw error
    await ensurePart(session, tableId, error.cause.part)
    return await upsertRows(session, tableId, inputs, options)
  }
}

/** How rows are told to be the same, and what becomes of cells that do not fit. */
export interface UpsertHow {
  /** Null: the external key with its source. */
  readonly columns: readonly ColumnDefinition[] | null
  readonly onInvalid: OnInvalid
  /** Grows by the cells that do not fit. */
  readonly errors: CellError[]
}

/**
 * Updates and makes rows in the caller's transaction.
 *
 * @param lookedUp told how long the look for rows took, in milliseconds
 * @throws PartMissing before anything is written
 */
export async function writeUpserts(
  work: TableWork,
  inputs: readonly RowInput[],
  { columns, onInvalid, errors }: UpsertHow,
  log: OperationLog,
  lookedUp: (ms: number) => void = () => {},
): Promise<UpsertedRow[]> {
  const prepared = inputs.flatMap(({ cells }, index) => prepareCells(work, cells, index, onInvalid, errors) ?? [])
  const missing = missingPart(work.table, inputs, prepared)
  if (missing !== undefined) throw new PartMissing(missing)
  await lockUpserts(work)
  const merged = mergeSame(
    prepared.map((row) => ({ ...row, id: null })),
    (row) => matchKey(row, inputs[row.index], columns),
  )
  const begun = performance.now()
  const found = await findMatches(work, merged, inputs, columns)
  lookedUp(performance.now() - begun)
  await refuseUnseen(work, [...found.values()])
  const updates = merged.flatMap((row, place) => (found.has(place) ? { ...row, id: found.get(place) ?? null } : []))
  const inserts = merged.filter((_, place) => !found.has(place)).map((row) => withDefaults(work, row))
  const updated = await writeUnique(work, updates, onInvalid, errors, (rows) =>
    writeUpdates(work, rows, new Map(), log),
  )
  const inserted = await writeUnique(work, inserts, onInvalid, errors, (rows) =>
    writeInserts(work, rows, inputs, { at: 'end' }, log),
  )
  const indexOf = new Map(updates.map(({ id, index }) => [id, index]))
  const rows: UpsertedRow[] = [
    ...updated.map(({ id, version, outcome }) => ({
      index: indexOf.get(id) ?? 0,
      id,
      version,
      outcome: outcome === 'conflict' ? ('unchanged' as const) : outcome,
    })),
    ...inserted.map(({ index, id, version }) => ({ index, id, version, outcome: 'inserted' as const })),
  ]
  return rows.sort((a, b) => a.index - b.index)
}

/** Text that two inputs share if they mean the same row; null if there is nothing to match by. */
function matchKey(
  row: AddressedRow,
  input: RowInput | undefined,
  columns: readonly ColumnDefinition[] | null,
): string | null {
  if (columns === null)
    return input?.externalKey === undefined ? null : JSON.stringify([input.source?.id ?? '', input.externalKey])
  return columnsKey(row, columns)
}

/** Ids of the rows that are there, by place among `rows`. */
async function findMatches(
  { tx, org, table }: TableWork,
  rows: readonly AddressedRow[],
  inputs: readonly RowInput[],
  columns: readonly ColumnDefinition[] | null,
): Promise<Map<number, string>> {
  const { arrays, condition } = columns === null ? matchByExternalKey(rows, inputs) : matchByColumns(rows, columns)
  const names = arrays.map((_, place) => sql.id(`m${place}`))
  const found = await tx.all(sql<{ place: number; id: string }>`
    select i.place::int as place, min(t._id) as id
    from unnest(${sql.join(arrays)}) with ordinality as i (${sql.join([...names, sql`place`])})
    join ${physical.rows(org, table)} as t on ${condition}
    group by i.place`)
  return new Map(found.map(({ place, id }) => [place - 1, id]))
}

function matchByExternalKey(rows: readonly AddressedRow[], inputs: readonly RowInput[]): Match {
  const keys = rows.map(({ index }) => inputs[index]?.externalKey ?? null)
  const sources = rows.map(({ index }) => inputs[index]?.source?.id ?? '')
  return {
    arrays: [sql`${keys}::text[]`, sql`${sources}::text[]`],
    condition: sql`t._external_key = i.m0 and coalesce(t._source ->> 'id', '') = i.m1`,
  }
}

function withDefaults(work: TableWork, row: AddressedRow): AddressedRow {
  const values = new Map(row.values)
  fillDefaults(work, values)
  return { ...row, values }
}
