import type { CellValue } from 'hucre/xlsx'
import type { QueryColumn } from '../../query/query-table.ts'
import { fieldDecoder } from '../../store/copied-fields.ts'
import { localAt } from '../../values/time-zone.ts'
import { cellTextOf } from './cell-texts.ts'
import type { FilePlan } from './export-plan.ts'
import type { ExportTally } from './export-report.ts'

/** How the cells of a column stand in a sheet. */
export interface SheetCell {
  /** In the language of Excel; null for the general one. */
  readonly numberFormat: string | null
  readonly value: (text: string) => CellValue
}

/** A cell of Excel that holds text stays text also when somebody edits it, whatever it begins with. */
const textFormat = '@'

/**
 * Numbers, shares, amounts, days and checkboxes are cells of their own types; everything else is text. Raw moments are
 * ISO text too, because a moment of Excel has no zone; formatted ones are as clocks in the zone show them.
 */
export function sheetCellOf(column: QueryColumn, plan: FilePlan, tally: ExportTally): SheetCell {
  const { type, settings } = column
  const print = cellTextOf(column, plan)
  const asText: SheetCell = { numberFormat: textFormat, value: (text) => sheetText(print(text), tally) }
  const formatted = plan.query.values === 'formatted'
  switch (type.id) {
    case 'number':
    case 'rating':
      return { numberFormat: formatted ? decimalsFormat(settings) : null, value: Number }
    case 'currency':
      return { numberFormat: formatted ? currencyFormat(settings) : null, value: Number }
    case 'percent':
      return { numberFormat: formatted ? percentFormat(settings) : '0.00%', value: Number }
    case 'checkbox':
      return { numberFormat: null, value: (text) => text === 't' }
    case 'date':
      return { numberFormat: 'yyyy-mm-dd', value: (text) => dayNumber(text) ?? text }
    case 'datetime': {
      if (!formatted) return asText
      const decode = fieldDecoder(type.storage)
      const value = (text: string): CellValue =>
        momentNumber(String(decode(text)), plan.context.timeZone) ?? print(text)
      return { numberFormat: 'yyyy-mm-dd hh:mm:ss', value }
    }
    default:
      return asText
  }
}

/** Most characters of a cell. */
const cellLength = 32_767

// XML cannot hold these, and Excel reads `_x0041_` as a character: both are written as such an escape.
const escapedInSheets = /_(?=x[0-9A-Fa-f]{4}_)|[\ufffe\uffff]/g

/** A text as Excel takes it; one that is longer than a cell of Excel is cut and counted. */
export function sheetText(text: string, tally: ExportTally): string {
  if (text.length > cellLength) tally.cutCells += 1
  // A character of two units is not cut in half.
  const fitting = text.length > cellLength ? text.slice(0, cellLength).replace(/[\ud800-\udbff]$/, '') : text
  return fitting.replace(escapedInSheets, (character) => {
    return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
}

const dayMs = 24 * 60 * 60 * 1000

/** The day that Excel counts as 0. */
const epoch = Date.UTC(1899, 11, 30)

/**
 * Excel counts days from 1900 on and takes that year for a leap year: before March 1900 it knows no days, or wrong ones,
 * and they are written as text.
 */
const firstDay = (Date.UTC(1900, 2, 1) - epoch) / dayMs

function dayNumber(isoDate: string): number | null {
  const day = (Date.parse(`${isoDate}T00:00:00Z`) - epoch) / dayMs
  return day >= firstDay ? day : null
}

function momentNumber(isoMoment: string, timeZone: string): number | null {
  const { year, month, day, hour, minute, second, millisecond } = localAt(Date.parse(isoMoment), timeZone)
  if (year < 1900) return null
  const moment = (Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - epoch) / dayMs
  return moment >= firstDay ? moment : null
}

/** A setting of a built-in type, which its schema has checked. */
function setting<Value>(settings: unknown, name: string): Value | undefined {
  return (settings as Readonly<Record<string, Value | undefined>>)[name]
}

function decimalsFormat(settings: unknown): string {
  const decimals = setting<number | null>(settings, 'decimals') ?? null
  const whole = setting<boolean>(settings, 'grouping') === true ? '#,##0' : '0'
  return decimals === null ? 'General' : `${whole}${fraction(decimals)}`
}

function currencyFormat(settings: unknown): string {
  const code = setting<string>(settings, 'code') ?? ''
  const { maximumFractionDigits: usual = 2 } = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
  }).resolvedOptions()
  return `#,##0${fraction(setting<number | null>(settings, 'decimals') ?? usual)} "${code}"`
}

function percentFormat(settings: unknown): string {
  return `0${fraction(setting<number | null>(settings, 'decimals') ?? 2)}%`
}

function fraction(decimals: number): string {
  return decimals === 0 ? '' : `.${'0'.repeat(decimals)}`
}
