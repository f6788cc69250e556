import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../../catalog/orgs.repository.ts'
import type { TableDefinition } from '../../catalog/table-definition.ts'
import { compileLiteral } from '../../db/compile-raw.ts'
import { quoteLiteral } from '../../db/quote.ts'
import { cellStorages } from '../cell-storage.ts'
import type { TableWork } from '../org-session.ts'
import { rowFunctionName, schemaName, stateName, valuesName } from '../physical-names.ts'
import type { FormulaWrite } from './formula-write.ts'

/**
 * Formulas of one row as a function in the org's schema. PostgreSQL keeps its plan, so that an edit of a row need not
 * have it made anew each time: that took longer than everything else of such an edit.
 */
export interface RowFunction {
  /** With the schema. */
  readonly name: string
  /** Makes the function; does nothing if it is there. */
  readonly create: RawBuilder<unknown>
  /** A relation of one row with the results, over the cells in the order of {@link FormulaWrite.cells}. */
  call(cells: readonly RawBuilder<unknown>[]): RawBuilder<unknown>
}

/** Functions take 100 arguments, their row type 1,600 results. */
const most = 90

const made = new WeakMap<FormulaWrite, { readonly signature: string; readonly body: string; readonly digest: string }>()

/** @returns null for formulas that depend on the time, and where there are too many cells */
export function rowFunction(org: Org, table: TableDefinition, write: FormulaWrite): RowFunction | null {
  if (write.usesTime || write.cells.length > most || write.cells.length === 0 || write.outputs.length > most)
    return null
  const text = made.get(write) ?? textOf(table, write)
  made.set(write, text)
  const plain = rowFunctionName(table, text.digest)
  const name = sql.id(schemaName(org), plain)
  return {
    name: `${schemaName(org)}.${plain}`,
    create: sql`create or replace function ${name} ${sql.raw(text.signature)} language plpgsql stable as ${sql.raw(quoteLiteral(text.body))}`,
    call: (cells) => sql`${name}(${sql.join(cells)})`,
  }
}

/** The functions of a table, to be dropped when its formulas change: whoever edits next makes what is needed. */
export async function dropRowFunctions({
  tx,
  org,
  table,
}: Pick<TableWork, 'tx' | 'org'> & { readonly table: Pick<TableDefinition, 'number'> }): Promise<void> {
  const found = await tx.all(sql<{ signature: string }>`
    select p.oid::regprocedure::text as signature from pg_proc as p
    where p.pronamespace = ${schemaName(org)}::regnamespace and starts_with(p.proname, ${rowFunctionName(table, '')})`)
  for (const { signature } of found) await tx.run(sql`drop function if exists ${sql.raw(signature)}`)
}

function textOf(table: TableDefinition, write: FormulaWrite) {
  const types = new Map(
    table.columns.flatMap((column): [string, string][] => [
      [valuesName(column), cellStorages[column.columnType.storage].sqlType],
      [stateName(column), 'smallint'],
    ]),
  )
  const inputs = write.cells.map((cell) => types.get(cell) ?? 'text')
  const outputs = write.outputs.map(
    ({ storage }, place) => `out r${place} ${cellStorages[storage].sqlType}, out e${place} int`,
  )
  const signature = `(${[...inputs, ...outputs].join(', ')})`
  const source = sql`(select ${sql.join(write.cells.map((cell, place) => sql`${sql.raw(`$${place + 1}`)} as ${sql.id(cell)}`))})`
  const names = write.outputs.flatMap((_, place) => [`r${place}`, `e${place}`])
  const values = names.map((name) => `g.${name}`)
  const relation = compileLiteral(write.relation(source, []))
  const body = `#variable_conflict use_column
begin
  select ${values.join(', ')} into ${names.join(', ')} from ${relation} as g;
end`
  return { signature, body, digest: createHash('sha256').update(signature).update(body).digest('hex').slice(0, 16) }
}
