import { say } from '../../sentences/say.ts'
import type { Json } from '../../values/json.ts'
import { rereadCell } from './decode-bytes.ts'
import { addColumns, type JsonColumns, jsonCells, parseJson } from './json-cells.ts'
import { acceptRecord, type OpenBatch, rejectRecord } from './open-batch.ts'
import type { ReadLimits } from './read-limits.ts'
import type { RawRecord } from './record-batch.ts'
import { recordFault } from './record-fault.ts'

/** Adds one JSON value of a file to the batch, as a record or as a rejected one. */
export function addJsonRecord(
  batch: OpenBatch,
  text: string,
  misread: boolean,
  columns: JsonColumns,
  limits: ReadLimits,
): void {
  const reread = misread ? rereadCell(text) : text
  if (reread === null) {
    rejectRecord(batch, say('it has bytes that are not UTF-8; if the whole file is like this, set its encoding'), text)
    return
  }
  const value = tryParse(reread)
  if (value instanceof SyntaxError) {
    rejectRecord(batch, say('it is not well-formed JSON'), reread)
    return
  }
  if (typeof value !== 'object' || value === null) {
    rejectRecord(batch, say('it is neither an object nor a list'), reread)
    return
  }
  const isList = Array.isArray(value)
  const { cells, unknown } = isList
    ? { cells: value as RawRecord, unknown: [] }
    : jsonCells(value as Readonly<Record<string, Json>>, columns, limits.rejectsUnknown)
  const fault =
    unknown.length > 0 && limits.rejectsUnknown
      ? say("it has a value under “{key}”, which is none of the file's columns", {
          key: unknown[0]?.slice(0, 100) ?? '',
        })
      : recordFault(cells, isList ? limits.width : limits.maxCells, limits)
  if (fault !== null) {
    rejectRecord(batch, fault, reread)
    return
  }
  addColumns(columns, unknown)
  batch.foundColumns.push(...unknown)
  acceptRecord(batch, cells)
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    // Deep nesting ends in a RangeError.
    return error instanceof SyntaxError ? error : new SyntaxError('too deep')
  }
}
