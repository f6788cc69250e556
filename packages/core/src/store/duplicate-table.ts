import { sql } from 'kysely'
import * as z from 'zod'
import { nameSchema } from '../catalog/column-input.ts'
import { newId } from '../catalog/new-id.ts'
import type { Table } from '../catalog/table.ts'
import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import { updateTable as writeTable } from '../catalog/tables.repository.ts'
import { type CallOptions, one } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { withOtherIds } from '../formula/references.ts'
import { cellStorages } from './cell-storage.ts'
import { copyOrigins } from './filled/cell-origin.ts'
import { fillWithOtherIds } from './filled/fill-reads.ts'
import type { DefinedColumn } from './formulas/define-columns.ts'
import { formulaWrite } from './formulas/formula-write.ts'
import { logInserted } from './log-inserted.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { originName, physical, valuesName } from './physical-names.ts'
import { createPlacesIndex, createSideTable } from './table-ddl.ts'
import { logTableMade, makeTable, presentTable } from './tables.service.ts'

export interface DuplicateOptions extends CallOptions, WriteOptions {
  /** @default the table's name and "copy" */
  readonly name?: string | undefined
  /** Whether the rows are copied too. @default true */
  readonly rows?: boolean | undefined
  readonly onProgress?: ((done: { readonly rows: number }) => void) | undefined
}

const optionsSchema = z.object({ name: nameSchema.optional(), rows: z.boolean().optional() })

/** Rows of one transaction. */
const chunkRows = 10_000

/**
 * Makes a table with the same columns and, chunk by chunk inside the database, the same rows in the same order. The
 * copy's rows have ids and versions of their own.
 */
export async function duplicateTable(
  session: OrgSession,
  tableId: string,
  options: DuplicateOptions = {},
): Promise<Table> {
  const { name, rows = true } = checkInput(optionsSchema, { name: options.name, rows: options.rows })
  const log = startOperation(session.actor, options)
  const source = await session.readTable(tableId, options, async ({ table }) => table)
  const copy = await session.write(options, async (work) => {
    const made = await makeTable(work, {
      name: name ?? `${source.name.slice(0, 190)} copy`,
      description: source.description,
      columns: copiedColumns(source),
    })
    const { hasSide, hasPlaces } = source
    if (hasSide) await createSideTable(work.tx, work.org, made)
    if (hasPlaces) await createPlacesIndex(work.tx, work.org, made)
    if (hasSide || hasPlaces) await writeTable(work.tx.db, work.org.orgId, made.id, { hasSide, hasPlaces })
    await logTableMade(work, made.id, log)
    return { ...made, hasSide, hasPlaces }
  })
  for (let after: string | null = '0', done = 0; rows && after !== null; ) {
    const from: string = after
    const step = await session.writeTable(tableId, options, (work) => copyChunk(work, copy, from, log))
    done += step.rows
    after = step.last
    options.onProgress?.({ rows: done })
  }
  return await session.read(options, (work) => presentTable(work, copy))
}

/** The columns with ids of their own; formulas read the copies. */
function copiedColumns({ columns }: TableDefinition): readonly DefinedColumn[] {
  const ids = new Map(columns.map(({ id }) => [id, newId('col')]))
  return columns.map((column) => ({
    ...column,
    storage: column.columnType.storage,
    id: ids.get(column.id) ?? newId('col'),
    formula: column.formula === null ? null : { ...column.formula, source: withOtherIds(column.formula.source, ids) },
    defaultFormula: column.defaultFormula === null ? null : withOtherIds(column.defaultFormula, ids),
    rule: column.rule === null ? null : { ...column.rule, formula: withOtherIds(column.rule.formula, ids) },
    fill: column.fill === null ? null : fillWithOtherIds(column.fill, ids),
  }))
}

/** The source's definition may have moved on since the copy was made: columns are paired by their place at that time. */
async function copyChunk(
  work: TableWork,
  copy: TableDefinition,
  after: string,
  log: OperationLog,
): Promise<{ rows: number; last: string | null }> {
  const { tx, org, table } = work
  const pairs = pairsOf(table, copy)
  const isFromPlugins = table.hasSide && copy.hasSide
  const filled = isFromPlugins ? pairs.filter(({ source, target }) => source.fill !== null && target.fill !== null) : []
  const origins = filled.map(({ source }) => sql`m.${sql.id(originName(source))}`)
  const sources = [...pairs.map(({ source }) => sql`m.${physical.values(source)}`), ...origins]
  const targets = [
    ...pairs.map(({ target }) => physical.values(target)),
    ...filled.map(({ target }) => sql.id(originName(target))),
  ]
  const formulas = formulaWrite({ ...work, table: copy }, 'all')
  const sets = formulas?.sets('f') ?? []
  const computed =
    formulas === null
      ? sql``
      : sql`join ${formulas.relation(copiedCells(copy, pairs, formulas.cells), ['new_id'])} as f on f.new_id = m.new_id`
  const step = one(
    await tx.all(sql<{ rows: number; last: string | null }>`
      with m as materialized (
        select nextval(${physical.rowIds(org)}) as new_id, t.*
        from (select * from ${physical.rows(org, table)} where _id > ${after}::bigint order by _id limit ${sql.lit(chunkRows)}) as t
      ), n as (
        insert into ${physical.rows(org, copy)} (${sql.join([sql`_id`, sql`_position`, ...targets, ...sets.map(({ name }) => name)])})
        select ${sql.join([sql`m.new_id`, copy.hasPlaces ? sql`m._position` : sql`m.new_id`, ...sources, ...sets.map(({ value }) => value)])} from m ${computed} order by m.new_id
        returning _id
      ), s as (
        ${copyWarnings(work, copy, pairs)}
      ), g as (
        ${filled.length === 0 ? sql`select where false` : copyOrigins(work, copy, origins)}
      ), ${logInserted(org, log.entry('rows-inserted', copy.id))}
      select count(*)::int as rows, max(m._id) as last from m`),
  )
  if (step.rows > 0) log.written()
  return { rows: step.rows, last: step.rows < chunkRows ? null : step.last }
}

interface Pair {
  readonly source: ColumnDefinition
  readonly target: ColumnDefinition
}

/** A column that was retyped or removed meanwhile is left out; one that came later too. */
function pairsOf(table: TableDefinition, copy: TableDefinition): Pair[] {
  return copy.columns.flatMap((target) => {
    if (target.formula !== null) return []
    const source = table.columns.find(({ key, type }) => key === target.key && type === target.type)
    return source === undefined ? [] : [{ source, target }]
  })
}

/** What the copy's formulas read of a row, under the names of the copy. */
function copiedCells(copy: TableDefinition, pairs: readonly Pair[], cells: readonly string[]): ReturnType<typeof sql> {
  const sources = new Map(pairs.map(({ source, target }) => [valuesName(target), valuesName(source)]))
  const types = new Map(
    copy.columns.map((column) => [valuesName(column), cellStorages[column.columnType.storage].sqlType]),
  )
  const copied = cells.map((cell) => {
    const source = sources.get(cell)
    const value = source === undefined ? sql`null::${sql.raw(types.get(cell) ?? 'text')}` : sql`m.${sql.id(source)}`
    return sql`${value} as ${sql.id(cell)}`
  })
  return sql`(select ${sql.join([sql`m.new_id`, ...copied])} from m)`
}

function copyWarnings(
  { org, table }: TableWork,
  copy: TableDefinition,
  pairs: readonly Pair[],
): ReturnType<typeof sql> {
  if (!table.hasSide || !copy.hasSide || pairs.length === 0) return sql`select where false`
  const numbers = [
    sql`${pairs.map(({ source }) => source.number)}::int[]`,
    sql`${pairs.map(({ target }) => target.number)}::int[]`,
  ]
  return sql`
    insert into ${physical.side(org, copy)} (row_id, column_number, state, code, message, original, details, origin)
    select m.new_id, p.target, s.state, s.code, s.message, s.original, s.details, s.origin
    from m join ${physical.side(org, table)} as s on s.row_id = m._id
      join unnest(${sql.join(numbers)}) as p (source, target) on p.source = s.column_number`
}
