import { sql } from 'kysely'
import * as z from 'zod'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { checkFilter } from '../query/check-filter.ts'
import { compileFilter } from '../query/compile-filter.ts'
import type { Filter } from '../query/filter.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import { cellValue } from './cell-parameters.ts'
import { deleteStatement } from './delete-rows.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { type CellError, type CellsInput, prepareCells } from './prepare-cells.ts'
import { queryTableOf } from './query-table-of.ts'
import { refuseOutside } from './seen-rows.ts'
import { seenTable } from './table-access.ts'
import { bulkUpdateStatement, type UpdateTotals } from './update-statement.ts'

export interface BulkOptions extends CallOptions, WriteOptions {
  /** Called after each chunk of up to 10,000 rows with the rows changed so far. */
  readonly onProgress?: ((done: { readonly rows: number }) => void) | undefined
}

export interface BulkResult {
  /** Rows changed; rows that had the values already do not count. */
  readonly rows: number
  readonly operation: string | null
}

const everyRowSchema = z.literal('all')

/** Which rows a bulk call takes: a filter, or `'all'` said out loud. */
export type BulkTarget = Filter | 'all'

/**
 * Sets the same cells in every row that satisfies the filter, chunk by chunk in the order of the rows' ids. One
 * operation: one undo takes all of it back, also after it was aborted half-way.
 *
 * @throws OpsError `INVALID_VALUE` for a value that its column cannot read, `UNIQUE_VIOLATION` for a unique column
 */
export async function updateWhere(
  session: OrgSession,
  tableId: string,
  target: BulkTarget,
  cells: CellsInput,
  options: BulkOptions = {},
): Promise<BulkResult> {
  const log = startOperation(session.actor, options)
  return await inChunks(session, tableId, 'update', options, log, async (work, after, size) => {
    const values = constantCells(work, cells)
    if (values.length === 0) return nothingFound
    const [totals = nothingFound] = await work.tx.all(
      bulkUpdateStatement({
        org: work.org,
        table: work.table,
        context: work.context,
        functions: work.functions,
        entry: log.entry('rows-updated', work.table.id),
        from: rowsFrom(work, target, after),
        expected: sql`null`,
        writes: values.map(([column, value]) => ({ column, value: cellValue(column, value), same: true })),
        limit: size,
      }),
    )
    if (totals.changed > 0) await refuseOutside(work, log)
    return totals
  })
}

/** Deletes every row that satisfies the filter, chunk by chunk; one operation. */
export async function deleteWhere(
  session: OrgSession,
  tableId: string,
  target: BulkTarget,
  options: BulkOptions = {},
): Promise<BulkResult> {
  const log = startOperation(session.actor, options)
  return await inChunks(session, tableId, 'delete', options, log, async (work, after, size) => {
    const gone = await work.tx.all(
      deleteStatement(
        work.org,
        work.table,
        log.entry('rows-deleted', work.table.id),
        rowsFrom(work, target, after),
        size,
      ),
    )
    const last = gone.reduce((greatest, { id }) => (BigInt(id) > BigInt(greatest) ? id : greatest), '0')
    return { found: gone.length, changed: gone.length, last }
  })
}

/** Rows of one transaction: a third of a second at most. Deleted rows go into the log whole, so they are fewer. */
const chunkRows = { update: { server: 10_000, embedded: 5_000 }, delete: { server: 5_000, embedded: 5_000 } } as const

const nothingFound: UpdateTotals = { found: 0, changed: 0, last: null }

/** A transaction for each chunk, so that none is long; the next one goes on behind the last id. */
async function inChunks(
  session: OrgSession,
  tableId: string,
  kind: keyof typeof chunkRows,
  options: BulkOptions,
  log: OperationLog,
  writeChunk: (work: TableWork, after: string, size: number) => Promise<UpdateTotals>,
): Promise<BulkResult> {
  const database = await session.database()
  const size = chunkRows[kind][database.kind]
  const isLast = ({ found, last }: UpdateTotals): boolean => found < size || last === null
  let after = '0'
  let rows = 0
  for (;;) {
    const chunk = await session.writeTable(tableId, options, async (work) => {
      const totals = await writeChunk(work, after, size)
      if (database.kind === 'server') await work.tx.run(isLast(totals) ? waitForDisk : goOnWithoutDisk)
      return totals
    })
    if (chunk.changed > 0) log.written()
    rows += chunk.changed
    options.onProgress?.({ rows })
    if (isLast(chunk) || chunk.last === null) return { rows, operation: log.id() }
    after = chunk.last
  }
}

/** The last chunk's wait for the disk covers all before it, and nobody is told of success before that. */
const goOnWithoutDisk = sql`select set_config('synchronous_commit', 'off', true)`
/** Also where the last chunk has found nothing: a transaction without a number does not wait. */
const waitForDisk = sql`select pg_current_xact_id()`

function rowsFrom(work: TableWork, target: BulkTarget, after: string): ReturnType<typeof sql> {
  const filter = target === 'all' ? undefined : target
  if (filter === undefined) checkInput(everyRowSchema, target, ['filter'])
  const condition = compileFilter(
    checkFilter(filter, queryTableOf({ ...work, table: seenTable(work.table) }), work.context),
  )
  return sql`from ${physical.rows(work.org, work.table)} as t where t._id > ${after}::bigint and ${condition}`
}

function constantCells(work: TableWork, cells: CellsInput): [ColumnDefinition, Json][] {
  const errors: CellError[] = []
  const row = prepareCells(work, cells, 0, 'skip', errors)
  const [error] = errors
  if (error !== undefined)
    throw new OpsError(error.code, `${error.column}: ${error.message}`, { path: ['cells', error.column] })
  const values = [...(row?.values ?? [])]
  const unique = values.find(([column, value]) => column.unique && value !== null)
  if (unique !== undefined) {
    throw new OpsError(
      'UNIQUE_VIOLATION',
      say('{column} must be unique, so it cannot be set to one value in many rows.', { column: unique[0].name }),
      { path: ['cells', unique[0].key] },
    )
  }
  return values
}
