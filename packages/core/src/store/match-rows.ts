import { type RawBuilder, sql } from 'kysely'
import { type ColumnDefinition, refuseMissingType } from '../catalog/table-definition.ts'
import { OpsError } from '../errors/ops-error.ts'
import { sortKeyExpression } from '../query/sort-key-expression.ts'
import { say } from '../sentences/say.ts'
import type { QueryShape } from './advisor/query-shape.ts'
import { cellStorages } from './cell-storage.ts'
import type { TableWork } from './org-session.ts'
import { physical, sortKeyName } from './physical-names.ts'
import type { PreparedRow } from './prepare-cells.ts'
import { uniqueExpression } from './table-ddl.ts'

/** @throws OpsError `INVALID_INPUT` for a column whose cells are lists */
export function matchColumn(column: ColumnDefinition): ColumnDefinition {
  if (column.formula !== null) {
    throw new OpsError(
      'INVALID_INPUT',
      say('Rows cannot be matched by {column}: its formula is computed once they are written.', {
        column: column.name,
      }),
      { path: ['match'] },
    )
  }
  refuseMissingType(column, ['match'])
  if (column.columnType.storage !== 'jsonb' && column.columnType.storage !== 'text[]') return column
  throw new OpsError(
    'INVALID_INPUT',
    say('Rows cannot be matched by {column}: it holds {type}.', { column: column.name, type: column.columnType.label }),
    { path: ['match'] },
  )
}

/** Lets no other upsert into the table go on meanwhile: two of them never make the same row. */
export async function lockUpserts({ tx, org, table }: TableWork): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`opslayer upsert ${org.orgId} ${table.id}`}, 0))`)
}

/** Makes one row of those with the same key, later cells winning. A key of null is nobody else's. */
export function mergeSame<Prepared extends PreparedRow>(
  rows: readonly Prepared[],
  keyOf: (row: Prepared) => string | null,
): Prepared[] {
  const merged = new Map<string | Prepared, Prepared>()
  for (const row of rows) {
    const key = keyOf(row) ?? row
    const earlier = merged.get(key)
    merged.set(
      key,
      earlier === undefined
        ? row
        : {
            ...row,
            values: new Map([...earlier.values, ...row.values]),
            kept: [...earlier.kept.filter(({ column }) => !row.values.has(column)), ...row.kept],
          },
    )
  }
  return [...merged.values()]
}

/** Text that two rows share if they agree in all columns; null if one is empty. */
export function columnsKey({ values }: PreparedRow, columns: readonly ColumnDefinition[]): string | null {
  const found = columns.map((column) => values.get(column) ?? null)
  return found.includes(null) ? null : JSON.stringify(found)
}

/** What looking rows up by columns asks of the database; a unique column has its own index. */
export function lookupShape(columns: readonly ColumnDefinition[]): QueryShape {
  const looked = columns.filter(({ unique }) => !unique)
  const filters = looked.length < columns.length ? [] : looked.map(({ id }) => ({ column: id, use: 'one' as const }))
  return { filters, either: [], other: false, sort: null, reads: [] }
}

/** How rows that are there, `t`, are found by an input relation `i` with the columns `m0`, `m1` … */
export interface Match {
  readonly arrays: readonly RawBuilder<unknown>[]
  readonly condition: RawBuilder<unknown>
}

export function matchByColumns(rows: readonly PreparedRow[], columns: readonly ColumnDefinition[]): Match {
  const arrays = columns.map((column) => {
    const { encode, arrayType } = cellStorages[column.columnType.storage]
    return sql`${rows.map(({ values }) => encode(values.get(column) ?? null))}::${sql.raw(arrayType)}`
  })
  return { arrays, condition: matchCondition(columns) }
}

/** Whether a row agrees with an input in every column. */
export function matchCondition(columns: readonly ColumnDefinition[]): RawBuilder<unknown> {
  const conditions = columns.map((column, place) => {
    const cell = sql`t.${physical.values(column)}`
    const value = sql`i.${sql.id(`m${place}`)}`
    const equal = sql`${cell} = ${value}`
    // The unique index holds a hash of long text, other indexes its sort key: naming it lets PostgreSQL use them.
    if (column.unique)
      return sql`(${equal} and ${uniqueExpression(column, cell)} = ${uniqueExpression(column, value)} and ${cell} is not null)`
    return column.sortKeyReady
      ? sql`(${equal} and t.${sql.id(sortKeyName(column))} = ${sortKeyExpression(value)})`
      : equal
  })
  return sql.join(conditions, sql` and `)
}
