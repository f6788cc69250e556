import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RowLines, rowLineWriter } from './copy-lines.ts'
import { writingSignature } from './copy-rows.ts'
import type { FormulaSurroundings } from './formulas/formula-write.ts'
import type { RowInput } from './insert-rows.ts'
import { type CellError, type KeptText, type OnInvalid, readCells } from './prepare-cells.ts'

/** Rows of a load read into lines, and what was found on the way. */
export interface PreparedLines extends RowLines {
  readonly errors: readonly CellError[]
  /** The lines may be written while the table has this one. */
  readonly signature: string
}

/** Rows read between two turns of the event loop: about 2 ms. */
const rowsPerTurn = 200

/**
 * Reads rows into lines, while the database writes those before.
 *
 * @throws OpsError as `prepareCells`
 */
export async function prepareLines(
  known: FormulaSurroundings,
  inputs: readonly RowInput[],
  onInvalid: OnInvalid,
  signal: AbortSignal | undefined,
): Promise<PreparedLines> {
  const { columns } = known.table
  const errors: CellError[] = []
  const lines: string[] = []
  const kept: { place: number; texts: readonly KeptText[] }[] = []
  const writer = rowLineWriter(columns)
  const reading = { ...known, onInvalid, errors }
  for (const [index, { cells, externalKey, source }] of inputs.entries()) {
    if (index % rowsPerTurn === rowsPerTurn - 1) {
      await nextTurn()
      signal?.throwIfAborted()
    }
    const texts = readCells(reading, cells, index, writer.set)
    if (texts === undefined) {
      writer.drop()
      continue
    }
    if (externalKey !== undefined || source !== undefined) writer.setOrigin(externalKey, source)
    if (texts.length > 0) kept.push({ place: lines.length, texts })
    lines.push(writer.end())
  }
  return { lines, kept, errors, signature: writingSignature(known.table) }
}
