import type { AggregateId, AnyColumnType, Column, Json, Row, ValueContext } from '@opslayer/core'
import type { TextColumn } from './text-table.ts'

/** What column types have to say, for printing. */
export interface ColumnTexts {
  /** The type as users see it: `E-mail`. */
  typeLabel(typeId: string): string
  /** A value for people. */
  show(column: Column, value: Json): string
  /** The cells of a row for people. */
  showRow(row: Row, columns: readonly Column[]): string[]
  /** A column as the head of a printed table. */
  head(column: Column): TextColumn
  /** What a summary row says of a column unless it is asked for something else. */
  defaultAggregate(column: Column): AggregateId | undefined
}

export function columnTexts(types: readonly AnyColumnType[]): ColumnTexts {
  const context: ValueContext = { locale: 'en-US', timeZone: 'UTC', now: new Date() }
  const byId = new Map(types.map((type) => [type.id, type]))
  const show = (column: Column, value: Json): string =>
    value === null ? '' : (byId.get(column.type)?.format(value, column.settings, context) ?? '')
  return {
    typeLabel: (typeId) => byId.get(typeId)?.label ?? typeId,
    show,
    showRow: (row, columns) => columns.map((column) => show(column, row.cells[column.key] ?? null)),
    head: (column) => ({
      title: column.name,
      align: byId.get(column.type)?.storage === 'numeric' ? 'right' : 'left',
    }),
    defaultAggregate: (column) => byId.get(column.type)?.aggregates.find((each) => each !== 'distribution'),
  }
}
