import { type RawBuilder, sql } from 'kysely'
import type { TableDefinition } from '../catalog/table-definition.ts'
import { cellStates } from '../query/cell-state.ts'
import type { Json } from '../values/json.ts'
import { cellStorages } from './cell-storage.ts'
import {
  type CopyFrom,
  type CopyTotals,
  hasOptions,
  isCopyOf,
  isFirst,
  nextRows,
  originOf,
  rankOf,
} from './copy-source.ts'
import { pairedNumbers } from './copy-warnings.ts'
import { fillDefaults } from './formulas/column-checks.ts'
import { writeInserts } from './insert-rows.ts'
import { lockUpserts } from './match-rows.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { type CellError, type KeptText, prepareCells } from './prepare-cells.ts'
import { PartMissing } from './table-parts.ts'
import { type AddressedRow, writeUnique } from './unique-cells.ts'
import { writeUpdates } from './update-rows.ts'

/** A row of the source that the target has not taken, or not as it is now. */
export interface RefusedCopy {
  /** Id of the row of the source. */
  readonly id: string
  /** Exact texts, by the order of the copy's pairs; null for empty cells. */
  readonly cells: readonly (string | null)[]
  readonly errors: readonly CellError[]
}

export interface CheckedTotals extends CopyTotals {
  readonly rejected: readonly RefusedCopy[]
  /** Cells whose text is kept beside their row. */
  readonly warnings: number
}

/**
 * Whether the target has a say in what becomes of the source's cells: by rules, uniqueness, types or settings of its
 * own, or by defaults for the cells that the source does not give.
 */
export function mustCheck({ columns }: TableDefinition, { source, pairs, onInvalid }: CopyFrom): boolean {
  if (onInvalid === 'reject' && source.hasSide) return true
  const decides = columns.some(
    ({ unique, defaultValue, defaultFormula }) => unique || defaultValue !== null || defaultFormula !== null,
  )
  return (
    decides ||
    pairs.some(
      ({ from, to }) =>
        to.rule !== null ||
        from.type !== to.type ||
        (!hasOptions(to) && JSON.stringify(from.settings) !== JSON.stringify(to.settings)),
    )
  )
}

/**
 * Copies the next rows of the source as rows are written by people: every cell passes the target's type and rule, every
 * row its unique columns. A row that breaks uniqueness is rejected; a cell that does not fit is kept as a text or its
 * row rejected, as the copy says.
 *
 * @param after id of the last row of the source that was dealt with
 * @throws PartMissing before anything is written
 */
export async function copyCheckedRows(
  work: TableWork,
  copy: CopyFrom,
  after: string,
  size: number,
  log: OperationLog,
): Promise<CheckedTotals> {
  if (!work.table.hasExternal) throw new PartMissing('external')
  await lockUpserts(work)
  const found = await readNext(work, copy, after, size)
  const errors: CellError[] = []
  const inputs = found.map(({ id }) => ({ cells: {}, externalKey: id, source: { id: originOf(copy.source) } }))
  const wanted = found.flatMap((row, index) =>
    (row.copyId === null ? !row.duplicate : copy.update) ? [{ row, index }] : [],
  )
  const rows = wanted.flatMap(({ row, index }) => prepared(work, copy, row, index, errors) ?? [])
  if (!work.table.hasSide && rows.some(({ kept }) => kept.length > 0)) throw new PartMissing('side')
  const updates = rows.filter(({ id }) => id !== null)
  const inserts = rows.filter(({ id }) => id === null).map((row) => withDefaults(work, row))
  const taken: CellError[] = []
  const outcomes = await writeUnique(work, updates, 'reject', taken, (fitting) =>
    writeUpdates(work, fitting, new Map(), log),
  )
  const made = await writeUnique(work, inserts, 'reject', taken, (fitting) =>
    writeInserts(work, fitting, inputs, { at: 'end' }, log),
  )
  const refused = Map.groupBy(copy.onInvalid === 'reject' ? [...errors, ...taken] : taken, ({ index }) => index)
  return {
    found: found.length,
    created: made.length,
    updated: outcomes.filter(({ outcome }) => outcome === 'updated').length,
    last: found.at(-1)?.id ?? null,
    warnings: rows.reduce((sum, { index, kept }) => sum + (refused.has(index) ? 0 : kept.length), 0),
    rejected: [...refused].flatMap(([index, why]) => {
      const row = found[index]
      return row === undefined ? [] : [{ id: row.id, cells: textsOf(copy, row), errors: why }]
    }),
  }
}

interface SourceRow {
  readonly id: string
  /** Id of the row of the target that was copied from it. */
  readonly copyId: string | null
  /** Whether it is new and agrees with another in all columns of `dedupe`. */
  readonly duplicate: boolean
  /** What the cells hold, in the target's form, by the order of the pairs. */
  readonly cells: readonly Json[]
  /** Texts that did not fit their cells, by number of the target's column. */
  readonly texts: Readonly<Record<string, string>>
  /** Texts that are kept beside the copy already, by number of their column. */
  readonly standing: Readonly<Record<string, string>>
}

async function readNext(work: TableWork, copy: CopyFrom, after: string, size: number): Promise<readonly SourceRow[]> {
  const { tx, org, table } = work
  const { source, pairs } = copy
  const kept = source.hasSide
    ? sql`(select json_object_agg(p.target, k.original) from ${physical.side(org, source)} as k
        join ${pairedNumbers(pairs)} on p.source = k.column_number
        where k.row_id = s.source_id and k.state = ${cellStates.warning})`
    : sql`null`
  const standing = table.hasSide
    ? sql`(select json_object_agg(k.column_number, k.original) from ${physical.side(org, table)} as k
        where k.row_id = s.copy_id and k.state = ${cellStates.warning})`
    : sql`null`
  const values = pairs.map((_, place): RawBuilder<unknown> => sql`s.${sql.id(`v${place}`)}`)
  const found = await tx.arrays(sql`
    with r as materialized (${nextRows(work, copy, after, size)}
    ), s as (
      select s.*, c._id as copy_id, ${rankOf(copy, sql`c._id is null`)} as rank
      from r as s left join ${physical.rows(org, table)} as c on ${isCopyOf('c', sql`s.source_id`, source)}
    )
    select ${sql.join([sql`s.source_id`, sql`s.copy_id`, sql`s.copy_id is null and not ${isFirst(work, copy)}`, kept, standing, ...values])}
    from s order by s.source_id`)
  return found.map(([id, copyId, duplicate, texts, own, ...raw]) => ({
    id: String(id),
    copyId: copyId === null ? null : String(copyId),
    duplicate: duplicate === true,
    standing: Object(own),
    texts: Object(texts),
    cells: pairs.map(({ to }, place) => cellStorages[to.columnType.storage].decode(raw[place])),
  }))
}

function textsOf({ pairs }: CopyFrom, { cells, texts }: SourceRow): readonly (string | null)[] {
  return pairs.map(({ to }, place) => {
    const value = cells[place] ?? null
    return value === null ? (texts[to.number] ?? null) : to.columnType.toCsv(value, to.settings)
  })
}

/** The row as it goes into the target, without the texts that stand there already; undefined if it is rejected. */
function prepared(
  work: TableWork,
  { pairs, onInvalid }: CopyFrom,
  { copyId, cells, texts, standing }: SourceRow,
  index: number,
  errors: CellError[],
): AddressedRow | undefined {
  const input = Object.fromEntries(pairs.map(({ to }, place) => [to.id, cells[place] ?? texts[to.number] ?? null]))
  const row = prepareCells(work, input, index, onInvalid, errors)
  if (row === undefined) return undefined
  const isStanding = ({ column, original }: KeptText): boolean => standing[column.number] === original
  const left = new Set(row.kept.filter(isStanding).map(({ column }) => column))
  const values = new Map([...row.values].filter(([column]) => !left.has(column)))
  return { index, id: copyId, values, kept: row.kept.filter(({ column }) => !left.has(column)) }
}

function withDefaults(work: TableWork, row: AddressedRow): AddressedRow {
  const values = new Map(row.values)
  fillDefaults(work, values)
  return { ...row, values }
}
