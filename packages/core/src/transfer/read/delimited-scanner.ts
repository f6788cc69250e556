import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { rereadCell } from './decode-bytes.ts'
import type { DelimitedFormat } from './file-format.ts'
import { acceptRecord, batchSize, type OpenBatch, rejectRecord } from './open-batch.ts'
import { quotedRecord } from './quoted-record.ts'
import type { ReadLimits } from './read-limits.ts'
import type { TextWindow } from './text-windows.ts'

/** Splits text into records. Remembers only whether it is inside lines that are left out. */
export interface DelimitedScanner {
  /**
   * Adds to the batch the records that end in the window, beginning at `from`, until the batch holds `most`.
   *
   * @returns the place in the text up to which it is done with
   * @throws OpsError `INVALID_INPUT` if quotes match nowhere
   */
  scan(window: Pick<TextWindow, 'text' | 'last' | 'misread'>, from: number, batch: OpenBatch, most: number): number
  /** Whether the place it stopped at is inside a line that is left out: reading cannot begin there. */
  isSkipping(): boolean
}

/** So many times the longest record may be searched in vain for the end of a quote before the file is given up. */
const vainSearches = 64

/**
 * How records are told apart:
 * - A line is a record, unless a cell begins with a quote: then it ends at the next quote, whatever stands between.
 *   What follows the closing quote up to the next delimiter belongs to the cell, as in Excel. Quotes elsewhere are text.
 * - Empty lines and comments are no records.
 * - A record that is too long, or whose quote is not closed, is rejected up to the end of its first line, and reading goes
 *   on with the second: one lost quote costs one line.
 */
export function delimitedScanner(format: DelimitedFormat, limits: ReadLimits, skippedLines: number): DelimitedScanner {
  const lineBreak = format.newline === 'line-feed' ? '\n' : '\r'
  const { maxRecordLength } = limits
  let skipping = skippedLines
  let searchedInVain = 0

  function rejectUnclosed(batch: OpenBatch, text: string, at: number, cell: number, opened: number): void {
    const line = batch.line + countBreaks(text, lineBreak, at, opened)
    const where =
      text.length - at > maxRecordLength
        ? say('the quote opened on line {#line}, in cell {#cell}, is not closed within {#count} characters', {
            line,
            cell,
            count: maxRecordLength,
          })
        : say('the quote opened on line {#line}, in cell {#cell}, is not closed', { line, cell })
    searchedInVain += text.length - at
    if (searchedInVain > vainSearches * maxRecordLength) {
      const remedy = say('If the file puts no cells into quotes, set the quote to none; else correct the line.')
      throw new OpsError(
        'INVALID_INPUT',
        say('Quotes do not match in this file: {~where}. {~hint}', { where, hint: remedy }),
      )
    }
    rejectRecord(batch, where, text.slice(at, at + 1_000))
  }

  function scan(
    { text, last, misread }: Pick<TextWindow, 'text' | 'last' | 'misread'>,
    from: number,
    batch: OpenBatch,
    most: number,
  ): number {
    const { length } = text
    const delimiter = misread ? asBytes(format.delimiter) : format.delimiter
    const quote = format.quote === null || !misread ? format.quote : asBytes(format.quote)
    const comment = format.comment === null || !misread ? format.comment : asBytes(format.comment)
    const syntax = { delimiter, quote: quote ?? '', escape: format.escape, lineBreak }
    const next = (mark: string, place: number): number => {
      const found = text.indexOf(mark, place)
      return found === -1 ? length : found
    }
    let at = from
    let nextBreak = -1
    let nextQuote = quote === null ? length : -1
    let nextDelimiter = -1
    let room = most - batchSize(batch)

    while (at < length && (room > 0 || skipping > 0)) {
      if (nextBreak < at) nextBreak = next(lineBreak, at)
      const isCut = nextBreak === length && !last
      if (skipping > 0) {
        if (isCut) return length
        skipping -= 1
        batch.line += 1
        at = nextBreak + 1
        continue
      }
      if (comment !== null && text.startsWith(comment, at)) {
        skipping = 1
        continue
      }
      if (nextQuote < at) nextQuote = next(syntax.quote, at)
      if (nextBreak <= nextQuote) {
        if (isCut) {
          if (length - at <= maxRecordLength) return at
          rejectRecord(batch, tooLong(maxRecordLength), text.slice(at, at + 1_000))
          skipping = 1
          continue
        }
        if (nextDelimiter < at) nextDelimiter = next(delimiter, at)
        const end =
          lineBreak === '\n' && nextBreak > at && text.charCodeAt(nextBreak - 1) === 13 ? nextBreak - 1 : nextBreak
        if (nextBreak - at > maxRecordLength) {
          rejectRecord(batch, tooLong(maxRecordLength), text.slice(at, at + 1_000))
          room -= 1
        } else if (nextDelimiter < end || !isBlank(text, at, end)) {
          const cells: string[] = []
          let cellStart = at
          while (nextDelimiter < end) {
            cells.push(text.slice(cellStart, nextDelimiter))
            cellStart = nextDelimiter + delimiter.length
            nextDelimiter = next(delimiter, cellStart)
          }
          cells.push(text.slice(cellStart, end))
          addRecord(batch, cells, end - at, misread, limits)
          room -= 1
        }
        batch.line += 1
        at = nextBreak + 1
        continue
      }
      const record = quotedRecord(text, at, last, syntax)
      const isLong = ('cells' in record ? record.end : length) - at > maxRecordLength
      if ('cells' in record && !isLong) {
        addRecord(batch, record.cells, record.end - at, misread, limits)
        batch.line += 1 + (record.end > nextBreak ? countBreaks(text, lineBreak, at, record.end) : 0)
        at = record.next
      } else {
        const isIncomplete = !('cells' in record)
        if (isIncomplete && !last && !isLong) return at
        if (isIncomplete && record.opened !== null) rejectUnclosed(batch, text, at, record.cell, record.opened)
        else rejectRecord(batch, tooLong(maxRecordLength), text.slice(at, at + 1_000))
        skipping = 1
      }
      room -= 1
    }
    return Math.min(at, length)
  }

  return { scan, isSkipping: () => skipping > 0 }
}

function addRecord(batch: OpenBatch, cells: string[], length: number, misread: boolean, limits: ReadLimits): void {
  if (misread && !rereadCells(cells)) {
    rejectRecord(
      batch,
      say('it has bytes that are not UTF-8; if the whole file is like this, set its encoding'),
      cells.join(' '),
    )
    return
  }
  const fault = cells.length > limits.width || length > limits.maxCellLength ? faultOf(cells, limits) : null
  if (fault === null) acceptRecord(batch, cells)
  else rejectRecord(batch, fault, cells.join(' '))
}

/** Reads the cells of a record in place; false if one is not UTF-8. */
function rereadCells(cells: string[]): boolean {
  for (const [index, cell] of cells.entries()) {
    if (!/[\x80-\xff]/.test(cell)) continue
    const reread = rereadCell(cell)
    if (reread === null) return false
    cells[index] = reread
  }
  return true
}

/** Why the record cannot be taken, if it cannot. Empty cells beyond the columns are dropped. */
function faultOf(cells: string[], { width, maxCells, maxCellLength }: ReadLimits): string | null {
  if (cells.length > maxCells)
    return say('it has {#cells} cells; at most {#count} can be read', { cells: cells.length, count: maxCells })
  const long = cells.findIndex((cell) => cell.length > maxCellLength)
  if (long !== -1)
    return say('cell {#cell} is longer than {#count} characters', { cell: long + 1, count: maxCellLength })
  const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (filled > width)
    return say('it has {#cells} cells, and the file {#count} columns', { cells: filled, count: width })
  cells.length = Math.min(cells.length, width)
  return null
}

function tooLong(length: number): string {
  return say('it is longer than {#count} characters', { count: length })
}

function asBytes(mark: string): string {
  return Buffer.from(mark).toString('latin1')
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit !== 32 && unit !== 9) return false
  }
  return true
}

function countBreaks(text: string, lineBreak: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf(lineBreak, from); at !== -1 && at < to; at = text.indexOf(lineBreak, at + 1)) count += 1
  return count
}
