import { say } from '../../sentences/say.ts'
import type { Evidence } from '../read/evidence.ts'
import type { RawCell } from '../read/record-batch.ts'
import type { ColumnFacts } from './column-facts.ts'
import { dateOrderFact } from './date-order-fact.ts'
import { decimalMarkFact } from './decimal-mark-fact.ts'
import { emptyTextsOf } from './empty-texts.ts'
import { textOfCell } from './text-of-cell.ts'

/** How the cells of a column are to be read, and why. */
export interface FactsOfType {
  readonly facts: ColumnFacts
  readonly evidence: readonly Evidence[]
}

/** Types whose texts may have a decimal comma. */
export const numericTypes: ReadonlySet<string> = new Set(['number', 'currency', 'percent'])
const wordyTypes: ReadonlySet<string> = new Set(['text', 'long_text', 'dropdown', 'status', 'tags', 'list', 'json'])

/** Whether words for nothing are texts like others in the type. */
export function isWordy(type: string): boolean {
  return wordyTypes.has(type)
}

/** What cells say of how they are to be read as a type. */
export function factsOfType(type: string, cells: readonly RawCell[]): FactsOfType {
  const texts = cells.map(textOfCell).filter((text) => text.trim() !== '')
  const { emptyTexts, filled } = isWordy(type) ? { emptyTexts: [], filled: texts } : emptyTextsOf(texts)
  const evidence: Evidence[] = []
  let facts: ColumnFacts = {}
  if (emptyTexts.length > 0) {
    facts = { ...facts, emptyTexts: [...emptyTexts] }
    const words = emptyTexts.map((text) => `“${text}”`).join(', ')
    evidence.push({ about: 'emptyTexts', because: say('{words} stands for nothing.', { words }) })
  }
  if (type === 'date' || type === 'datetime') {
    const { fact, because } = dateOrderFact(filled)
    if (fact !== undefined) facts = { ...facts, dateOrder: fact }
    evidence.push({ about: 'dateOrder', because })
  }
  if (numericTypes.has(type) && cells.some((cell) => typeof cell === 'string')) {
    const { fact, because } = decimalMarkFact(filled)
    if (fact !== undefined) facts = { ...facts, decimalMark: fact }
    evidence.push({ about: 'decimalMark', because })
  }
  return { facts, evidence }
}
