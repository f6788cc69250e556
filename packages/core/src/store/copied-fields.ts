import { typeParsers } from '../db/type-parsers.ts'
import type { Storage } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import { cellStorages } from './cell-storage.ts'

/** How COPY's text format writes an empty cell. */
export const emptyField = '\\N'

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The text that a field of COPY's text format stands for. */
export function fieldText(field: string): string {
  if (!field.includes('\\')) return field
  return field.replace(/\\(.)/g, (_, mark: string) => escapes[mark] ?? mark)
}

/** `pg_type`, for the parsers. */
const oids: Readonly<Record<Storage, number>> = {
  text: 25,
  numeric: 1700,
  boolean: 16,
  date: 1082,
  timestamptz: 1184,
  'text[]': 1009,
  jsonb: 3802,
}

/** Reads the text of a field that is not empty as a cell, in the form that rows have it. */
export function fieldDecoder(storage: Storage): (text: string) => Json {
  const parse = typeParsers.getTypeParser(oids[storage])
  const { decode } = cellStorages[storage]
  return (text) => decode(parse(text))
}

/** Cuts bytes in COPY's text format into whole lines. */
export async function* copiedLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let begun: Uint8Array[] = []
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline)
    if (end === -1) {
      begun.push(chunk)
      continue
    }
    const whole = Buffer.concat([...begun, chunk.subarray(0, end)])
    begun = end + 1 === chunk.length ? [] : [chunk.subarray(end + 1)]
    yield whole.toString('utf8').split('\n')
  }
}

const newline = 0x0a
