import { csvDecimal, plainDecimal, readDecimal, shiftDecimal } from '../../../values/decimal.ts'
import type { RawCell } from '../record-batch.ts'
import type { NumberLook } from './number-formats.ts'
import type { Workbook } from './open-workbook.ts'
import { serialDate, serialDuration } from './serial-date.ts'
import { readSharedStrings, type SharedStrings } from './shared-strings.ts'
import { unescapeText } from './unescape-text.ts'
import { xmlEvents } from './xml-events.ts'

/** A row of a sheet that has a filled cell. */
export interface SheetRow {
  /** Its number, from 1. */
  readonly number: number
  readonly cells: readonly RawCell[]
}

const maxColumns = 16_384

/**
 * The rows of a sheet, some at a time. Formulas give the value that was saved with them; of merged cells the first one has
 * the value; hidden rows and columns are read like others.
 */
export async function* sheetRows(
  workbook: Workbook,
  part: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly SheetRow[]> {
  const { archive, looks, from1904, sharedStrings } = workbook
  const strings =
    sharedStrings === undefined ? null : await readSharedStrings(await archive.open(sharedStrings), signal)
  let rows: SheetRow[] = []
  let row: { number: number; cells: RawCell[] } = { number: 0, cells: [] }
  let column = -1
  let type = 'n'
  let look: NumberLook = 'number'
  let text = ''
  let phonetic = 0
  let inText = false

  const events = xmlEvents(
    await archive.open(part),
    {
      open(name, { r: address, t = 'n', s: style = '0' }) {
        inText = false
        if (name === 'c') {
          column = address === undefined ? column + 1 : columnOf(address)
          type = t
          look = looks[Number(style)] ?? 'number'
          text = ''
        } else if (name === 'row') {
          const given = Number(address)
          row = { number: Number.isInteger(given) && given > row.number ? given : row.number + 1, cells: [] }
          column = -1
        } else if (name === 'rPh') phonetic += 1
        else inText = name === 'v' || (name === 't' && phonetic === 0)
      },
      text(piece) {
        if (inText) text += piece
      },
      close(name) {
        inText = false
        if (name === 'c') {
          const cell = text === '' ? null : cellValue(text, type, look, strings, from1904)
          if (cell === null || column < 0 || column >= maxColumns) return
          while (row.cells.length < column) row.cells.push(null)
          row.cells[column] = cell
        } else if (name === 'row') {
          if (row.cells.length > 0) rows.push(row)
        } else if (name === 'rPh') phonetic -= 1
      },
    },
    signal,
  )
  for await (const _ of events) {
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

function cellValue(
  text: string,
  type: string,
  look: NumberLook,
  strings: SharedStrings | null,
  from1904: boolean,
): RawCell {
  switch (type) {
    case 's':
      return strings?.get(Number(text)) ?? null
    case 'n':
      return numberCell(text, look, from1904)
    case 'b':
      return text === '1' || text === 'true'
    case 'd':
    case 'e':
      return text
    default:
      return unescapeText(text)
  }
}

function numberCell(text: string, look: NumberLook, from1904: boolean): RawCell {
  const value = Number(text)
  if (!Number.isFinite(value)) return text
  switch (look) {
    case 'number':
      return value
    case 'percent':
      return percentText(value)
    case 'elapsed':
      return serialDuration(value)
    case 'date':
    case 'datetime':
    case 'time':
      return serialDate(value, look, from1904) ?? value
  }
}

/** With a fourth decimal where there are three, so that no locale takes the point for one that groups thousands. */
function percentText(value: number): string {
  const decimal = readDecimal(plainDecimal(value))
  const percent = decimal === null ? String(value * 100) : csvDecimal(shiftDecimal(decimal, 2))
  return /\.\d{3}$/.test(percent) ? `${percent}0%` : `${percent}%`
}

/** The place of a column, from 0, by the address of a cell such as `AB12`; -1 if there is none. */
function columnOf(address: string): number {
  let column = 0
  for (let at = 0; at < address.length; at += 1) {
    const unit = address.charCodeAt(at) & ~32
    if (unit < 65 || unit > 90) break
    column = column * 26 + unit - 64
    if (column > maxColumns) return -1
  }
  return column - 1
}
