import { sql } from 'kysely'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { canCopy, copyRowLines, writingSignature } from './copy-rows.ts'
import { chunksOf, oneAhead } from './input-chunks.ts'
import { prepareInserts, type RowInput, rowInputSchema, writeInserts } from './insert-rows.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import type { KnownTable, OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import type { CellError, OnInvalid } from './prepare-cells.ts'
import { type PreparedLines, prepareLines } from './prepare-lines.ts'
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

/** Rows of the first transaction: the database has something to do soon, while the rows after it are read. */
const firstChunkRows = 2_000

/**
 * Appends any number of rows by `COPY`, chunk by chunk, with bounded memory: a chunk is read while the one before is
 * written. One operation: one undo removes them all. Aborted half-way, the chunks that were acknowledged stay.
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
  let known = await session.writeTable(tableId, options, async (work) => work)
  const prepared = oneAhead(chunksOf(inputs, chunkRows[kind], firstChunkRows), (chunk) =>
    prepareChunk(known, chunk, options),
  )
  for await (const chunk of prepared) {
    const loaded = await loadChunk(session, tableId, chunk, options, log)
    known = loaded.work
    rows += loaded.rows
    errors += loaded.errors.length
    const offset = seen
    if (loaded.errors.length > 0)
      options.onErrors?.(loaded.errors.map((error) => ({ ...error, index: error.index + offset })))
    seen += chunk.inputs.length
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

/** Rows with their lines, where the table takes lines. */
interface Chunk {
  readonly inputs: readonly RowInput[]
  readonly lines: PreparedLines | null
}

async function prepareChunk(known: KnownTable, inputs: readonly RowInput[], options: LoadOptions): Promise<Chunk> {
  inputs.forEach((input, index) => {
    if (!isBare(input)) checkInput(rowInputSchema, input, ['rows', index])
  })
  const { onInvalid = 'skip', signal } = options
  return { inputs, lines: canCopy(known.table) ? await prepareLines(known, inputs, onInvalid, signal) : null }
}

async function loadChunk(
  session: OrgSession,
  tableId: string,
  chunk: Chunk,
  options: LoadOptions,
  log: OperationLog,
): Promise<{ rows: number; errors: readonly CellError[]; work: TableWork }> {
  try {
    const written = await session.writeTable(tableId, options, async (work) => {
      const done = canCopy(work.table)
        ? await writeLines(work, chunk, log)
        : await writeRows(work, chunk.inputs, options, log)
      if (done !== null) await refuseOutside(work, log)
      return { done, work }
    })
    if (written.done !== null) return { ...written.done, work: written.work }
    // The table is not as it was when the rows were read.
    const again = await prepareChunk(written.work, chunk.inputs, options)
    return await loadChunk(session, tableId, again, options, log)
  } catch (error) {
    if (!(isOpsError(error) && error.cause instanceof PartMissing)) throw error
    await ensurePart(session, tableId, error.cause.part)
  }
  return await loadChunk(session, tableId, chunk, options, log)
}

interface Loaded {
  readonly rows: number
  readonly errors: readonly CellError[]
}

/** @returns null if the lines are not for the table as it is */
async function writeLines(work: TableWork, { inputs, lines }: Chunk, log: OperationLog): Promise<Loaded | null> {
  if (lines === null || lines.signature !== writingSignature(work.table)) return null
  if (missingPart(work.table, inputs) !== undefined) throw new PartMissing('external')
  await copyRowLines(work, lines, log)
  return { rows: lines.lines.length, errors: lines.errors }
}

async function writeRows(
  work: TableWork,
  inputs: readonly RowInput[],
  options: LoadOptions,
  log: OperationLog,
): Promise<Loaded> {
  const onInvalid = options.onInvalid ?? 'skip'
  const errors: CellError[] = []
  const rows = prepareInserts(work, inputs, onInvalid, errors)
  const missing = missingPart(work.table, inputs, rows)
  if (missing !== undefined) throw new PartMissing(missing)
  const made = await writeUnique(work, rows, onInvalid, errors, (fitting) =>
    writeInserts(work, fitting, inputs, { at: 'end' }, log),
  )
  return { rows: made.length, errors }
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
