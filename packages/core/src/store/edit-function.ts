import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../catalog/orgs.repository.ts'
import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import { compileLiteral } from '../db/compile-raw.ts'
import { quoteLiteral } from '../db/quote.ts'
import { assignments, cellsAsJson } from './cell-parameters.ts'
import { cellStorages } from './cell-storage.ts'
import { fillSets } from './filled/fill-sets.ts'
import type { FormulaWrite } from './formulas/formula-write.ts'
import { type EntryHead, insertEntryOf } from './log-entry.ts'
import type { KnownTable, TableWork } from './org-session.ts'
import { editFunctionName, physical, schemaName, stateName, valuesName } from './physical-names.ts'

/**
 * The edit of some columns of one row as a function in the org's schema: it locks the row, compares, computes formulas,
 * updates and logs, as `oneRowStatement` does. PostgreSQL keeps its plans, which took longer to make than all else of
 * such an edit.
 */
export interface EditFunction {
  /** With the schema. The name tells the whole of its text, so that a function is never of the past. */
  readonly name: string
  /** Makes the function; does nothing if it is there. */
  readonly create: RawBuilder<unknown>
  /** One row: the row's version now, or null if nothing was done. */
  call(edit: EditCall): RawBuilder<{ version: number | null }>
}

/** What differs from edit to edit. */
export interface EditCall {
  readonly id: string
  /** The version that the row must have. */
  readonly version: number | undefined
  readonly entry: EntryHead
  /** New values, in the order of the columns. */
  readonly values: readonly RawBuilder<unknown>[]
}

/** Places of the arguments before those of the cells. */
const argument = { id: '$1', version: '$2', operation: '$3', actorType: '$4', actorId: '$5', cause: '$6' } as const
const fixedArguments = 'bigint, int, text, text, text, json'
const fixedCount = Object.keys(argument).length

/** Cells that formulas read besides those written: a function has a variable for each. */
const mostRead = 90

const known = new WeakMap<TableDefinition, Map<string, EditFunction>>()

/**
 * @param columns at most 40
 * @returns null for formulas that depend on the time, or read very many cells
 */
export function editFunction(
  { org, table }: Pick<KnownTable, 'org' | 'table'>,
  columns: readonly ColumnDefinition[],
  formulas: FormulaWrite | null,
): EditFunction | null {
  if (formulas !== null && (formulas.usesTime || formulas.cells.length > mostRead)) return null
  const functions = known.get(table) ?? new Map<string, EditFunction>()
  known.set(table, functions)
  const key = columns.map(({ number }) => number).join()
  const found = functions.get(key) ?? makeFunction(org, table, columns, formulas)
  functions.set(key, found)
  return found
}

function makeFunction(
  org: Org,
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
  formulas: FormulaWrite | null,
): EditFunction {
  const types = columns.map(({ columnType }) => cellStorages[columnType.storage].sqlType)
  const signature = `(${[fixedArguments, ...types].join(', ')}) returns int`
  const body = bodyOf(org, table, columns, formulas)
  const digest = createHash('sha256').update(signature).update(body).digest('hex').slice(0, 16)
  const plain = editFunctionName(table, digest)
  const name = sql.id(schemaName(org), plain)
  return {
    name: `${schemaName(org)}.${plain}`,
    create: sql`create or replace function ${name} ${sql.raw(signature)} language plpgsql as ${sql.raw(quoteLiteral(body))}`,
    call: ({ id, version, entry: { operation, actor }, values }) => {
      const cause = operation.cause === null ? null : JSON.stringify(operation.cause)
      const fixed = [id, version ?? null, operation.id, actor.type, actor.id, cause].map((value) => sql`${value}`)
      return sql`select ${name}(${sql.join([...fixed, ...values])}) as version`
    },
  }
}

function bodyOf(
  org: Org,
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
  formulas: FormulaWrite | null,
): string {
  const { id, version, operation, actorType, actorId, cause } = argument
  const after = columns.map((_, place) => sql.raw(`$${fixedCount + place + 1}`))
  const written = new Map(columns.map((column, place) => [valuesName(column), after[place] ?? sql``]))
  const read = formulas?.cells.filter((cell) => !written.has(cell)) ?? []
  const types = cellTypes(table)
  const variables = [
    'row_version int',
    ...columns.map((column, place) => `before${place} ${types.get(valuesName(column))}`),
    ...read.map((cell) => `read_${cell} ${types.get(cell)}`),
  ]
  const before = columns.map((_, place) => sql.id(`before${place}`))
  const targets = ['row_version', ...columns.map((_, place) => `before${place}`), ...read.map((cell) => `read_${cell}`)]
  const cells = ['_version', ...columns.map(valuesName), ...read].map((name) => sql`t.${sql.id(name)}`)
  const same = columns.map((_, place) => sql`${before[place]} is not distinct from ${after[place]}`)
  const cellSets = [
    ...columns.flatMap((column, place) => assignments(column, after[place] ?? sql``)),
    ...(formulas?.sets('f') ?? []),
  ]
  const assigned = [...cellSets, ...fillSets(table, cellSets)]
  const inputs = (formulas?.cells ?? []).map(
    (cell) => sql`${written.get(cell) ?? sql.id(`read_${cell}`)} as ${sql.id(cell)}`,
  )
  const computed =
    formulas === null ? sql`` : sql` from ${formulas.relation(sql`(select ${sql.join(inputs)})`, [])} as f`
  const head = sql`${sql.raw(operation)}, true, 'rows-updated', 'do', null, ${table.id}, ${sql.raw(actorType)}, ${sql.raw(actorId)},
      ${sql.raw(cause)}, null::bigint`
  const row = sql.raw(id)
  const logged = insertEntryOf(
    org,
    head,
    {
      count: sql`1`,
      first: row,
      last: row,
      ids: sql`array[${row}]`,
      columns,
      computed: formulas?.columnIds,
      before: cellsAsJson(columns.map((column, place) => [column, before[place] ?? sql``])),
      after: cellsAsJson(columns.map((column, place) => [column, after[place] ?? sql``])),
    },
    sql`(select) as one`,
  )
  const rows = physical.rows(org, table)
  return compileLiteral(sql`#variable_conflict use_column
declare ${sql.raw(variables.join('; '))};
begin
  select ${sql.join(cells)} into ${sql.raw(targets.join(', '))} from ${rows} as t where t._id = ${row} for no key update;
  if row_version is null or ${sql.raw(version)} <> row_version or (${sql.join(same, sql` and `)}) then return null; end if;
  update ${rows} as t
  set ${sql.join(assigned.map(({ name, value }) => sql`${name} = ${value}`))},
    _version = t._version + 1, _updated_at = now(), _updated_by = current_setting('opslayer.actor', true)${computed}
  where t._id = ${row};
  ${logged};
  return row_version + 1;
end`)
}

/** SQL types of a table's cells and marks, by physical name. */
function cellTypes({ columns }: TableDefinition): ReadonlyMap<string, string> {
  return new Map(
    columns.flatMap((column): [string, string][] => [
      [valuesName(column), cellStorages[column.columnType.storage].sqlType],
      [stateName(column), 'smallint'],
    ]),
  )
}

type OfTable = Pick<TableWork, 'tx' | 'org'> & { readonly table: Pick<TableDefinition, 'number'> }

/** Functions of one table: who edits other columns each time is no reason to keep one for each choice. */
const mostOfTable = 50

/** Makes a function in the database; where a table has very many, they make room for those that are used now. */
export async function makeEditFunction(work: OfTable, { create }: EditFunction): Promise<void> {
  const found = await signaturesOf(work)
  if (found.length >= mostOfTable) await dropAll(work, found)
  await work.tx.run(create)
}

/** The functions of a table, to be dropped when its columns or formulas change: whoever edits makes what is needed. */
export async function dropEditFunctions(work: OfTable): Promise<void> {
  await dropAll(work, await signaturesOf(work))
}

async function signaturesOf({ tx, org, table }: OfTable): Promise<string[]> {
  const found = await tx.all(sql<{ signature: string }>`
    select p.oid::regprocedure::text as signature from pg_proc as p
    where p.pronamespace = ${schemaName(org)}::regnamespace and starts_with(p.proname, ${editFunctionName(table, '')})`)
  return found.map(({ signature }) => signature)
}

async function dropAll({ tx }: OfTable, signatures: readonly string[]): Promise<void> {
  for (const signature of signatures) await tx.run(sql`drop function if exists ${sql.raw(signature)}`)
}
