import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { InputFault } from './input-fault.ts'

/** The longest record, in characters: what a broken file may make the parser hold. */
const maxRecord = 8_000_000

/**
 * The records of a CSV file in UTF-8, the header first, read as they are asked for.
 *
 * @throws InputFault for text that is not UTF-8 or not CSV, naming the place
 */
export async function* readCsv(path: string, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecord,
  })
  // Whatever fails in the pipe is thrown by the loop below.
  pipeline(decodedText(path), parser).catch(() => {})
  try {
    yield* parser
  } catch (error) {
    if (error instanceof CsvError) throw new InputFault(`${path} is not well-formed CSV: ${error.message}.`)
    throw error
  }
}

async function* decodedText(path: string): AsyncGenerator<string> {
  // Takes a byte order mark away, too.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path)) {
      yield decoder.decode(chunk, { stream: true })
      bytes += chunk.length
    }
    yield decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputFault(`${path} is not text in UTF-8 (after byte ${bytes}); save it as “CSV UTF-8” and try again.`)
  }
}
