import type { AnyColumnType, ValueContext } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'
import type { RawCell } from '../read/record-batch.ts'
import { type ColumnFacts, contextWith, settingsWith } from './column-facts.ts'
import { fastReader } from './fast-readers.ts'
import { textMemo } from './text-memo.ts'

/** Why a cell does not fit its column; `reason` completes "Could not read this as …:". */
export class CellRefusal {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/**
 * Turns raw cells of one column into stored values: as the type's `parse` would with the same settings and context, but
 * fast. A value, null for an empty cell, or a {@link CellRefusal} (tell it by `instanceof`). Never throws. Values may be
 * shared between cells.
 */
export type CellReader = (cell: RawCell | undefined) => Json | CellRefusal

/** The column that cells are read for. */
export interface ReadColumn {
  readonly columnType: AnyColumnType
  /** Complete settings, as the type's schema gives them. */
  readonly settings: unknown
  readonly facts?: ColumnFacts | undefined
}

/** Types that `parse` reads faster than a memory could. */
const cheapTypes: ReadonlySet<string> = new Set(['text', 'long_text', 'number', 'currency'])

/** Makes the reader of one column, for one import: it remembers texts that repeat, within bounds. */
export function cellReader({ columnType, settings, facts = {} }: ReadColumn, context: ValueContext): CellReader {
  const rules = settingsWith(facts, settings)
  const surroundings = contextWith(facts, context)
  const empties = new Set((facts.emptyTexts ?? []).map((text) => text.trim().toLowerCase()))
  const fast = fastReader(columnType.id, rules, surroundings.timeZone)
  const parse = (cell: RawCell): Json | CellRefusal => {
    const parsed = columnType.parse(cell, rules, surroundings)
    return parsed.ok ? (parsed.value as Json) : new CellRefusal(parsed.reason)
  }
  const read = cheapTypes.has(columnType.id) ? parse : textMemo(parse)
  return (cell) => {
    if (cell === '' || cell === null || cell === undefined) return null
    if (typeof cell !== 'string') return parse(cell)
    const quick = fast?.(cell)
    if (quick !== undefined) return quick
    if (empties.size > 0 && cell.length <= 200 && empties.has(cell.trim().toLowerCase())) return null
    return read(cell)
  }
}
