import { sql } from 'kysely'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { canCopy, copyRows } from './copy-rows.ts'
import { prepareInserts, type RowInput, rowInputSchema, writeInserts } from './insert-rows.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import type { CellError, OnInvalid } from './prepare-cells.ts'
import { refuseOutside } from './seen-rows.ts'
import { ensurePart, missingPart, PartMissing } from './table-parts.ts'
import { writeUnique } from './unique-cells.ts'

export interface LoadOptions extends CallOptions, WriteOptions {
  /** @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined
  /** Called after each chunk. */
  readonly onProgress?: ((done: { readonly rows: number }) => void) | undefined
  /** Called with the errors of each chunk; indexes count over the whole load. Without it errors are only counted. */
  readonly onErrors?: ((errors: readonly CellError[]) => void) | undefined
}

export interface LoadResult {
  readonly rows: number
  /** Cells that could not be read. */
  readonly errors: number
  readonly operation: string | null
}

/** Rows of one transaction: a third of a second at most, since each ends with a wait for the disk and others wait for it. */
const chunkRows = { server: 20_000, embedded: 5_000 } as const

/**
 * Appends any number of rows by `COPY`, chunk by chunk, with bounded memory. One operation: one undo removes them all.
 * Aborted half-way, the chunks that were acknowledged stay.
 */
export async function loadRows(
  session: OrgSession,
  tableId: string,
  inputs: AsyncIterable<RowInput> | Iterable<RowInput>,
  options: LoadOptions = {},
): Promise<LoadResult> {
  const log = startOperation(session.actor, options)
  let rows = 0
  let errors = 0
  let seen = 0
  const { kind } = await session.database()
  for await (const chunk of chunksOf(inputs, chunkRows[kind])) {
    const loaded = await loadChunk(session, tableId, chunk, options, log)
    rows += loaded.rows
    errors += loaded.errors.length
    const offset = seen
    if (loaded.errors.length > 0)
      options.onErrors?.(loaded.errors.map((error) => ({ ...error, index: error.index + offset })))
    seen += chunk.length
    options.onProgress?.({ rows })
  }
  if (kind === 'embedded' && rows >= manyRows) await session.writeTable(tableId, options, countValues)
  return { rows, errors, operation: log.id() }
}

/** Rows loaded after which what PostgreSQL knew of the table is of the past. */
const manyRows = 1_000

/** Nothing else tells the embedded database's planner what its tables hold; a small sample takes a tenth of a second. */
async function countValues({ tx, org, table }: TableWork): Promise<void> {
  await tx.run(sql`select set_config('default_statistics_target', '20', true)`)
  await tx.run(sql`analyze ${physical.rows(org, table)}`)
}

async function* chunksOf(
  inputs: AsyncIterable<RowInput> | Iterable<RowInput>,
  size: number,
): AsyncGenerator<RowInput[]> {
  let chunk: RowInput[] = []
  if (Symbol.iterator in inputs) {
    // Not left to `for await`, which waits for a turn of the microtask queue at each row.
    for (const input of inputs) {
      chunk.push(input)
      if (chunk.length < size) continue
      yield chunk
      chunk = []
    }
  } else {
    for await (const input of inputs) {
      chunk.push(input)
      if (chunk.length < size) continue
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}

async function loadChunk(
  session: OrgSession,
  tableId: string,
  inputs: readonly RowInput[],
  options: LoadOptions,
  log: OperationLog,
): Promise<{ rows: number; errors: CellError[] }> {
  inputs.forEach((input, index) => {
    if (!isBare(input)) checkInput(rowInputSchema, input, ['rows', index])
  })
  const onInvalid = options.onInvalid ?? 'skip'
  try {
    return await session.writeTable(tableId, options, async (work) => {
      const errors: CellError[] = []
      if (missingPart(work.table, inputs) !== undefined) throw new PartMissing('external')
      if (canCopy(work.table)) {
        const rows = await copyRows(work, inputs, { onInvalid, errors }, log)
        await refuseOutside(work, log)
        return { rows, errors }
      }
      const rows = prepareInserts(work, inputs, onInvalid, errors)
      if (missingPart(work.table, [], rows) !== undefined) throw new PartMissing('side')
      const made = await writeUnique(work, rows, onInvalid, errors, (fitting) =>
        writeInserts(work, fitting, inputs, { at: 'end' }, log),
      )
      await refuseOutside(work, log)
      return { rows: made.length, errors }
    })
  } catch (error) {
    if (!(isOpsError(error) && error.cause instanceof PartMissing)) throw error
    await ensurePart(session, tableId, error.cause.part)
  }
  return await loadChunk(session, tableId, inputs, options, log)
}

/** Whether there is nothing for the schema to check: most rows are so, and there are many. */
function isBare(input: unknown): boolean {
  return (
    typeof input === 'object' &&
    input !== null &&
    (input as RowInput).externalKey === undefined &&
    (input as RowInput).source === undefined
  )
}
