import * as z from 'zod'
import { keyPattern } from '../../catalog/column-key.ts'
import type { ColumnTypes } from '../../catalog/column-types.ts'
import type { OrgRow } from '../../catalog/org-rows.repository.ts'
import type { OrgTable } from '../../catalog/org-tables.ts'
import { OpsError } from '../../errors/ops-error.ts'
import type { AnyColumnType } from '../../values/column-type.ts'
import { damaged } from './archive-format.ts'

/** What the rows of an archive must fit. */
export interface ArchivedDefinitions {
  /** Numbers of the tables by their ids. */
  readonly tables: Map<string, number>
  /** Numbers of those that hold external keys. */
  readonly external: Set<number>
  /** Numbers of tables whose rows have places. */
  readonly placed: Set<number>
  /** Live unique columns. */
  readonly unique: { readonly table: number; readonly number: number; readonly columnType: AnyColumnType }[]
}

export function emptyDefinitions(): ArchivedDefinitions {
  return { tables: new Map(), external: new Set(), placed: new Set(), unique: [] }
}

/** What opslayer makes names of, or reads without asking again. */
const tableSchema = z.array(
  z.looseObject({
    id: z.string().regex(/^tbl_[a-z0-9]{16}$/),
    number: z.int().min(1).max(1_000_000),
    has_external: z.boolean(),
    has_places: z.boolean(),
  }),
)
const columnSchema = z.array(
  z.looseObject({
    id: z.string().regex(/^col_[a-z0-9]{16}$/),
    table_id: z.string(),
    number: z.int().min(1).max(10_000),
    key: z.string().regex(keyPattern),
    type: z.string(),
    storage: z.enum(['text', 'numeric', 'boolean', 'date', 'timestamptz', 'text[]', 'jsonb']),
    is_unique: z.boolean(),
    deleted_at: z.string().nullable(),
  }),
)

/**
 * Checks rows of the catalog and notes what the rows of the tables will be held against.
 *
 * @throws OpsError `INVALID_INPUT`
 */
export function checkDefinitions(
  table: OrgTable,
  rows: readonly OrgRow[],
  types: ColumnTypes,
  known: ArchivedDefinitions,
): void {
  if (table === 'tables') {
    for (const { id, number, has_external, has_places } of parsed(tableSchema, rows)) {
      known.tables.set(id, number)
      if (has_external) known.external.add(number)
      if (has_places) known.placed.add(number)
    }
  }
  if (table !== 'columns') return
  for (const column of parsed(columnSchema, rows)) {
    if (!types.has(column.type)) {
      throw new OpsError(
        'INVALID_INPUT',
        `The archive has a column of type "${column.type.slice(0, 60)}", which this host does not have. Give createOps the column type first.`,
      )
    }
    const of = known.tables.get(column.table_id)
    if (of === undefined) throw damaged('it has a column of a table that it does not define')
    if (column.is_unique && column.deleted_at === null) {
      known.unique.push({ table: of, number: column.number, columnType: types.get(column.type) })
    }
  }
}

function parsed<T>(schema: z.ZodType<T>, rows: readonly OrgRow[]): T {
  const result = schema.safeParse(rows)
  if (result.success) return result.data
  throw damaged(`a definition is none that opslayer makes (${result.error.issues[0]?.path.join('.') ?? ''})`)
}
