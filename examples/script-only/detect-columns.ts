import { type ColumnInput, detectColumnType, limits, type ValueContext } from '@opslayer/core'
import { InputFault } from './input-fault.ts'

/** A column of the file and what it was found to hold. */
export interface DetectedColumn {
  readonly input: ColumnInput & { readonly type: string }
  /** Share of the filled cells that fit the type, 0 to 1; null if none is filled. */
  readonly share: number | null
  /** The first filled cell. */
  readonly example: string
}

/**
 * Columns for a table, from the header of a file and some of its records.
 *
 * @throws InputFault if there is nothing to make a table from
 */
export function detectColumns(
  header: readonly string[],
  records: readonly (readonly string[])[],
  context: ValueContext,
): DetectedColumn[] {
  if (records.length === 0) throw new InputFault('The file has a header but no rows.')
  if (header.length > limits.columnsPerTable) {
    throw new InputFault(`The file has ${header.length} columns; a table has at most ${limits.columnsPerTable}.`)
  }
  return header.map((title, place) => {
    const filled = records.map((record) => record[place] ?? '').filter((cell) => cell.trim() !== '')
    const { type, settings, share } = detectColumnType(filled, context)
    return {
      input: { name: columnName(title, place), type, settings },
      share: filled.length === 0 ? null : share,
      example: filled[0] ?? '',
    }
  })
}

/** A title as a column name: on one line, at most 200 characters, never empty. */
function columnName(title: string, place: number): string {
  const name = title
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, limits.nameLength)
    .toWellFormed()
    .trim()
  return name === '' ? `Column ${place + 1}` : name
}
