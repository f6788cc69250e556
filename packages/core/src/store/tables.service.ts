import * as z from 'zod'
import { actorText } from '../catalog/actor.ts'
import { type ColumnInput, columnInputSchema, descriptionSchema, nameSchema } from '../catalog/column-input.ts'
import { insertColumns, type NewColumn } from '../catalog/columns.repository.ts'
import { limits } from '../catalog/limits.ts'
import { newId } from '../catalog/new-id.ts'
import { takeTableNumber } from '../catalog/orgs.repository.ts'
import type { Table } from '../catalog/table.ts'
import type { TableDefinition } from '../catalog/table-definition.ts'
import {
  insertTable,
  listTables as listDefinitions,
  loadTable,
  updateTable as writeTable,
} from '../catalog/tables.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { connectionStates } from './filled/connection-states.ts'
import { type DefinedColumn, defineColumns } from './formulas/define-columns.ts'
import { insertDefinitionEntry } from './log-entry.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession, TableWork, Work } from './org-session.ts'
import { publicTable } from './public-table.ts'
import { createRowsTable } from './table-ddl.ts'

export const tableInputSchema = z.strictObject({
  name: nameSchema,
  description: descriptionSchema.optional(),
  columns: z
    .array(columnInputSchema)
    .max(limits.columnsPerTable, say('A table has at most {#count} columns.', { count: limits.columnsPerTable }))
    .optional(),
})

/** A table to be made, with its first columns. */
export interface TableInput {
  readonly name: string
  readonly description?: string | undefined
  readonly columns?: readonly ColumnInput[] | undefined
}

export const tableChangesSchema = z.strictObject({
  name: nameSchema.optional(),
  description: descriptionSchema.optional(),
})

export type TableChangesInput = Readonly<z.input<typeof tableChangesSchema>>

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** Pass as `cursor` for the page after; null at the end. */
  readonly nextCursor: string | null
}

export interface ListOptions extends CallOptions {
  readonly cursor?: string | undefined
  /** Items of a page, 1 to 200. @default 100 */
  readonly limit?: number | undefined
}

const listSchema = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, say('The cursor is not one that this list gave.'))
    .optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).optional(),
})

export async function createTable(
  session: OrgSession,
  input: TableInput,
  options: CallOptions & WriteOptions = {},
): Promise<Table> {
  const checked = checkInput(tableInputSchema, input)
  return await session.write(options, async (work) => {
    const columns = defineColumns(checked.columns ?? [], [], work, true)
    const table = await makeTable(work, { name: checked.name, description: checked.description ?? '', columns })
    await logTableMade(work, table.id, startOperation(session.actor, options))
    return await presentTable(work, table)
  })
}

/** Writes the definition and makes the physical table, in the caller's transaction. */
export async function makeTable(
  { tx, org, actor, types }: Work,
  input: { readonly name: string; readonly description: string; readonly columns: readonly DefinedColumn[] },
): Promise<TableDefinition> {
  const id = newId('tbl')
  const number = await takeTableNumber(tx.db, org.orgId)
  if (number > limits.tablesPerOrg)
    throw new OpsError(
      'LIMIT_EXCEEDED',
      say('An org has at most {#count} tables over its life.', { count: limits.tablesPerOrg }),
    )
  await insertTable(tx.db, {
    org_id: org.orgId,
    id,
    number,
    name: input.name,
    description: input.description,
    created_by: actorText(actor),
    next_column_number: input.columns.length + 1,
  })
  const columns: NewColumn[] = input.columns.map((column, place) => ({
    ...column,
    number: place + 1,
    position: place,
    pending: false,
  }))
  await insertColumns(tx.db, org.orgId, id, columns)
  await createRowsTable(
    tx,
    org,
    { number },
    columns.map((column) => ({ ...column, ...types.ofColumn(column) })),
  )
  return await loadTable(tx.db, types, org.orgId, id)
}

export async function getTable(session: OrgSession, tableId: string, options: CallOptions = {}): Promise<Table> {
  return await session.readTable(tableId, options, async (work) => await presentTable(work, work.table))
}

/** Tables in the order they were made. */
export async function listTables(
  session: OrgSession,
  options: ListOptions & { readonly deleted?: boolean | undefined } = {},
): Promise<Page<Table>> {
  const { cursor = '0', limit = 100 } = checkInput(listSchema, { cursor: options.cursor, limit: options.limit })
  return await session.read(options, async (work) => {
    const { tx, org, types } = work
    const deleted = options.deleted === true ? 'deleted' : 'live'
    const found = await listDefinitions(tx.db, types, org.orgId, { deleted, after: Number(cursor), limit: limit + 1 })
    const items = found.slice(0, limit)
    const connections = await connectionStates(work, items)
    return {
      items: items.flatMap((item) => {
        const seen = session.seen(item)
        return seen === undefined ? [] : publicTable(seen, work, connections)
      }),
      nextCursor: found.length > limit ? String(items.at(-1)?.number) : null,
    }
  })
}

/** Renames a table or describes it anew. */
export async function updateTable(
  session: OrgSession,
  tableId: string,
  changes: TableChangesInput,
  options: CallOptions & WriteOptions = {},
): Promise<Table> {
  const checked = checkInput(tableChangesSchema, changes)
  return await session.defineTable(tableId, options, async (work) => {
    const { name = work.table.name, description = work.table.description } = checked
    return await changeTable(work, startOperation(session.actor, options), { name, description })
  })
}

/** Hides a table; its rows stay until it is purged. */
export async function deleteTable(
  session: OrgSession,
  tableId: string,
  options: CallOptions & WriteOptions = {},
): Promise<void> {
  await session.defineTable(tableId, options, (work) => setDeleted(work, startOperation(session.actor, options), true))
}

/** @throws OpsError `NOT_FOUND` if no deleted table has the id */
export async function restoreTable(
  session: OrgSession,
  tableId: string,
  options: CallOptions & WriteOptions = {},
): Promise<Table> {
  return await session.defineTable(tableId, { ...options, deleted: true }, async (work) => {
    await setDeleted(work, startOperation(session.actor, options), false)
    return await presentTable(work, await loadTable(work.tx.db, work.types, work.org.orgId, tableId))
  })
}

async function setDeleted(work: TableWork, log: OperationLog, deleted: boolean): Promise<void> {
  await writeTable(work.tx.db, work.org.orgId, work.table.id, { deleted })
  await logDefinition(work, work.table.id, log, { deleted: !deleted }, { deleted })
}

async function changeTable(
  work: TableWork,
  log: OperationLog,
  changes: { readonly name: string; readonly description: string },
): Promise<Table> {
  const { tx, org, types, table } = work
  await writeTable(tx.db, org.orgId, table.id, changes)
  await logDefinition(work, table.id, log, { name: table.name, description: table.description }, changes)
  return await presentTable(work, await loadTable(tx.db, types, org.orgId, table.id))
}

/** A table as it leaves the package. */
export async function presentTable(work: Work, definition: TableDefinition): Promise<Table> {
  return publicTable(definition, work, await connectionStates(work, [definition]))
}

/** What the change log keeps of a change of a table's own definition. */
export interface TableImage {
  readonly deleted?: boolean
  readonly name?: string
  readonly description?: string
}

/** A table that was made: undo hides it. */
export async function logTableMade(work: Work, tableId: string, log: OperationLog): Promise<void> {
  await logDefinition(work, tableId, log, { deleted: true }, { deleted: false })
}

async function logDefinition(
  { tx, org }: Work,
  tableId: string,
  log: OperationLog,
  before: TableImage,
  after: TableImage,
): Promise<void> {
  await tx.run(insertDefinitionEntry(org, log.entry('table', tableId), { ...before }, { ...after }))
  log.written()
}

/** Applies an image of the log: undo and redo of changes of a table's definition. */
export async function applyTableImage(
  work: TableWork,
  log: OperationLog,
  before: TableImage,
  image: TableImage,
): Promise<void> {
  await writeTable(work.tx.db, work.org.orgId, work.table.id, image)
  await logDefinition(work, work.table.id, log, before, image)
}
