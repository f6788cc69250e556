import { open, stat } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { InputFault } from './input-fault.ts'

/** How much of the file is looked at, in bytes. */
const headBytes = 64 * 1024

const recordsSniffed = 20

const delimiters = [',', ';', '\t', '|'] as const

/**
 * Looks at the beginning of a file and says what sets its cells apart.
 *
 * @throws InputFault if it is no CSV file in UTF-8
 */
export async function sniffCsv(path: string): Promise<{ readonly delimiter: string }> {
  const head = await readHead(path)
  if (head.length === 0) throw new InputFault(`${path} is empty.`)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new InputFault(`${path} is text in UTF-16; save it as “CSV UTF-8” and try again.`)
  }
  if (head.includes(0)) throw new InputFault(`${path} is a binary file, not CSV.`)
  const text = head.toString('utf8')
  const ranked = delimiters.map((delimiter) => ({ delimiter, likeliness: likeliness(delimiter, text) }))
  return ranked.reduce((best, next) => (next.likeliness > best.likeliness ? next : best))
}

async function readHead(path: string): Promise<Buffer> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new InputFault(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${error.code}).`,
    )
  })
  if (!found.isFile()) throw new InputFault(`${path} is not a file${found.isDirectory() ? ' but a directory' : ''}.`)
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new InputFault(`${path} cannot be read (${error.code}).`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Cells of the header, less where other records have more or fewer. */
function likeliness(delimiter: string, text: string): number {
  const widths = firstRecords(delimiter, text).map((record) => record.length)
  const [first = 0] = widths
  return (first * widths.filter((width) => width === first).length) / Math.max(1, widths.length)
}

/** Records of the head of the file; its header alone if a later one is broken, which is for the reader to say. */
function firstRecords(delimiter: string, text: string): string[][] {
  const options = { delimiter, bom: true, relax_quotes: true, relax_column_count: true }
  for (const to of [recordsSniffed, 1]) {
    try {
      return parse(text, { ...options, to })
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
    }
  }
  return []
}
