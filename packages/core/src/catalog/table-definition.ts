import type { ColumnRecord } from '../db/tables/columns.db.ts'
import type { TableRecord } from '../db/tables/tables.db.ts'
import { nearest } from '../errors/nearest.ts'
import { OpsError, type OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { AnyColumnType } from '../values/column-type.ts'
import type { ColumnTypes } from './column-types.ts'
import type { FillDefinition } from './fill-definition.ts'
import type { Column, ColumnRule } from './table.ts'

/** A column with its type at hand and where its cells lie. Formulas are as stored, columns by id. */
export interface ColumnDefinition extends Omit<Column, 'formula' | 'fill' | 'defaultFormula' | 'rule'> {
  /** Names the physical column. */
  readonly number: number
  /** Whether the sort key column is there: every write keeps it. */
  readonly sortKeyed: boolean
  /** Whether the sort key column is filled for every row, so that reads may use it. */
  readonly sortKeyReady: boolean
  /** Whether a trigram index serves `contains`. */
  readonly searchIndexed: boolean
  readonly columnType: AnyColumnType
  /** What gives its cells; null for a column that people fill. */
  readonly formula: FormulaDefinition | null
  /** The plugin's part that gives its cells when asked to. */
  readonly fill: FillDefinition | null
  readonly defaultFormula: string | null
  readonly rule: ColumnRule | null
}

/** The formula of a column. */
export interface FormulaDefinition {
  /** Columns by id. */
  readonly source: string
  /** Type of the results: `number`, `list<date>`. */
  readonly type: string
  /** Counts definitions: the one to which a cell's result must belong, or it is stale. */
  readonly generation: number
  /** Whether there may be cells of earlier generations. */
  readonly pending: boolean
  /** When all cells were last computed, for results that change with time; ISO 8601. */
  readonly at: string | null
}

/** A table with all that the store needs. Made from the catalog, under row-level security. */
export interface TableDefinition {
  readonly id: string
  /** Names the physical table. */
  readonly number: number
  readonly name: string
  readonly description: string
  readonly revision: number
  readonly nextColumnNumber: number
  readonly hasSide: boolean
  readonly hasExternal: boolean
  /** Whether rows were ever put at places by hand; until then their own order is that of their ids. */
  readonly hasPlaces: boolean
  readonly createdAt: string
  readonly createdBy: string
  readonly deletedAt: string | null
  readonly columns: readonly ColumnDefinition[]
}

export function tableDefinition(table: TableRecord, columns: readonly ColumnDefinition[]): TableDefinition {
  return {
    id: table.id,
    number: table.number,
    name: table.name,
    description: table.description,
    revision: table.revision,
    nextColumnNumber: table.next_column_number,
    hasSide: table.has_side,
    hasExternal: table.has_external,
    hasPlaces: table.has_places,
    createdAt: table.created_at,
    createdBy: table.created_by,
    deletedAt: table.deleted_at,
    columns,
  }
}

export function columnDefinition(record: ColumnRecord, types: ColumnTypes): ColumnDefinition {
  return {
    id: record.id,
    key: record.key,
    name: record.name,
    description: record.description,
    type: record.type,
    settings: record.settings,
    defaultValue: record.default_value,
    unique: record.is_unique,
    locked: record.locked,
    hidden: record.hidden,
    number: record.number,
    sortKeyed: record.sort_keyed,
    sortKeyReady: record.sort_key_ready,
    searchIndexed: record.search_indexed,
    formula:
      record.formula === null || record.formula_type === null
        ? null
        : {
            source: record.formula,
            type: record.formula_type,
            generation: record.formula_generation,
            pending: record.formula_pending,
            at: record.formula_at,
          },
    defaultFormula: record.default_formula,
    rule: record.rule,
    fill: record.fill,
    ...types.ofColumn(record),
  }
}

/**
 * The live column that an id or a key names.
 *
 * @throws OpsError `NOT_FOUND` naming the nearest keys
 */
export function findColumn(table: TableDefinition, idOrKey: string): ColumnDefinition {
  const column = columnsByName(table).get(idOrKey)
  if (column !== undefined) return column
  const keys = table.columns.map(({ key }) => key)
  throw new OpsError(
    'NOT_FOUND',
    say('Table "{table}" has no column "{column}".{~hint}', {
      table: table.name,
      column: String(idOrKey).slice(0, 60),
      hint: nearest(String(idOrKey), keys),
    }),
  )
}

const byName = new WeakMap<TableDefinition, ReadonlyMap<string, ColumnDefinition>>()

function columnsByName(table: TableDefinition): ReadonlyMap<string, ColumnDefinition> {
  const known = byName.get(table)
  if (known !== undefined) return known
  const names = new Map(
    table.columns.toReversed().flatMap((column) => [[column.key, column] as const, [column.id, column] as const]),
  )
  byName.set(table, names)
  return names
}

/** Why nobody writes the cells of a column by themselves; null if they can be written. */
export function writeRefusal(column: Pick<ColumnDefinition, 'name' | 'formula' | 'typeFault'>): OpsError | null {
  if (column.formula === null) return column.typeFault === null ? null : missingTypeError(column, column.typeFault)
  return new OpsError(
    'COMPUTED_COLUMN',
    say('{column} is computed by its formula and cannot be written.', { column: column.name }),
  )
}

/** @throws OpsError `COLUMN_TYPE_MISSING` if the host no longer has the type that would read what is written */
export function refuseMissingType(column: Pick<ColumnDefinition, 'name' | 'typeFault'>, path: OpsErrorPath = []): void {
  if (column.typeFault !== null) throw missingTypeError(column, column.typeFault, path)
}

function missingTypeError({ name }: Pick<ColumnDefinition, 'name'>, fault: string, path: OpsErrorPath = []): OpsError {
  return new OpsError('COLUMN_TYPE_MISSING', say('Column "{column}": {~fault}', { column: name, fault }), { path })
}
