import { formulaErrorOf } from '../../formula/formula-error.ts'
import { errorInMark } from '../../query/formula-mark.ts'
import { emptyField, fieldText } from '../../store/copied-fields.ts'
import type { FilePlan } from './export-plan.ts'

/** What to write in place of cells of a row that are empty for a reason, by the place of their column; null for none. */
export type TextsBeside = ReadonlyMap<number, string> | null

/**
 * Reads the fields behind those of the cells: texts that did not fit their type, which an import finds not to fit again,
 * and among formatted values the errors of formulas, as `#DIV/0!`.
 */
export function textsBesideOf({ columns, query }: FilePlan): (fields: readonly string[]) => TextsBeside {
  const places = new Map(columns.map(({ number }, place) => [String(number), place]))
  const marked = columns.flatMap(({ marks }, place) => (marks === undefined ? [] : { place, marks }))
  const shown = query.values === 'formatted' ? marked : []

  return (fields) => {
    const kept = fields[columns.length] ?? emptyField
    if (kept === emptyField && shown.length === 0) return null
    const texts = new Map<number, string>()
    if (kept !== emptyField) {
      for (const [number, text] of Object.entries(JSON.parse(fieldText(kept)) as Record<string, string>)) {
        const place = places.get(number)
        if (place !== undefined) texts.set(place, text)
      }
    }
    for (const [i, { place, marks }] of shown.entries()) {
      const error = errorInMark(Number(fields[columns.length + 1 + i] ?? 0), marks.generation)
      if (error !== null && error !== 0) texts.set(place, formulaErrorOf(error).sign)
    }
    return texts.size === 0 ? null : texts
  }
}
