import { optionsOf } from '../../query/column-options.ts'
import type { QueryColumn } from '../../query/query-table.ts'
import { fieldDecoder } from '../../store/copied-fields.ts'
import { builtInColumnTypes } from '../../values/built-in-types.ts'
import type { Storage } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'
import { memo } from '../../values/memo.ts'
import { numberToCsv } from '../../values/types/number.ts'
import { shapedNumbers } from './digit-shapes.ts'
import type { FilePlan } from './export-plan.ts'

/** Gives a cell's text in the file, from the text of its field. */
export type CellText = (text: string) => string

/** Printed cells that a column remembers, and the longest it does, in characters. */
const remembered = { cells: 5_000, length: 60 }

/** Storages whose cells come again and again. */
const repeating: ReadonlySet<Storage> = new Set(['numeric', 'date', 'boolean'])

/** As people see the cells, or as an import reads the same cells from. */
export function cellTextOf(column: QueryColumn, { query, context }: FilePlan): CellText {
  const { type, settings } = column
  const decode = fieldDecoder(type.storage)
  if (query.values === 'formatted') {
    const print: CellText = (text) => type.format(decode(text), settings, context)
    if (type === builtInColumnTypes.number || type === builtInColumnTypes.currency) return shapedNumbers(print)
    // Other texts, and moments, hardly ever come again.
    if (!repeating.has(type.storage) && type.sort !== 'option-order') return print
    const printed = memo(print, remembered.cells)
    return (text) => (text.length <= remembered.length ? printed(text) : print(text))
  }
  if (type.toCsv === numberToCsv) return numberText
  return (text) => type.toCsv(decode(text), settings)
}

/** Digits from the database are those of the file, but where `numberToCsv` has a reason to write them otherwise. */
function numberText(text: string): string {
  const point = text.indexOf('.')
  const isPlain = point === -1 || (text.length - point !== 4 && !text.endsWith('0'))
  return isPlain && text.length <= 16 ? text : numberToCsv(Number(text))
}

/** Storages whose cells can hold whatever somebody wrote, and not only digits, dates and the like. */
const freeTexts: ReadonlySet<Storage> = new Set(['text', 'text[]', 'jsonb'])

export function holdsFreeText({ type }: QueryColumn): boolean {
  return freeTexts.has(type.storage)
}

/** A cell as a value: the stored one, but options by their names, which mean something outside too. */
export function cellValueOf({ type, settings }: QueryColumn): (text: string) => Json {
  const decode = fieldDecoder(type.storage)
  const names = new Map(optionsOf(settings).map(({ id, name }) => [id, name]))
  if (type.sort !== 'option-order' || names.size === 0) return decode
  const named = (id: Json): Json => (typeof id === 'string' ? (names.get(id) ?? id) : id)
  return (text) => {
    const value = decode(text)
    return Array.isArray(value) ? value.map(named) : named(value)
  }
}
