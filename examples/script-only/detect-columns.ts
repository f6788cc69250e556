import { type AnyColumnType, builtInColumnTypes, type ColumnInput, limits } from '@opslayer/core'
import { InputFault } from './input-fault.ts'

/** A column of the file and what it was found to hold. */
export interface DetectedColumn {
  readonly input: ColumnInput
  /** Share of the non-empty cells that fit the type, 0 to 1; null if all are empty. */
  readonly fits: number | null
  /** The first non-empty cell. */
  readonly example: string
}

/**
 * Types for the columns of a file, from its header and some of its records.
 *
 * @throws InputFault if there is nothing to make a table from
 */
export function detectColumns(header: readonly string[], records: readonly (readonly string[])[]): DetectedColumn[] {
  if (records.length === 0) throw new InputFault('The file has a header but no rows.')
  if (header.length > limits.columnsPerTable) {
    throw new InputFault(`The file has ${header.length} columns; a table has at most ${limits.columnsPerTable}.`)
  }
  return header.map((title, place) => {
    const values = records.map((record) => record[place] ?? '').filter((value) => value.trim() !== '')
    const found = detect(values)
    return { input: { name: columnName(title, place), ...found.column }, fits: found.fits, example: values[0] ?? '' }
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

const candidates: readonly AnyColumnType[] = [
  'email',
  'linkedin',
  'number',
  'currency',
  'date',
  'phone',
  'company',
].map((id) => builtInColumnTypes[id as 'email'])

function detect(values: readonly string[]): { column: Pick<ColumnInput, 'type' | 'settings'>; fits: number | null } {
  if (values.length === 0) return { column: { type: 'text' }, fits: null }
  for (const type of candidates) {
    const settings = type.settings.parse({})
    const fitting = values.filter(
      (value) => type.parse(value, settings, { locale: 'en-US', timeZone: 'UTC', now: new Date() }).ok,
    )
    const fits = fitting.length / values.length
    if (fits >= 0.9) return { column: { type: type.id }, fits }
  }
  return { column: { type: 'text' }, fits: 1 }
}
