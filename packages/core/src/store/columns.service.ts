import * as z from 'zod'
import {
  type ColumnInput,
  checkDefault,
  checkSettings,
  checkUnique,
  columnInputSchema,
  descriptionSchema,
  keySchema,
  nameSchema,
  ruleSchema,
  sourceSchema,
} from '../catalog/column-input.ts'
import { columnKey } from '../catalog/column-key.ts'
import {
  type ColumnChanges,
  findDeletedColumn,
  insertColumns,
  updateColumn as writeColumn,
} from '../catalog/columns.repository.ts'
import { fillInputSchema } from '../catalog/fill-definition.ts'
import { limits } from '../catalog/limits.ts'
import type { Column } from '../catalog/table.ts'
import {
  type ColumnDefinition,
  columnDefinition,
  findColumn,
  type TableDefinition,
} from '../catalog/table-definition.ts'
import { loadTable, updateTable as writeTable } from '../catalog/tables.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { Json } from '../values/json.ts'
import { applyColumnOrder, columnOrder, placedAt } from './column-order.ts'
import { countDuplicates } from './count-duplicates.ts'
import { addMarks, fillAfter } from './filled/change-fill.ts'
import { addResultColumn, formulasAfter, refuseForFormula } from './formulas/change-column.ts'
import { refuseInUse, staleFormulas } from './formulas/change-formula.ts'
import { defineColumns } from './formulas/define-columns.ts'
import { recompute, startFilling } from './formulas/recompute.ts'
import { insertDefinitionEntry } from './log-entry.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import { refuseOptionsInUse } from './options-in-use.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { publicColumn } from './public-table.ts'
import { addPhysicalColumns, createUniqueIndex, dropUniqueIndex } from './table-ddl.ts'

type Options = CallOptions & WriteOptions

/** Options of calls that others' formulas may stand in the way of. */
export type ForcedOptions = Options & { readonly force?: boolean | undefined }

export const columnChangesSchema = z.strictObject({
  name: nameSchema.optional(),
  key: keySchema.optional(),
  description: descriptionSchema.optional(),
  settings: z.unknown().optional(),
  defaultValue: z.unknown().optional(),
  unique: z.boolean().optional(),
  locked: z.boolean().optional(),
  hidden: z.boolean().optional(),
  /** Of a formula's column. */
  formula: sourceSchema.optional(),
  /** Of a column that a plugin fills; null leaves its cells to people. */
  fill: fillInputSchema.nullable().optional(),
  /** Of a formula's column: how results are shown, as far as they fit. Other columns are retyped. */
  type: z.string().max(100).optional(),
  defaultFormula: sourceSchema.nullable().optional(),
  rule: ruleSchema.nullable().optional(),
})

/** What can change of a column without touching its cells. A rename keeps the key unless a new one is given. */
export type ColumnChangesInput = Readonly<z.input<typeof columnChangesSchema>>

export const placeSchema = z.int().min(0).max(limits.columnsPerTable).optional()

/**
 * Adds a column in O(1), however many rows there are.
 *
 * @param options `place`: its place among the columns, from 0. @default the end
 */
export async function createColumn(
  session: OrgSession,
  tableId: string,
  input: ColumnInput,
  options: Options & { readonly place?: number | undefined } = {},
): Promise<Column> {
  const checked = checkInput(columnInputSchema, input)
  const place = checkInput(placeSchema, options.place, ['place'])
  return await session.defineTable(tableId, options, async (work) => {
    const columnId = await addColumn(work, checked, place, startOperation(session.actor, options))
    return await presentColumn(work, columnId)
  })
}

/**
 * Adds a column in the caller's transaction.
 *
 * @param place among the columns, from 0. @default the end
 * @returns its id
 */
export async function addColumn(
  work: TableWork,
  input: ColumnInput,
  place: number | undefined,
  log: OperationLog,
): Promise<string> {
  const { tx, org, table, types } = work
  const number = takeColumnNumber(table)
  const [defined] = defineColumns([input], table.columns, work, false)
  if (defined === undefined) throw new OpsError('INTERNAL', 'A column was not checked.')
  const column = { ...defined, number, position: table.columns.length, pending: true }
  await insertColumns(tx.db, org.orgId, table.id, [column])
  await addPhysicalColumns(tx, org, table, [{ ...column, columnType: types.get(column.type) }])
  await applyColumnOrder(work, placedAt(await columnOrder(work), table, column.id, place ?? table.columns.length))
  await writeTable(tx.db, org.orgId, table.id, { nextColumnNumber: number + 1 })
  await logColumn(work, log, column, { deleted: true }, { deleted: false })
  if (column.formula !== null) {
    await startFilling({ ...work, table: await loadTable(tx.db, types, org.orgId, table.id) }, log)
  }
  return column.id
}

/** The number of the next physical column. Numbers of dropped and retyped columns are never used again. */
export function takeColumnNumber(table: TableDefinition, purpose: 'add' | 'retype' = 'add'): number {
  if (purpose === 'add' && table.columns.length >= limits.columnsPerTable) {
    throw new OpsError(
      'LIMIT_EXCEEDED',
      `Table "${table.name}" has ${limits.columnsPerTable} columns, the most a table may have. Delete one first.`,
    )
  }
  if (table.nextColumnNumber > limits.columnNumbersPerTable) {
    throw new OpsError(
      'LIMIT_EXCEEDED',
      `Table "${table.name}" has used up its ${limits.columnNumbersPerTable} columns, deleted and retyped ones included. Duplicate it to go on.`,
    )
  }
  return table.nextColumnNumber
}

/**
 * Renames, describes, locks, hides a column, or changes its settings, default or uniqueness.
 *
 * @throws OpsError `LOCKED`, `ALREADY_EXISTS` for a key that is taken, `UNIQUE_VIOLATION` if rows already share values
 */
export async function updateColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  changes: ColumnChangesInput,
  options: Options = {},
): Promise<Column> {
  const checked = checkInput(columnChangesSchema, changes)
  return await session.defineTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    const after = { ...imageAfter(work, column, checked), ...formulasAfter(work, column, checked) }
    if (after.number !== undefined) await addResultColumn(work, column, after)
    if (column.fill === null && (after.fill ?? null) !== null) await addMarks(work, column)
    if (after.settings !== undefined) await refuseOptionsInUse(work, column, after.settings)
    await applyColumnImage(work, startOperation(session.actor, options), column, after)
    return await presentColumn(work, column.id)
  })
}

/** What the change log keeps of a change of a column. What the index advisor made of it is not part of that. */
export interface ColumnImage
  extends Omit<
    ColumnChanges,
    'sortKeyed' | 'sortKeyReady' | 'searchIndexed' | 'formulaGeneration' | 'formulaPending' | 'formulaAt'
  > {
  /** Ids of all columns in order, deleted ones included, when the order changed. */
  readonly order?: readonly string[]
}

function imageAfter(
  work: TableWork,
  column: ColumnDefinition,
  changes: z.output<typeof columnChangesSchema>,
): ColumnImage {
  const { table, context } = work
  const renames =
    (changes.name !== undefined && changes.name !== column.name) ||
    (changes.key !== undefined && changes.key !== column.key)
  if (renames && column.locked && changes.locked !== false) throw lockedColumn(column, 'renamed')
  if (changes.key !== undefined && changes.key !== column.key && keysOf(table).has(changes.key)) {
    throw new OpsError('ALREADY_EXISTS', `Another column already has the key "${changes.key}".`, { path: ['key'] })
  }
  const unique = changes.unique ?? column.unique
  checkUnique(column.columnType, unique)
  if (column.formula !== null) refuseForFormula(column, changes)
  const settings = changes.settings === undefined ? column.settings : checkSettings(column.columnType, changes.settings)
  const defaultChanged =
    changes.defaultValue !== undefined || changes.settings !== undefined || changes.unique !== undefined
  const given = changes.defaultValue === undefined ? column.defaultValue : changes.defaultValue
  const { defaultValue: _value, settings: _settings, formula: _formula, type, ...others } = changes
  const { defaultFormula: _default, rule: _rule, fill, ...plain } = others
  if (type !== undefined && column.formula === null && type !== column.type) {
    throw new OpsError('INVALID_INPUT', 'The type of a column that people fill changes by `retype`.', {
      path: ['type'],
    })
  }
  return {
    ...definedOnly(plain),
    ...(fill !== undefined && fillAfter(work, column, fill)),
    ...(changes.settings !== undefined && { settings }),
    ...(defaultChanged && { defaultValue: checkDefault(column.columnType, settings, given, unique, context) }),
  }
}

function definedOnly<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** Writes an image over a live column and logs both: also how undo and redo go back and forth. */
export async function applyColumnImage(
  work: TableWork,
  log: OperationLog,
  column: ColumnDefinition,
  image: ColumnImage,
): Promise<void> {
  const { tx, org, table } = work
  const before = imageBefore(column, image, await columnOrder(work))
  const { order, ...changes } = image
  // Another physical column: it has no sort key and no index yet, or one that nobody kept meanwhile.
  const moves = changes.number !== undefined && changes.number !== column.number
  const columnType = work.types.get(image.type ?? column.type)
  const target = targetOf(column, changes, columnType)
  if (column.unique && (moves || !target.unique)) await dropUniqueIndex(tx, org, table, column)
  if (target.unique && (moves || !column.unique)) {
    await refuseDuplicates(work, target)
    await createUniqueIndex(tx, org, table, target)
  }
  const unadvised = moves ? { sortKeyed: false, sortKeyReady: false, searchIndexed: false } : {}
  if (Object.keys(changes).length > 0) await writeColumn(tx.db, org.orgId, column.id, { ...changes, ...unadvised })
  if (order !== undefined) await applyColumnOrder(work, order)
  await writeTable(tx.db, org.orgId, table.id, {})
  await logColumn(work, log, column, before, image)
  await recompute(work, staleFormulas(table, column, target), log)
}

/** The column as an image makes it. */
function targetOf(
  column: ColumnDefinition,
  { formula, formulaType, ...changes }: Omit<ColumnImage, 'order'>,
  columnType: ColumnDefinition['columnType'],
): ColumnDefinition {
  const source = formula ?? column.formula?.source
  const isFormula = column.formula !== null && source !== undefined
  return {
    ...column,
    ...definedOnly(changes),
    columnType,
    formula: isFormula ? { ...column.formula, source, type: formulaType ?? column.formula.type } : null,
  }
}

function imageBefore(column: ColumnDefinition, image: ColumnImage, order: readonly string[]): ColumnImage {
  const present = columnImage(column, order)
  return Object.fromEntries(
    Object.keys(image).map((member) => [member, present[member as keyof ColumnImage]]),
  ) as ColumnImage
}

/** All that an image of a live column may hold. */
export function columnImage(column: ColumnDefinition, order: readonly string[]): Required<ColumnImage> {
  return {
    number: column.number,
    key: column.key,
    name: column.name,
    description: column.description,
    type: column.type,
    settings: column.settings,
    defaultValue: column.defaultValue,
    formula: column.formula?.source ?? null,
    formulaType: column.formula?.type ?? null,
    defaultFormula: column.defaultFormula,
    rule: column.rule,
    fill: column.fill,
    unique: column.unique,
    locked: column.locked,
    hidden: column.hidden,
    deleted: false,
    order,
  }
}

async function refuseDuplicates(work: TableWork, column: ColumnDefinition): Promise<void> {
  const { values, rows } = await countDuplicates(work, column)
  if (values === 0) return
  throw new OpsError(
    'UNIQUE_VIOLATION',
    `${column.name} cannot be unique: ${rows} rows share ${values} values. Change or delete them first.`,
    { path: ['unique'] },
  )
}

/** Puts a column at a place among the live ones, from 0. */
export async function moveColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  place: number,
  options: Options = {},
): Promise<readonly Column[]> {
  const to = checkInput(placeSchema.unwrap(), place, ['place'])
  return await session.defineTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    await applyColumnImage(work, startOperation(session.actor, options), column, {
      order: placedAt(await columnOrder(work), work.table, column.id, to),
    })
    const moved = await loadTable(work.tx.db, work.types, work.org.orgId, tableId)
    return moved.columns.map((each) => publicColumn(each, moved, work))
  })
}

/**
 * Hides a column from every read at once; its cells stay until they are purged.
 *
 * @param options `force`: also if formulas read it; they give `#REF!` then, until it is restored. @default false
 * @throws OpsError `LOCKED`, `COLUMN_IN_USE` naming the formulas
 */
export async function deleteColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  options: ForcedOptions = {},
): Promise<void> {
  await session.defineTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    if (column.locked) throw lockedColumn(column, 'deleted')
    if (options.force !== true) refuseInUse(work, column, null, 'deleted')
    await hideColumn(work, startOperation(session.actor, options), column)
  })
}

export async function hideColumn(work: TableWork, log: OperationLog, column: ColumnDefinition): Promise<void> {
  const { tx, org, table } = work
  if (column.unique) await dropUniqueIndex(tx, org, table, column)
  await writeColumn(tx.db, org.orgId, column.id, { deleted: true })
  await writeTable(tx.db, org.orgId, table.id, {})
  await logColumn(work, log, column, { deleted: false }, { deleted: true })
  await recompute(work, staleFormulas(table, column, null), log)
}

/**
 * Brings a deleted column back with its cells. If its key was taken meanwhile it gets the next free one; if its values
 * are no longer unique it comes back as an ordinary column.
 */
export async function restoreColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  options: Options = {},
): Promise<Column> {
  return await session.defineTable(tableId, options, async (work) => {
    await showColumn(work, startOperation(session.actor, options), columnId)
    return await presentColumn(work, columnId)
  })
}

export async function showColumn(work: TableWork, log: OperationLog, columnId: string): Promise<void> {
  const { tx, org, table, types } = work
  const record = await findDeletedColumn(tx.db, org.orgId, table.id, columnId)
  if (table.columns.length >= limits.columnsPerTable) takeColumnNumber(table)
  const column = columnDefinition(record, types.get(record.type))
  const key = keysOf(table).has(column.key) ? columnKey(column.name, keysOf(table)) : column.key
  const unique = column.unique && (await countDuplicates(work, column)).values === 0
  await writeColumn(tx.db, org.orgId, columnId, { deleted: false, key, unique })
  if (unique) await createUniqueIndex(tx, org, table, column)
  await writeTable(tx.db, org.orgId, table.id, {})
  await logColumn(work, log, column, { deleted: true }, { deleted: false })
  // Nobody has computed a formula's cells while it was away.
  await recompute(work, [...(column.formula === null ? [] : [column]), ...staleFormulas(table, column, null)], log)
}

export function lockedColumn(column: ColumnDefinition, what: string): OpsError {
  return new OpsError('LOCKED', `Column "${column.name}" is locked and cannot be ${what}. Unlock it first.`)
}

async function logColumn(
  { tx, org, table }: TableWork,
  log: OperationLog,
  column: Pick<ColumnDefinition, 'id' | 'number'>,
  before: ColumnImage,
  after: ColumnImage,
): Promise<void> {
  const image = (members: ColumnImage): Json => JSON.parse(JSON.stringify({ column: column.id, ...members }))
  await tx.run(insertDefinitionEntry(org, log.entry('column', table.id), image(before), image(after), [column]))
  log.written()
}

export async function presentColumn(work: TableWork, columnId: string): Promise<Column> {
  const { tx, org, table, types } = work
  const present = await loadTable(tx.db, types, org.orgId, table.id)
  return publicColumn(findColumn(present, columnId), present, work)
}

function keysOf(table: TableDefinition): Set<string> {
  return new Set(table.columns.map(({ key }) => key))
}
