import type { AnyColumnType, Column, Json, Row } from '@opslayer/core'
import type { TextColumn } from './text-table.ts'

/** Turns cells into text, as their column types have it. */
export interface CellTexts {
  /** Text for people. */
  show(column: Column, value: Json): string
  /** Text for a CSV file. */
  toCsv(column: Column, value: Json): string
}

export function cellTexts(types: readonly AnyColumnType[]): CellTexts {
  const context = { locale: 'en-US', timeZone: 'UTC', now: new Date() }
  const byId = new Map(types.map((type) => [type.id, type]))
  return {
    show: (column, value) =>
      value === null ? '' : (byId.get(column.type)?.format(value, column.settings, context) ?? ''),
    toCsv: (column, value) => (value === null ? '' : (byId.get(column.type)?.toCsv(value, column.settings) ?? '')),
  }
}

const rightAligned = new Set(['number', 'currency', 'percent', 'duration'])

/** A column as the head of a printed table. */
export function headOf(column: Column): TextColumn {
  return { title: column.name, align: rightAligned.has(column.type) ? 'right' : 'left' }
}

/** The cells of a row as text, in the order of the columns. */
export function rowTexts(row: Row, columns: readonly Column[], texts: CellTexts): string[] {
  return columns.map((column) => texts.show(column, row.cells[column.key] ?? null))
}
