import { type RawBuilder, sql } from 'kysely'
import type { FillDefinition } from '../../catalog/fill-definition.ts'
import { type ColumnDefinition, findColumn } from '../../catalog/table-definition.ts'
import { resultStorage } from '../../formula/cell-fragment.ts'
import { checkFormula } from '../../formula/check.ts'
import { compileFormulas } from '../../formula/compile-formulas.ts'
import type { CheckedFormula } from '../../formula/typed-formula.ts'
import { checkFilter } from '../../query/check-filter.ts'
import { optionsOf } from '../../query/column-options.ts'
import { compileFilter } from '../../query/compile-filter.ts'
import type { Json } from '../../values/json.ts'
import { cellStorages } from '../cell-storage.ts'
import { invalidFormula } from '../formulas/formula-refusals.ts'
import { momentOf } from '../formulas/formula-write.ts'
import { formulaColumn } from '../formulas/table-formulas.ts'
import type { TableWork } from '../org-session.ts'
import { originName, physical, stateName, valuesName } from '../physical-names.ts'
import { queryTableOf } from '../query-table-of.ts'

/** How a cell that is not marked as running was when its inputs were read: tells later what has become of it meanwhile. */
export interface CellAsRead {
  /** Another one once anything of the row is written. */
  readonly writtenBy: string
  /** Goes up when people edit the row. */
  readonly version: number
  /** Whether a plugin has given it, or was asked to. */
  readonly isObtained: boolean
  readonly hasValue: boolean
}

/** What a plugin is to be asked about one row. */
export interface RowInputs {
  readonly id: string
  /** By the keys of the part's inputs; null for an empty cell. */
  readonly inputs: Readonly<Record<string, Json>>
  /** Whether the row satisfies the fill's condition. */
  readonly wanted: boolean
  /** Of the cell that was asked for with them. */
  readonly cell: CellAsRead | null
}

export interface ReadInputsOptions {
  /** Whose cells are read with them. @default none's */
  readonly column?: ColumnDefinition | null
  /** Whether nothing of the transaction follows, which reads. @default false */
  readonly isLast?: boolean
  /** Rows at most, by their ids. @default all */
  readonly limit?: number | undefined
}

/** How an input of each row is read. */
interface InputReader {
  readonly key: string
  readonly cells: readonly string[]
  readonly value: RawBuilder<unknown> | null
  readonly decode: (raw: unknown) => Json
}

/**
 * The inputs of a fill for rows, as they are now.
 *
 * @param condition which rows, under the alias `t`
 * @throws OpsError `NOT_FOUND`, `FORMULA_INVALID`, `INVALID_QUERY` for a fill that no longer fits
 */
export async function readInputs(
  work: TableWork,
  fill: Pick<FillDefinition, 'inputs' | 'condition'>,
  condition: RawBuilder<boolean>,
  { column = null, isLast = false, limit }: ReadInputsOptions = {},
): Promise<readonly RowInputs[]> {
  const { tx, org, table, context } = work
  const formulas = formulasOf(work, fill)
  const {
    over,
    results,
    cells: read,
  } = compileFormulas(
    formulas.map(({ formula }) => ({ formula })),
    momentOf(context),
  )
  const readers = [
    ...Object.entries(fill.inputs).flatMap(([key, source]) =>
      'column' in source ? columnReader(work, key, source.column) : [],
    ),
    ...formulas.map(({ key, formula }, place) => formulaReader(key, formula, results[place]?.value ?? sql`null`)),
  ]
  const constants = Object.entries(fill.inputs).flatMap(([key, source]) =>
    'value' in source ? [[key, source.value] as const] : [],
  )
  const wanted = sql`(${compileFilter(checkFilter(fill.condition, queryTableOf(work), context))})`
  const names = [...new Set([...read, ...readers.flatMap(({ cells }) => cells)])]
  const ofCell = column === null ? [] : cellAsRead(column)
  const cells = [
    sql`t._id`,
    sql`${wanted} as wanted`,
    ...ofCell.map(({ name, value }) => sql`${value} as ${sql.id(name)}`),
    ...names.map((name) => sql`t.${sql.id(name)}`),
  ]
  const some = limit === undefined ? sql`` : sql` order by t._id limit ${sql.lit(limit)}`
  const source = sql`(select ${sql.join(cells)} from ${physical.rows(org, table)} as t where ${condition}${some})`
  const own = ofCell.map(({ name }) => name)
  const kept = [...new Set(['_id', 'wanted', ...own, ...readers.flatMap(({ cells: names }) => names)])]
  const values = readers.map(
    ({ value, cells: names }, place) => sql`${value ?? sql`f.${sql.id(names[0] ?? '')}`} as ${sql.id(`i${place}`)}`,
  )
  const found = await (isLast ? tx.last : tx.all)(sql<Readonly<Record<string, unknown>>>`
    select ${sql.join([sql`f._id`, sql`f.wanted`, ...own.map((name) => sql`f.${sql.id(name)}`), ...values])} from ${over(source, kept)} as f order by f._id`)
  return found.map((row) => ({
    id: String(row._id),
    wanted: row.wanted === true,
    cell:
      column === null
        ? null
        : {
            writtenBy: String(row.written_by),
            version: Number(row.version),
            isObtained: row.is_obtained === true,
            hasValue: row.has_value === true,
          },
    inputs: Object.fromEntries([
      ...constants,
      ...readers.map(({ key, decode }, place) => [key, decode(row[`i${place}`] ?? null)] as const),
    ]),
  }))
}

function cellAsRead(column: ColumnDefinition) {
  const obtained = sql.join(
    [stateName(column), originName(column)].map((name) => sql`t.${sql.id(name)} is not null`),
    sql` or `,
  )
  return [
    { name: 'written_by', value: sql`t.xmin::text` },
    { name: 'version', value: sql`t._version` },
    { name: 'is_obtained', value: sql`(${obtained})` },
    { name: 'has_value', value: sql`t.${physical.values(column)} is not null` },
  ]
}

function formulasOf(
  { table, functions }: TableWork,
  { inputs }: Pick<FillDefinition, 'inputs'>,
): readonly { readonly key: string; readonly formula: CheckedFormula }[] {
  const columns = table.columns.map(formulaColumn)
  return Object.entries(inputs).flatMap(([key, source]) => {
    if (!('formula' in source)) return []
    const checked = checkFormula(source.formula, { columns, functions })
    if (!checked.ok) throw invalidFormula(checked.faults, ['fill', 'inputs', key, 'formula'])
    return [{ key, formula: checked.value }]
  })
}

function columnReader({ table }: TableWork, key: string, columnId: string): InputReader {
  const column = findColumn(table, columnId)
  return { key, cells: [valuesName(column)], value: null, decode: decoderOf(column) }
}

/** Plugins get the names of options, as people read them. */
function decoderOf({ columnType, settings }: ColumnDefinition): (raw: unknown) => Json {
  const { decode } = cellStorages[columnType.storage]
  const names = new Map(optionsOf(settings).map(({ id, name }) => [id, name]))
  if (names.size === 0) return decode
  const named = (value: Json): Json => (typeof value === 'string' ? (names.get(value) ?? value) : value)
  return (raw) => {
    const value = decode(raw)
    return Array.isArray(value) ? value.map(named) : named(value)
  }
}

function formulaReader(key: string, formula: CheckedFormula, value: RawBuilder<unknown>): InputReader {
  const { sqlType, decode } = cellStorages[resultStorage(formula.type)]
  return { key, cells: [], value: sql`(${value})::${sql.raw(sqlType)}`, decode }
}
